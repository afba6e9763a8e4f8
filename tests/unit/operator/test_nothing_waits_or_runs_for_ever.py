from dataclasses import replace

import pytest
from chartspark_api.conditions import ConditionType
from chartspark_api.reasons import Reason
from chartspark_api.spec import Deadlines
from chartspark_operator.actions import Avoided, DeletePodByForce, StartAttempt, StopAttempt
from chartspark_operator.observed import ChildPod, Remark, Surroundings
from chartspark_operator.plan import plan
from operator_builders import NOON, REQUEST, FakeCluster, failed_pod, later, pod, progress, report

DEADLINES = Deadlines(start_seconds=100, run_seconds=1000, stall_seconds=60, force_delete_seconds=300)
STOP = StopAttempt("demo-1", "job-1")


def begun(deadlines: Deadlines = DEADLINES) -> FakeCluster:
    cluster = FakeCluster(asked=replace(REQUEST, deadlines=deadlines))
    cluster.step(NOON)
    cluster.step(NOON)
    return cluster


def working(deadlines: Deadlines = DEADLINES) -> FakeCluster:
    cluster = begun(deadlines)
    cluster.run_pods()
    cluster.step(later(1))
    return cluster


def ended(cluster: FakeCluster) -> Reason | None:
    assert cluster.status.completion_time is not None
    return cluster.status.attempts[-1].reason


def stuck(index: int = 0, at: float = 10, **facts: object) -> ChildPod:
    return pod(index, phase="Running", running=True, node="n1", gone_by=later(at), **facts)


WAITS = [
    ((), Reason.START_DEADLINE_EXCEEDED, "not running yet"),
    ((pod(unschedulable="0/1 nodes"),), Reason.UNSCHEDULABLE, "Unschedulable: No node takes a pod"),
    ((pod(waiting=Remark("ErrImagePull", "no tag")),), Reason.IMAGE_NOT_PULLED, "ErrImagePull: no tag"),
    ((pod(waiting=Remark("CreateContainerError", "x")),), Reason.CANNOT_START, "CreateContainerError"),
]


@pytest.mark.parametrize(("pods", "reason", "words"), WAITS)
def test_pods_that_do_not_run_end_the_job_at_its_deadline(
    pods: tuple[ChildPod, ...], reason: Reason, words: str
) -> None:
    cluster = begun()
    cluster.pods = list(pods)
    assert cluster.step(later(99)).requeue_at == later(100)
    assert STOP in cluster.step(later(100)).actions
    assert ended(cluster) is reason
    assert cluster.status.reason is Reason.START_DEADLINE_EXCEEDED
    assert "100 s (spec.deadlines.startSeconds)" in cluster.status.message
    assert words in cluster.status.message
    assert {c.type for c in cluster.status.conditions} - {ConditionType.ADMITTED} == {
        ConditionType.FAILED,
        ConditionType.FINISHED,
    }


def test_a_pod_at_work_is_enough() -> None:
    cluster = begun()
    cluster.pods = [pod(0, phase="Running", running=True), pod(1, unschedulable="0/1 nodes")]
    cluster.step(later(500))
    assert cluster.status.reason is Reason.RUNNING


def test_the_time_counts_from_the_end_of_the_last_pod_that_worked() -> None:
    cluster = working()
    ended_pod = failed_pod(75, 0)
    assert ended_pod.exit is not None
    left = replace(ended_pod, exit=replace(ended_pod.exit, ended=later(400)))
    cluster.pods = [left, pod(1, unschedulable="0/1 nodes")]
    assert cluster.step(later(450)).requeue_at == later(500)
    cluster.step(later(500))
    assert ended(cluster) is Reason.UNSCHEDULABLE


def test_what_no_node_could_ever_take_is_given_up_sooner() -> None:
    cluster = begun(Deadlines())
    cluster.pods = [pod(0, unschedulable="no", unfit=True), pod(1, unschedulable="no", unfit=True)]
    cluster.step(later(899))
    assert cluster.status.reason is Reason.UNSCHEDULABLE
    cluster.step(later(900))
    assert ended(cluster) is Reason.NO_FITTING_NODE


def test_a_claim_that_never_comes_ends_the_job_too() -> None:
    cluster = FakeCluster(asked=replace(REQUEST, deadlines=DEADLINES))

    def look(seconds: float) -> None:
        observed = replace(cluster.observe(), surroundings=Surroundings(claim_modes=None))
        cluster.status = plan(observed, later(seconds)).status

    look(0)
    look(99)
    assert cluster.status.reason is Reason.MISSING_CLAIM
    look(100)
    assert cluster.status.reason is Reason.START_DEADLINE_EXCEEDED
    assert "MissingClaim: There is no PersistentVolumeClaim" in cluster.status.message


def test_what_is_published_stays_when_the_rest_cannot_start() -> None:
    cluster = working()
    cluster.pods = [
        pod(0, phase="Succeeded", exit=replace(failed_pod(0).exit, report=report(done=2))),  # type: ignore[type-var]
        pod(1, unschedulable="no"),
    ]
    cluster.step(later(101))
    assert cluster.status.reason is Reason.COMPLETE_WITH_FAILURES
    assert "2 of 3 charts are published" in cluster.status.message


def test_a_run_has_an_end() -> None:
    cluster = working()
    assert cluster.status.attempts[-1].running_time == "2026-11-21T12:00:01Z"
    cluster.step(later(1000))
    assert cluster.status.reason is Reason.RUNNING
    assert STOP in cluster.step(later(1001)).actions
    assert ended(cluster) is Reason.RUN_DEADLINE_EXCEEDED


def test_a_pod_that_was_heard_and_fell_silent_is_ended_and_replaced_elsewhere() -> None:
    cluster = working()
    cluster.pods[0] = replace(cluster.pods[0], progress=progress(1))
    cluster.step(later(20))
    cluster.pods[0] = replace(cluster.pods[0], progress=None)
    cluster.step(later(119))
    assert cluster.status.reason is Reason.RUNNING
    planned = cluster.step(later(120))
    assert cluster.status.attempts[-1].reason is Reason.STALLED
    assert cluster.status.attempts[-1].node == "n1"
    assert planned.actions == (STOP,)
    assert cluster.status.reason is Reason.RETRYING


def test_a_pod_that_was_never_heard_is_never_stalled() -> None:
    cluster = working(Deadlines(stall_seconds=60))
    cluster.step(later(50_000))
    assert cluster.status.reason is Reason.RUNNING


def test_a_pod_that_does_not_go_away_is_told_of_at_once() -> None:
    cluster = working(Deadlines())
    cluster.pods = [stuck(0), stuck(1)]
    assert cluster.step(later(11)).requeue_at == later(20)
    assert cluster.status.reason is Reason.RUNNING
    cluster.step(later(20))
    assert cluster.status.reason is Reason.POD_STUCK
    assert "node n1" in cluster.status.message
    assert Reason.POD_STUCK in cluster.events


def test_it_is_replaced_by_force_where_the_job_says_so() -> None:
    cluster = working(replace_(DEADLINES, start_seconds=10_000))
    cluster.pods = [stuck(0), stuck(1)]
    assert cluster.step(later(309)).actions == ()
    planned = cluster.step(later(310))
    forced = tuple(DeletePodByForce(f"demo-1-{index}", f"pod-1-{index}") for index in (0, 1))
    assert planned.actions == (*forced, STOP)
    assert cluster.status.attempts[-1].reason is Reason.POD_STUCK
    assert cluster.status.failed_attempts == 0
    assert cluster.step(later(330)).actions == (StartAttempt(2, (0, 1), Avoided(("n1",))),)


def test_one_that_its_node_took_along_is_told_from_one_that_only_hangs() -> None:
    cluster = working(replace_(DEADLINES, start_seconds=10_000))
    lost = Remark("DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint")
    cluster.pods = [stuck(0, disrupted=lost), stuck(1, disrupted=lost)]
    cluster.step(later(310))
    assert cluster.status.attempts[-1].reason is Reason.NODE_LOST


def test_without_force_it_ends_the_job_at_its_deadline() -> None:
    cluster = working(replace_(DEADLINES, force_delete_seconds=None))
    cluster.pods = [stuck(0), stuck(1)]
    cluster.step(later(109))
    assert cluster.status.reason is Reason.POD_STUCK
    cluster.step(later(110))
    assert ended(cluster) is Reason.POD_STUCK
    assert cluster.status.reason is Reason.START_DEADLINE_EXCEEDED


def test_one_that_blocks_the_next_attempt_does_so_no_longer_than_the_deadline() -> None:
    cluster = working(replace_(DEADLINES, force_delete_seconds=None))
    del cluster.jobs[1]
    cluster.pods = [stuck(0)]
    cluster.step(later(5))
    assert cluster.status.reason is Reason.RETRYING
    cluster.step(later(30))
    assert cluster.status.reason is Reason.POD_STUCK
    assert cluster.step(later(129)).requeue_at == later(130)
    cluster.step(later(130))
    assert cluster.status.reason is Reason.START_DEADLINE_EXCEEDED


def test_what_is_stuck_is_deleted_after_the_end_of_the_job_too() -> None:
    cluster = working()
    cluster.pods = [stuck(0), stuck(1)]
    cluster.step(later(150))
    assert cluster.status.completion_time is not None
    assert DeletePodByForce("demo-1-0", "pod-1-0") in cluster.step(later(310)).actions


def test_a_node_that_failed_is_taken_again_where_there_is_no_other() -> None:
    cluster = working()
    cluster.end(1, failed_pod(81, 0, node="n1"), failed_pod(81, 1, node="n1"), now=later(9))
    cluster.step(later(10))
    cluster.pods = []
    cluster.step(later(20))
    cluster.pods = [pod(index, 2, unschedulable="no", unfit=True) for index in (0, 1)]
    cluster.step(later(49))
    assert cluster.status.attempts[-1].reason is None
    cluster.step(later(50))
    assert cluster.status.attempts[-1].reason is Reason.NO_FITTING_NODE
    cluster.pods = []
    (start,) = cluster.step(later(90)).actions
    assert start == StartAttempt(3, (0, 1), Avoided(("n1",), strictly=False))


def replace_(deadlines: Deadlines, **fields: object) -> Deadlines:
    return deadlines.model_copy(update=fields)
