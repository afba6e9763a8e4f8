"""What Kueue keeps of a Job, as the operator reads it: only what is ours, and only what decisions need."""

from typing import Any

from chartspark_operator.cluster.parse_job import parse_job
from chartspark_operator.cluster.parse_workload import parse_workload
from chartspark_operator.observed import Remark


def condition(kind: str, status: str, reason: str = "", message: str = "") -> dict[str, str]:
    return {"type": kind, "status": status, "reason": reason, "message": message}


def workload(*conditions: dict[str, str], **status: object) -> dict[str, Any]:
    template = {"metadata": {"labels": {"chartspark.io/job-uid": "u1"}}}
    return {
        "metadata": {
            "name": "job-demo-1-abcde",
            "uid": "w1",
            "resourceVersion": "7",
            "ownerReferences": [{"kind": "Job", "apiVersion": "batch/v1", "uid": "job-1"}],
        },
        "spec": {"active": True, "podSets": [{"name": "main", "template": template}]},
        "status": {"conditions": list(conditions), **status},
    }


def test_one_that_is_new_says_nothing_yet() -> None:
    raw = workload()
    del raw["status"]
    owner, read = parse_workload(raw) or ("", None)
    assert owner == "u1"
    assert read is not None
    assert (read.job, read.active, read.reserved, read.pending, read.evicted) == (
        "job-1",
        True,
        False,
        None,
        None,
    )


def test_one_that_waits_says_for_what() -> None:
    _, read = parse_workload(workload(condition("QuotaReserved", "False", "Pending", "no quota"))) or (
        "",
        None,
    )
    assert read is not None
    assert read.pending == Remark("Pending", "no quota")


def test_one_that_has_quota_names_it_and_the_checks_that_are_left() -> None:
    checks = [
        {"name": "nodes", "state": "Pending", "message": "asked for"},
        {"name": "budget", "state": "Ready", "message": ""},
        {"name": "mood", "state": "Retry"},
    ]
    raw = workload(
        condition("QuotaReserved", "True"), admission={"clusterQueue": "shared"}, admissionChecks=checks
    )
    _, read = parse_workload(raw) or ("", None)
    assert read is not None
    assert (read.reserved, read.admitted, read.cluster_queue) == (True, False, "shared")
    assert read.unready == ("nodes is Pending: asked for", "mood is Retry: no message")


def test_one_that_was_evicted_says_why_until_it_is_admitted_again() -> None:
    evicted = condition("Evicted", "True", "Preempted", "for u2")
    preempted = condition("Preempted", "True", "InClusterQueue", "for u2")
    _, read = parse_workload(workload(evicted, preempted)) or ("", None)
    assert read is not None
    assert (read.evicted, read.preempted) == (
        Remark("Preempted", "for u2"),
        Remark("InClusterQueue", "for u2"),
    )
    over = {**evicted, "status": "False"}
    _, read = parse_workload(workload(over, condition("Admitted", "True"))) or ("", None)
    assert read is not None
    assert (read.evicted, read.admitted) == (None, True)


def test_other_peoples_are_left_alone() -> None:
    theirs = workload()
    theirs["spec"]["podSets"][0]["template"]["metadata"]["labels"] = {"app": "theirs"}
    assert parse_workload(theirs) is None
    orphan = workload()
    del orphan["metadata"]["ownerReferences"]
    assert parse_workload(orphan) is None


def test_a_job_of_kueues_uses_nothing_of_the_operators_limits() -> None:
    limits = {"limits": {"nvidia.com/gpu": "2"}}
    container = {"name": "runner", "args": ["run", "--shards", "0"], "resources": limits}
    labels = {"chartspark.io/attempt": "1"}
    raw: dict[str, Any] = {
        "metadata": {
            "name": "demo-1",
            "namespace": "a",
            "uid": "job-1",
            "resourceVersion": "7",
            "labels": {},
            "ownerReferences": [{"controller": True, "apiVersion": "chartspark.io/v1alpha1", "uid": "u1"}],
        },
        "spec": {
            "suspend": True,
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [container]}},
        },
    }
    _, plain = parse_job(raw) or ("", None)
    raw["metadata"]["labels"]["kueue.x-k8s.io/queue-name"] = "charts"
    _, queued = parse_job(raw) or ("", None)
    assert plain is not None
    assert queued is not None
    assert plain.demand is not None
    assert plain.demand.gpus == 2
    assert queued.demand is None
    assert (queued.suspended, queued.in_queue, plain.in_queue) == (True, True, False)
