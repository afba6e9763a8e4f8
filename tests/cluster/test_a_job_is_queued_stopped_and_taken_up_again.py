"""One place for all: who waits, rests, is cancelled, deleted or retried, on a real API server."""

from collections.abc import Mapping

import pytest
from chartspark_api.reasons import Reason
from chartspark_api.report import RunReport
from chartspark_api.status import FailedChart
from chartspark_dev.errors import CommandFailedError
from cluster_support import Namespace, condition, eventually, job

ONE_PLACE = {
    "CHARTSPARK_LIMIT_JOBS": "1",
    "CHARTSPARK_LIMIT_QUEUED_JOBS": "2",
    "CHARTSPARK_MAX_PRIORITY": "1000",
}


@pytest.fixture
def settings() -> Mapping[str, str]:
    return ONE_PLACE


def jobs_of(namespace: Namespace, name: str) -> list[str]:
    label = "chartspark.io/job"
    return [j["metadata"]["name"] for j in namespace.items("jobs") if j["metadata"]["labels"][label] == name]


@pytest.mark.usefixtures("operator")
def test_who_waits_has_no_pod_and_moves_up_when_others_go(namespace: Namespace) -> None:
    namespace.apply(job("first"))
    made = namespace.begun("first")
    namespace.apply(job("second"))
    status = namespace.wait_for("second", "Queued")
    assert status["message"] == "It waits for 1 running job of limit 1; position 1 of 1."
    assert (status["queuePosition"], condition(status, "Admitted")) == (1, "False")

    namespace.apply(job("urgent", queue={"priority": 10}, deadlines={"queueSeconds": 3600}))
    namespace.wait_for("urgent", "Queued")
    namespace.apply(job("one-too-many"))
    full = namespace.wait_for("one-too-many", "QueueFull")
    assert "annotate the job with chartspark.io/retry=1" in full["message"]
    assert not jobs_of(namespace, "second")
    assert not jobs_of(namespace, "urgent")

    # Deleted while it waits: nothing is left, and nobody waits for it.
    namespace.kubectl("delete", "csj", "second")
    namespace.apply(job("hasty", deadlines={"queueSeconds": 1}))
    late = namespace.wait_for("hasty", "QueuedTooLong")
    assert "its spec.deadlines.queueSeconds" in late["message"]
    assert not jobs_of(namespace, "hasty")

    namespace.apply(job("third"))
    namespace.wait_for("third", "Queued")
    namespace.kubectl("annotate", "csj", "one-too-many", "chartspark.io/retry=1")
    namespace.wait_for("one-too-many", "Queued")
    for pod in namespace.pods(made):
        namespace.play(pod, 0)
    namespace.begun("urgent")
    assert namespace.status("third")["reason"] == "Queued", "priority goes before age"


@pytest.mark.usefixtures("operator")
def test_a_suspended_job_gives_its_place_away_and_goes_on_later(namespace: Namespace) -> None:
    namespace.apply(job("rests"))
    first = namespace.begun("rests")
    namespace.apply(job("next"))
    namespace.wait_for("next", "Queued")
    (pod,) = namespace.pods(first)
    namespace.play(pod, None)
    namespace.wait_for("rests", "Running")

    namespace.edit("rests", '{"suspend": true}')
    resting = namespace.wait_for("rests", "Suspended")
    assert (condition(resting, "Suspended"), condition(resting, "Admitted")) == ("True", "False")
    made = namespace.begun("next")
    assert not jobs_of(namespace, "rests")

    namespace.edit("rests", '{"suspend": false}')
    namespace.wait_for("rests", "Queued")
    (pod,) = namespace.pods(made)
    namespace.play(pod, 0)
    second = namespace.begun("rests")
    assert second != first
    (pod,) = namespace.pods(second)
    namespace.play(pod, 0)
    done = namespace.wait_for("rests", "Complete")
    assert [attempt["reason"] for attempt in done["attempts"]] == ["Suspended", "Complete"]
    assert (done["failedAttempts"], condition(done, "Suspended")) == (0, "False")


@pytest.mark.usefixtures("operator")
def test_a_cancelled_job_stops_whether_it_runs_or_waits(namespace: Namespace) -> None:
    namespace.apply(job("runs"))
    namespace.begun("runs")
    namespace.apply(job("waits"))
    namespace.wait_for("waits", "Queued")
    for name in ("waits", "runs"):
        namespace.edit(name, '{"cancel": true}')
        status = namespace.wait_for(name, "Cancelled")
        assert (condition(status, "Failed"), condition(status, "Finished")) == ("True", "True")
        eventually(lambda name=name: not jobs_of(namespace, name), "nothing works for it")
    eventually(lambda: not namespace.items("pods"), "its pods are gone")
    with pytest.raises(CommandFailedError, match="a cancelled job stays cancelled"):
        namespace.edit("runs", '{"cancel": false}')


@pytest.mark.usefixtures("operator")
def test_a_retry_makes_what_is_missing_once_for_each_word(namespace: Namespace) -> None:
    namespace.apply(job("again", charts=2))
    (pod,) = namespace.pods(namespace.begun("again"))
    failed = FailedChart(name="c1", reason=Reason.NO_USABLE_ELEMENT, message="Nothing to draw with.")
    namespace.play(pod, 0, _told(done=1, failed=(failed,)))
    partly = namespace.wait_for("again", "CompleteWithFailures")
    assert "chartspark.io/retry=1 would try the 1 missing again" in partly["message"]
    assert [one["name"] for one in partly["failedCharts"]] == ["c1"]

    namespace.kubectl("annotate", "csj", "again", "chartspark.io/retry=1")
    second = namespace.begun("again")
    (manifest,) = [j for j in namespace.items("jobs") if j["metadata"]["name"] == second]
    arguments = manifest["spec"]["template"]["spec"]["containers"][0]["args"]
    assert arguments[arguments.index("--round") + 1] == "2"
    (pod,) = namespace.pods(second)
    namespace.play(pod, 0, _told(done=2))
    done = namespace.wait_for("again", "Complete")
    assert (done["round"], done["progress"]["summary"], condition(done, "Failed")) == (2, "2/2", None)

    namespace.kubectl("annotate", "csj", "again", "chartspark.io/retry=2", "--overwrite")
    told = eventually(lambda: _events(namespace, "RetryRefused"), "the refusal is told")
    assert "every chart is published" in told[0]["message"]
    assert namespace.status("again")["reason"] == "Complete"
    assert len(jobs_of(namespace, "again")) == 2


def _told(done: int, failed: tuple[FailedChart, ...] = ()) -> RunReport:
    return RunReport(
        reason=Reason.COMPLETE,
        message="As the test plays it.",
        charts_total=2,
        charts_done=done,
        charts_failed=len(failed),
        failed_charts=failed,
    )


def _events(namespace: Namespace, reason: str) -> list[dict]:
    return [event for event in namespace.items("events") if event["reason"] == reason]
