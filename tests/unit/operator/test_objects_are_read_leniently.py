import pytest
from chartspark_api.reasons import Reason
from chartspark_operator.cluster.parse_job import parse_job, read_indexes
from chartspark_operator.cluster.parse_owner import parse_owner
from chartspark_operator.cluster.parse_pod import parse_pod
from chartspark_operator.errors import UnreadableStatusError
from chartspark_operator.observed import Refusal, Remark, Request
from chartspark_operator.settings import Settings
from operator_builders import report

SETTINGS = Settings(runner_image="runner:1")
META = {"name": "x", "namespace": "default", "uid": "u", "resourceVersion": "7"}
LABELS = {
    "chartspark.io/job-uid": "owner",
    "chartspark.io/attempt": "2",
    "batch.kubernetes.io/job-completion-index": "1",
}
CHART = {"name": "a", "title": "A", "xColumn": "k", "yColumn": "v", "data": {"csv": "k,v\na,1\n"}}


def raw_owner(**spec: object) -> dict[str, object]:
    return {
        "apiVersion": "chartspark.io/v1alpha1",
        "kind": "ChartSparkJob",
        "metadata": META,
        "spec": {"charts": [CHART], "output": {"claimName": "c"}} | spec,
    }


def raw_pod(**status: object) -> dict[str, object]:
    return {"metadata": META | {"labels": LABELS}, "spec": {}, "status": {"phase": "Running"} | status}


def terminated(**facts: object) -> dict[str, object]:
    return {"containerStatuses": [{"name": "runner", "state": {"terminated": facts}}]}


def test_a_pods_report_is_its_termination_message() -> None:
    told = report(done=2, best=("a", "b"))
    _, pod = parse_pod(raw_pod(**terminated(exitCode=0, reason="Completed", message=told.fit())))
    assert pod.exit.report == told


@pytest.mark.parametrize("message", ["", "Killed", '{"reason": "Comp', '{"reason": "FromTheFuture"}'])
def test_half_a_report_is_none(message: str) -> None:
    _, pod = parse_pod(raw_pod(**terminated(exitCode=137, reason="OOMKilled", message=message)))
    assert (pod.exit.code, pod.exit.reason, pod.exit.report) == (137, "OOMKilled", None)


def test_the_other_containers_of_a_pod_say_nothing() -> None:
    sidecar = {"name": "istio-proxy", "state": {"running": {}}}
    assert not parse_pod(raw_pod(containerStatuses=[sidecar]))[1].running


def test_a_pod_says_why_it_waits() -> None:
    full = {"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/1 nodes"}
    assert parse_pod(raw_pod(conditions=[full]))[1].unschedulable == "0/1 nodes"
    for reason, sentence in (
        ("ErrImagePull", Remark("ErrImagePull", "no such tag")),
        ("ContainerCreating", None),
    ):
        waiting = {"waiting": {"reason": reason, "message": "no such tag"}}
        status = {"containerStatuses": [{"name": "runner", "state": waiting}]}
        assert parse_pod(raw_pod(**status))[1].waiting == sentence


@pytest.mark.parametrize("label", sorted(LABELS))
def test_a_pod_without_our_labels_is_none_of_ours(label: str) -> None:
    labels = {key: value for key, value in LABELS.items() if key != label}
    assert parse_pod({"metadata": META | {"labels": labels}}) is None


def raw_job(*, api: str = "chartspark.io/v1alpha1", **more: object) -> dict:
    owner = {"apiVersion": api, "controller": True, "uid": "owner"}
    runner = {"name": "runner", "args": ["run", "/request", "--shards", "0,2", "--attempt", "3"]}
    template = {"metadata": {"labels": LABELS}, "spec": {"containers": [{"name": "mesh"}, runner]}}
    return {"metadata": META | {"ownerReferences": [owner]}, "spec": {"template": template}} | more


def test_a_job_that_somebody_else_owns_is_none_of_ours() -> None:
    assert parse_job(raw_job(api="batch/v1")) is None


def test_what_a_job_is_for_is_read_from_what_nobody_can_edit() -> None:
    owner, job = parse_job(raw_job(status={"completedIndexes": "1"}))
    assert (owner, job.attempt, job.shards, job.completed) == (
        "owner",
        int(LABELS["chartspark.io/attempt"]),
        (0, 2),
        {1},
    )


@pytest.mark.parametrize(("text", "indexes"), [("", set()), ("0", {0}), ("0,3-5", {0, 3, 4, 5})])
def test_indexes_are_read_as_the_job_controller_writes_them(text: str, indexes: set[int]) -> None:
    assert read_indexes(text) == indexes


def test_a_valid_request_leaves_its_tables_behind() -> None:
    facts = parse_owner(raw_owner(), SETTINGS)
    assert facts.asked == Request(("a",), 1, 3, 604_800, "default-x-u", "c", inline_bytes=8)


def test_a_refused_spec_is_a_fact_with_a_sentence() -> None:
    large = [CHART | {"name": name, "data": {"csv": "k,v\n" + "a,1\n" * 30_000}} for name in ("a", "b")]
    facts = parse_owner(raw_owner(charts=large, ttlSecondsAfterFinished=5), SETTINGS)
    assert facts.asked == Refusal(
        "spec: inline data must be at most 131072 bytes in all, and is 240008; split the job.", 5
    )


def test_a_status_from_another_version_stops_the_work_on_that_job_alone() -> None:
    with pytest.raises(UnreadableStatusError, match="default/x"):
        parse_owner(raw_owner() | {"status": {"reason": "FromTheFuture"}}, SETTINGS)


def test_unknown_fields_of_a_status_are_ignored() -> None:
    status = {"reason": "Running", "queuePosition": 3}
    assert parse_owner(raw_owner() | {"status": status}, SETTINGS).status.reason is Reason.RUNNING
