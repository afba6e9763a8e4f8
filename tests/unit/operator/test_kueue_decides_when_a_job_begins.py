"""A job in a queue of Kueue's: what its status repeats, what pauses cost, and what else goes on as ever."""

from dataclasses import dataclass, field, replace

import pytest
from chartspark_api.conditions import ConditionType, holds
from chartspark_api.reasons import Reason
from chartspark_api.spec import Deadlines
from chartspark_operator.admission.standing import NOWHERE, standing
from chartspark_operator.observed import Kueue, Observed, Remark, Workload
from chartspark_operator.plan import plan
from chartspark_operator.planned import Plan
from operator_builders import (
    NOON,
    REQUEST,
    FakeCluster,
    child,
    failed_pod,
    later,
    pod,
    progress,
    report,
)

ASKED = replace(REQUEST, shards=1, kueue_queue="gpus", deadlines=Deadlines(start_seconds=3600))
WORKLOAD = Workload("job-demo-1", "w1", "1", "job-1")
FULL = Remark("Pending", "couldn't assign flavors to pod set main: insufficient unused quota for cpu")
PREEMPTED = Remark("Preempted", "Preempted to accommodate a workload (UID: u2)")
IN_THE_QUEUE = Remark("InClusterQueue", PREEMPTED.message)
ADMITTED = replace(WORKLOAD, reserved=True, admitted=True, cluster_queue="shared")
EVICTED = replace(WORKLOAD, evicted=PREEMPTED, preempted=IN_THE_QUEUE, pending=FULL)


@dataclass
class Queued(FakeCluster):
    """A cluster in which Kueue keeps the Jobs of a job."""

    kueue: Kueue = Kueue.SERVED
    workloads: list[Workload] = field(default_factory=list)

    def observe(self) -> Observed:
        return replace(super().observe(), kueue=self.kueue, workloads=tuple(self.workloads))

    def suspend(self, *workloads: Workload, attempt: int = 1) -> None:
        self.jobs[attempt] = replace(self.jobs[attempt], suspended=True, in_queue=True, created=NOON)
        self.workloads = list(workloads)

    def admit(self, attempt: int = 1) -> None:
        self.jobs[attempt] = replace(self.jobs[attempt], suspended=False, created=NOON)
        self.workloads = [replace(ADMITTED, job=f"job-{attempt}")]


def begun(**asked: object) -> Queued:
    """Return a cluster in which the first attempt's Job is there, and suspended."""
    cluster = Queued(asked=replace(ASKED, **asked))
    cluster.step(NOON)
    cluster.suspend()
    return cluster


def running(**asked: object) -> Queued:
    cluster = begun(**asked)
    cluster.admit()
    cluster.run_pods()
    cluster.pods = [replace(one, progress=progress(done=1)) for one in cluster.pods]
    cluster.step(later(10))
    return cluster


TOLD: dict[str, tuple[tuple[Workload, ...], Reason, str]] = {
    "not taken up": ((), Reason.QUEUED, "has yet to take the Job demo-1 up"),
    "not looked at": ((WORKLOAD,), Reason.QUEUED, "in the queue gpus: it has yet to look at the job."),
    "no quota": (
        (replace(WORKLOAD, pending=FULL),),
        Reason.QUEUED,
        "Kueue decides, in the queue gpus: couldn't assign flavors to pod set main: insufficient unused quota for cpu.",
    ),
    "no queue": (
        (replace(WORKLOAD, pending=Remark("Inadmissible", "LocalQueue gpus doesn't exist")),),
        Reason.MISSING_QUEUE,
        "cannot admit the job in the queue gpus: LocalQueue gpus doesn't exist. Mend that, and the job goes on",
    ),
    "a check": (
        (replace(WORKLOAD, reserved=True, cluster_queue="shared", unready=("nodes is Pending: asked for",)),),
        Reason.QUEUED,
        "has reserved quota of shared, and waits for admission checks: nodes is Pending: asked for.",
    ),
    "preempted": (
        (EVICTED,),
        Reason.REQUEUED,
        (
            "took the place back: Preempted (InClusterQueue): Preempted to accommodate a workload (UID: u2). The job "
            "waits in the queue gpus to go on: couldn't assign"
        ),
    ),
    "switched off": (
        (replace(EVICTED, active=False),),
        Reason.MISSING_QUEUE,
        "set spec.active of the Workload job-demo-1 to true",
    ),
    "another Job's": ((replace(ADMITTED, job="job-7"),), Reason.QUEUED, "has yet to take the Job demo-1 up"),
}


@pytest.mark.parametrize(("workloads", "reason", "words"), TOLD.values(), ids=TOLD)
def test_the_status_repeats_what_kueue_says(
    workloads: tuple[Workload, ...], reason: Reason, words: str
) -> None:
    cluster = begun()
    cluster.suspend(*workloads)
    cluster.step(later(1))
    assert cluster.status.reason is reason
    assert words in (cluster.status.message or "")
    assert not holds(cluster.status.conditions, ConditionType.ADMITTED)
    assert cluster.status.attempts[0].reason is None


def test_without_kueue_the_status_says_what_to_do_and_the_job_waits_for_it() -> None:
    cluster = begun()
    cluster.kueue = Kueue.ABSENT
    cluster.step(later(1))
    assert cluster.status.reason is Reason.MISSING_QUEUE
    assert "Install Kueue, and the job goes on by itself" in (cluster.status.message or "")
    cluster.kueue = Kueue.SERVED
    cluster.suspend(replace(WORKLOAD, pending=FULL))
    cluster.step(later(2))
    assert cluster.status.reason is Reason.QUEUED


def test_a_controller_that_does_not_come_is_told_of_after_half_a_minute() -> None:
    cluster = begun()
    assert cluster.step(later(1)).requeue_at == later(30)
    cluster.step(later(30))
    assert cluster.status.reason is Reason.MISSING_QUEUE
    assert "See whether its controller runs" in (cluster.status.message or "")


def test_the_operators_own_limits_stand_aside() -> None:
    seen = Queued(asked=ASKED).observe()
    assert standing(seen.owner, ASKED, seen.status, [child(demand=None)], [pod()]) is NOWHERE


def test_admission_is_told_and_the_wait_is_over() -> None:
    cluster = begun()
    cluster.suspend(replace(WORKLOAD, pending=FULL))
    cluster.step(later(1))
    assert cluster.status.queued_time == "2026-11-21T12:00:01Z"
    cluster.admit()
    cluster.step(later(60))
    (admitted,) = [c for c in cluster.status.conditions if c.type is ConditionType.ADMITTED]
    assert admitted.message == "Kueue admitted the Job demo-1 with quota of the ClusterQueue shared."
    assert (cluster.status.reason, cluster.status.queued_time) == (Reason.STARTING, None)
    assert holds(cluster.status.conditions, ConditionType.ADMITTED)


def test_a_place_that_is_taken_back_costs_no_attempt_and_the_same_job_goes_on() -> None:
    cluster = running()
    cluster.pods = []
    cluster.suspend(EVICTED)
    cluster.step(later(20))
    assert cluster.status.reason is Reason.REQUEUED
    assert not holds(cluster.status.conditions, ConditionType.ADMITTED)
    cluster.admit()
    cluster.run_pods()
    cluster.step(later(3000))
    assert cluster.status.reason is Reason.RUNNING
    assert (cluster.status.failed_attempts, cluster.status.free_attempts) == (0, 0)
    assert [one.number for one in cluster.started] == [1]
    cluster.end(1, pod(phase="Succeeded", exit=failed_pod(0, told=report(done=3)).exit), now=later(3001))
    cluster.step(later(3001))
    assert cluster.status.reason is Reason.COMPLETE
    assert Reason.RETRYING not in cluster.transitions


def test_what_was_before_the_pause_does_not_count_after_it() -> None:
    """Neither the run's time nor the pod's silence: days may lie between two admissions."""
    cluster = running(deadlines=Deadlines(run_seconds=60, stall_seconds=60, start_seconds=3600))
    cluster.pods = []
    cluster.suspend(EVICTED)
    cluster.step(later(20))
    cluster.step(later(90_000))
    cluster.admit()
    cluster.step(later(90_001))
    assert cluster.status.reason is Reason.STARTING
    cluster.run_pods()
    cluster.step(later(90_002))
    assert cluster.status.reason is Reason.RUNNING
    cluster.step(later(90_061))
    assert cluster.status.completion_time is None
    cluster.step(later(90_063))
    assert cluster.status.attempts[0].reason is Reason.RUN_DEADLINE_EXCEEDED


def test_a_job_that_had_failed_when_it_was_suspended_is_a_failed_one() -> None:
    """The Job controller does not count the pods that a suspension ends."""
    cluster = running()
    cluster.suspend(EVICTED)
    cluster.end(1, failed_pod(82), now=later(20))
    cluster.step(later(20))
    assert cluster.status.attempts[0].reason is Reason.STALLED
    assert cluster.status.failed_attempts == 1


def test_queue_seconds_count_while_kueue_keeps_it_waiting_and_only_then() -> None:
    cluster = begun(queue_seconds=100)
    cluster.suspend(replace(WORKLOAD, pending=FULL))
    assert cluster.step(later(1)).requeue_at == later(101)
    cluster.admit()
    cluster.step(later(50))
    cluster.step(later(500))
    assert cluster.status.completion_time is None
    cluster.suspend(EVICTED)
    cluster.step(later(600))
    cluster.step(later(699))
    assert cluster.status.completion_time is None
    planned = cluster.step(later(700))
    assert (cluster.status.reason, cluster.status.attempts[0].reason) == (
        Reason.QUEUED_TOO_LONG,
        Reason.QUEUED_TOO_LONG,
    )
    assert "100 seconds, its spec.deadlines.queueSeconds, in the queue gpus" in (cluster.status.message or "")
    assert _stops(planned) == ["demo-1"]


def test_what_was_published_before_the_queue_took_too_long_is_told() -> None:
    cluster = running(queue_seconds=100)
    cluster.pods = []
    cluster.suspend(EVICTED)
    cluster.step(later(20))
    cluster.step(later(120))
    assert cluster.status.reason is Reason.COMPLETE_WITH_FAILURES
    assert (cluster.status.message or "").startswith("1 of 3 charts are published")


def test_the_time_to_start_counts_from_the_admission() -> None:
    cluster = begun()
    cluster.suspend(replace(WORKLOAD, pending=FULL))
    cluster.step(later(1))
    cluster.step(later(80_000))
    assert cluster.status.reason is Reason.QUEUED
    cluster.admit()
    cluster.step(later(90_000))
    assert cluster.status.reason is Reason.STARTING
    cluster.step(later(93_600))
    assert cluster.status.reason is Reason.START_DEADLINE_EXCEEDED


def test_a_queue_that_goes_missing_late_has_the_same_time_to_come_back() -> None:
    cluster = begun()
    cluster.suspend(replace(WORKLOAD, pending=FULL))
    cluster.step(later(1))
    cluster.suspend(replace(WORKLOAD, pending=Remark("Inadmissible", "ClusterQueue shared is inactive")))
    cluster.step(later(80_000))
    assert cluster.status.reason is Reason.MISSING_QUEUE
    cluster.step(later(83_599))
    assert cluster.status.reason is Reason.MISSING_QUEUE
    cluster.step(later(83_600))
    assert cluster.status.reason is Reason.START_DEADLINE_EXCEEDED


def test_a_user_who_suspends_or_cancels_takes_the_job_out_of_the_queue() -> None:
    for wish, reason in (("suspend", Reason.SUSPENDED), ("cancel", Reason.CANCELLED)):
        cluster = running()
        cluster.asked = replace(ASKED, **{wish: True})
        assert _stops(cluster.step(later(20))) == ["demo-1"]
        assert (cluster.status.reason, cluster.status.queued_time) == (reason, None)


def test_a_suspended_job_that_is_deleted_is_a_deleted_one() -> None:
    cluster = begun()
    cluster.suspend(replace(WORKLOAD, pending=FULL))
    cluster.step(later(1))
    del cluster.jobs[1]
    cluster.step(later(2))
    assert cluster.status.attempts[0].reason is Reason.JOB_DELETED
    assert cluster.status.queued_time is None


def test_a_job_that_somebody_else_suspended_keeps_its_own_place() -> None:
    """Where Kueue's default queue, for instance, takes up Jobs that name none."""
    cluster = Queued(asked=replace(REQUEST, shards=1), kueue=Kueue.NOT_ASKED)
    cluster.step(NOON)
    cluster.suspend()
    cluster.step(later(1))
    cluster.step(later(2))
    writes = cluster.writes
    assert "is suspended, and not by this operator" in (cluster.status.message or "")
    assert holds(cluster.status.conditions, ConditionType.ADMITTED)
    cluster.step(later(3))
    assert cluster.writes == writes


def test_a_job_without_kueues_label_is_none_that_kueue_suspended() -> None:
    cluster = running()
    cluster.jobs[1] = replace(cluster.jobs[1], suspended=True, in_queue=False)
    cluster.step(later(20))
    assert cluster.status.attempts[0].reason is Reason.JOB_SUSPENDED


def test_waiting_costs_no_writes() -> None:
    cluster = begun()
    cluster.suspend(replace(WORKLOAD, pending=FULL))
    cluster.step(later(1))
    writes = cluster.writes
    for second in range(2, 400, 7):
        cluster.step(later(second))
    assert cluster.writes == writes


def test_a_plan_is_the_same_after_a_restart() -> None:
    cluster = running()
    cluster.suspend(EVICTED)
    cluster.step(later(20))
    assert plan(cluster.observe(), later(21)).status == cluster.status


def _stops(planned: Plan) -> list[str]:
    return [action.job for action in planned.actions if hasattr(action, "job")]
