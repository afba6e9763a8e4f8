from dataclasses import replace

from chartspark_api.conditions import ConditionType
from chartspark_api.reasons import Reason
from chartspark_api.report import RunReport
from chartspark_operator.actions import DeleteObject, StartAttempt
from chartspark_operator.observed import ChildPod, Exit, Refusal
from chartspark_operator.plan import plan
from operator_builders import NOON, FakeCluster, Hit, child, failed_pod, later, pod, report


def succeeded(index: int, told: RunReport, attempt: int = 1) -> ChildPod:
    return pod(index, attempt, "Succeeded", exit=Exit(0, "Completed", told))


def conditions(cluster: FakeCluster) -> set[ConditionType]:
    """Return what is said of the end."""
    return {condition.type for condition in cluster.status.conditions} - {ConditionType.ADMITTED}


def started(cluster: FakeCluster) -> FakeCluster:
    cluster.step(NOON)
    cluster.step(NOON)
    cluster.run_pods()
    cluster.step(later(1))
    return cluster


def test_all_goes_well() -> None:
    cluster = FakeCluster()

    first = cluster.step(NOON)
    assert first.actions == (StartAttempt(1, (0, 1)),)
    assert cluster.status.reason is Reason.ADMITTED, "Starting would claim that the Job was seen"
    cluster.step(later(0.1))
    assert cluster.status.reason is Reason.STARTING
    cluster.run_pods()
    cluster.step(later(1))
    assert cluster.status.reason is Reason.RUNNING
    cluster.end(
        1,
        succeeded(0, report(done=2, best=("c", "a"))),
        succeeded(1, report(done=1, best=("b",))),
        now=later(9),
    )
    ended = cluster.step(later(10))

    assert cluster.status.reason is Reason.COMPLETE
    assert conditions(cluster) == {ConditionType.COMPLETE, ConditionType.FINISHED}
    assert cluster.status.progress.summary == "3/3"
    assert [best.chart for best in cluster.status.results.best] == ["a", "b", "c"]
    assert cluster.status.completion_time == "2026-11-21T12:00:10Z"
    assert ended.requeue_at == later(3610)
    assert cluster.events == [Reason.ADMITTED, Reason.STARTING, Reason.RUNNING, Reason.COMPLETE]
    assert cluster.writes == 4


def test_a_finished_job_is_deleted_when_its_time_is_over_and_not_before() -> None:
    cluster = started(FakeCluster())
    cluster.end(1, succeeded(0, report(done=2)), succeeded(1, report(done=1)), now=later(9))
    cluster.step(later(10))

    assert cluster.step(later(3609)).actions == ()
    assert cluster.step(later(3610)).actions == (DeleteObject("0123456789abcdef"),)


def test_nothing_is_written_when_nothing_changed() -> None:
    cluster = started(FakeCluster())
    writes, events = cluster.writes, list(cluster.events)
    for second in range(2, 60):
        cluster.step(later(second))
    assert cluster.writes == writes
    assert cluster.events == events


def test_a_failed_shard_is_tried_again_alone_after_a_pause() -> None:
    cluster = started(FakeCluster())
    cluster.end(1, succeeded(0, report(done=2)), failed_pod(75, 1), now=later(9))

    waiting = cluster.step(later(10))
    assert cluster.status.reason is Reason.RETRYING
    assert waiting.requeue_at == later(20)
    assert cluster.step(later(19)).actions == ()
    assert cluster.step(later(20)).actions == (StartAttempt(2, (1,)),)
    cluster.step(later(21))
    cluster.end(2, succeeded(0, report(done=1), 2), now=later(30))
    cluster.step(later(31))

    assert cluster.status.reason is Reason.COMPLETE
    assert cluster.status.progress.summary == "3/3"
    assert [attempt.reason for attempt in cluster.status.attempts] == [Reason.TRANSIENT, Reason.COMPLETE]


def test_the_last_attempts_reason_is_the_jobs() -> None:
    cluster = started(FakeCluster())
    now = 10
    for attempt in (1, 2, 3):
        cluster.end(attempt, failed_pod(80, 0, attempt), failed_pod(80, 1, attempt), now=later(now))
        cluster.step(later(now))
        now += 400
        cluster.step(later(now))
        cluster.step(later(now))

    assert cluster.status.reason is Reason.OUT_OF_GPU_MEMORY
    assert conditions(cluster) == {ConditionType.FAILED, ConditionType.FINISHED}
    assert "larger GPU" in cluster.status.message
    assert len(cluster.started) == 3


def test_what_no_repetition_mends_ends_the_job_at_once() -> None:
    cluster = started(FakeCluster())
    cluster.end(1, failed_pod(75, 0), failed_pod(66, 1), now=later(9))
    cluster.step(later(10))
    assert cluster.status.reason is Reason.MISSING_MODEL
    assert conditions(cluster) == {ConditionType.FAILED, ConditionType.FINISHED}


def test_some_failed_charts_leave_the_job_complete() -> None:
    cluster = started(FakeCluster())
    cluster.end(
        1,
        succeeded(0, report(done=1, failed=1, failed_names=("c",))),
        succeeded(1, report(done=1)),
        now=later(9),
    )
    cluster.step(later(10))
    assert cluster.status.reason is Reason.COMPLETE_WITH_FAILURES
    assert conditions(cluster) == {ConditionType.COMPLETE, ConditionType.FINISHED}
    assert [chart.name for chart in cluster.status.failed_charts] == ["c"]


def test_only_failed_charts_fail_the_job() -> None:
    cluster = started(FakeCluster())
    cluster.end(1, succeeded(0, report(failed=2)), succeeded(1, report(failed=1)), now=later(9))
    cluster.step(later(10))
    assert cluster.status.reason is Reason.ALL_CHARTS_FAILED
    assert conditions(cluster) == {ConditionType.FAILED, ConditionType.FINISHED}


def test_published_charts_outlast_a_job_that_is_given_up() -> None:
    cluster = started(FakeCluster())
    cluster.end(1, succeeded(0, report(done=2)), failed_pod(73, 1), now=later(9))
    cluster.step(later(10))
    assert cluster.status.reason is Reason.COMPLETE_WITH_FAILURES
    assert "CannotWrite" in cluster.status.message
    assert cluster.status.progress.summary == "2/3"


def test_an_invalid_request_gets_no_pod() -> None:
    cluster = FakeCluster(asked=Refusal("spec.charts: too many.", 60))
    planned = cluster.step(NOON)
    assert planned.actions == ()
    assert cluster.status.reason is Reason.INVALID_REQUEST
    assert cluster.status.message == "spec.charts: too many."
    assert conditions(cluster) == {ConditionType.FAILED, ConditionType.FINISHED}
    assert cluster.step(later(60)).actions == (DeleteObject("0123456789abcdef"),)


def test_an_edit_that_makes_the_request_invalid_stops_the_attempt() -> None:
    cluster = started(FakeCluster())
    cluster.asked = Refusal("spec.charts: too many.", 60)
    cluster.step(later(5))
    assert cluster.jobs == {}
    assert cluster.status.attempts[-1].reason is Reason.INVALID_REQUEST


def test_a_job_that_somebody_deleted_is_an_attempt_that_ended() -> None:
    cluster = started(FakeCluster())
    del cluster.jobs[1]
    cluster.pods = []
    cluster.step(later(5))
    assert cluster.status.attempts[-1].reason is Reason.JOB_DELETED
    assert cluster.step(later(15)).actions == (StartAttempt(2, (0, 1)),)


def test_a_kill_before_the_job_exists_is_made_good() -> None:
    cluster = FakeCluster()
    cluster.step(NOON, hit=Hit.AFTER_WRITE)
    assert cluster.jobs == {}
    cluster.step(later(3600))
    assert cluster.started == [StartAttempt(1, (0, 1))]
    assert len(cluster.status.attempts) == 1


def test_the_next_attempt_waits_for_the_last_pod_of_the_one_before() -> None:
    cluster = started(FakeCluster())
    del cluster.jobs[1]
    cluster.step(later(5))
    assert cluster.step(later(100)).actions == ()
    cluster.pods = []
    assert cluster.step(later(101)).actions == (StartAttempt(2, (0, 1)),)


def test_a_report_that_comes_after_the_jobs_end_is_waited_for() -> None:
    cluster = started(FakeCluster())
    cluster.end(1, succeeded(0, report(done=2)), now=later(9))
    cluster.jobs[1] = child(1, complete=True, completed=frozenset({0, 1}), ended=later(9))
    assert cluster.step(later(10)).requeue_at == later(19)
    assert cluster.status.attempts[-1].reason is None
    cluster.pods.append(succeeded(1, report(failed=1, failed_names=("b",))))
    cluster.step(later(11))
    assert cluster.status.reason is Reason.COMPLETE_WITH_FAILURES


def test_what_no_pod_reported_is_asked_for_again_rather_than_believed() -> None:
    cluster = started(FakeCluster())
    cluster.end(1, succeeded(0, report(done=2)), now=later(9))
    cluster.jobs[1] = child(1, complete=True, completed=frozenset({0, 1}), ended=later(9))
    cluster.step(later(20))
    assert cluster.status.attempts[0].reason is Reason.REPORT_LOST
    assert cluster.status.progress.summary == "2/3"
    assert cluster.step(later(40)).actions == (StartAttempt(2, (1,)),)
    cluster.pods = []
    cluster.end(2, succeeded(0, report(failed=1, failed_names=("b",)), 2), now=later(50))
    cluster.step(later(51))
    assert cluster.status.reason is Reason.COMPLETE_WITH_FAILURES
    assert cluster.status.progress.summary == "2/3"
    assert cluster.status.failed_attempts == 0


def test_a_pod_that_only_says_to_be_ours_is_not_believed() -> None:
    cluster = started(FakeCluster())
    forged = pod(1, 1, "Succeeded", exit=Exit(0, "Completed", report(done=1, best=("b",))), job="somebody's")
    cluster.end(1, succeeded(0, report(done=2)), now=later(9))
    cluster.pods.append(forged)
    cluster.jobs[1] = child(1, complete=True, completed=frozenset({0, 1}), ended=later(9))
    cluster.step(later(20))
    assert cluster.status.progress.summary == "2/3"
    assert cluster.status.attempts[0].reason is Reason.REPORT_LOST


def test_counts_outlast_the_pods_that_told_them() -> None:
    cluster = started(FakeCluster())
    cluster.end(1, succeeded(0, report(done=2)), failed_pod(75, 1), now=later(9))
    cluster.step(later(10))
    cluster.step(later(20))
    cluster.pods = []
    cluster.end(2, succeeded(0, report(done=1), 2), now=later(30))
    cluster.step(later(31))
    assert cluster.status.progress.summary == "3/3"
    assert cluster.status.reason is Reason.COMPLETE


def test_a_job_on_its_way_out_is_left_alone() -> None:
    cluster = FakeCluster()
    observed = cluster.observe()
    gone = replace(observed, owner=replace(observed.owner, deleting=True))
    planned = plan(gone, NOON)
    assert (planned.status, planned.actions) == (observed.status, ())


def test_the_pods_that_a_hopeless_fault_took_down_are_not_waited_for() -> None:
    cluster = started(FakeCluster())
    cluster.pods = [failed_pod(66, 1)]
    cluster.jobs[1] = child(1, failed=True, ended=later(9))
    cluster.step(later(9))
    assert cluster.status.reason is Reason.MISSING_MODEL
