"""What a platform engineer sees without any tool of ours."""

import pytest
from chartspark_api.spec import ChartSparkJobSpec
from e2e_support import Jobs, manifest


@pytest.fixture
def finished(jobs: Jobs) -> Jobs:
    jobs.apply(manifest("apples", "one", "two"))
    jobs.wait("apples", "Complete")
    return jobs


def test_get_describe_and_events_read_well(finished: Jobs) -> None:
    heads, row = finished.kubectl("get", "csj").splitlines()
    assert heads.split() == ["NAME", "STATUS", "PROGRESS", "AGE"]
    assert row.split()[:3] == ["apples", "Complete", "2/2"]

    described = finished.kubectl("describe", "csj", "apples")
    for expected in ("Reason:", "Score Percent:", "Events:", "Complete"):
        assert expected in described

    events = finished.get("events", "--field-selector", "involvedObject.kind=ChartSparkJob")["items"]
    reasons = [event["reason"] for event in events]
    assert reasons.count("Complete") == 1
    assert all(event.get("count", 1) == 1 for event in events)


def test_explain_has_a_sentence_for_a_field(jobs: Jobs) -> None:
    # kubectl breaks lines.
    explained = " ".join(jobs.kubectl("explain", "csj.spec.charts").split())
    assert str(ChartSparkJobSpec.model_fields["charts"].description) in explained
    assert "subject" in explained


def test_a_deleted_job_leaves_its_results_and_nothing_else(finished: Jobs) -> None:
    results = finished.results(finished.job("apples"))
    finished.kubectl("delete", "csj", "apples")
    for kind in ("jobs", "pods", "configmaps"):
        finished.kubectl("wait", kind, "-l", "chartspark.io/job=apples", "--for=delete", "--timeout=60s")
        assert finished.children(kind, "apples") == []
    assert "chart.png" in finished.storage.run("ls", f"{results}/one")
