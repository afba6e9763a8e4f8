"""Suspended, resumed, cancelled and retried: what is published stays, and nothing works that nobody wants."""

from dataclasses import replace

import pytest
from chartspark_api.conditions import ConditionStatus, ConditionType
from chartspark_api.reasons import Reason
from chartspark_operator.actions import StartAttempt, StopAttempt
from chartspark_operator.observed import Refusal
from chartspark_operator.rules.tally import tally
from operator_builders import NOON, FakeCluster, Hit, child, failed_pod, later, pod, report

STOP = StopAttempt("demo-1", "job-1")


def started() -> FakeCluster:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.step(later(0.1))
    cluster.run_pods()
    cluster.step(later(1))
    return cluster


def asked(cluster: FakeCluster, **changes: object) -> FakeCluster:
    cluster.asked = replace(cluster.asked, **changes)  # type: ignore[arg-type]
    return cluster


def retried(cluster: FakeCluster, nonce: str) -> FakeCluster:
    cluster.owner = replace(cluster.owner, retry=nonce)
    return cluster


def condition(cluster: FakeCluster, kind: ConditionType) -> ConditionStatus | None:
    return next((c.status for c in cluster.status.conditions if c.type is kind), None)


def partly_done() -> FakeCluster:
    """Return a job that ended with one chart failed, of three."""
    cluster = started()
    told = report(done=1, failed=1, failed_names=("c",), best=("a",))
    cluster.end(
        1,
        pod(0, phase="Succeeded", exit=failed_pod(0, told=told).exit),
        pod(1, phase="Succeeded", exit=failed_pod(0, told=report(done=1, best=("b",))).exit),
        now=later(9),
    )
    cluster.step(later(10))
    assert cluster.status.reason is Reason.COMPLETE_WITH_FAILURES
    return cluster


def test_a_suspended_job_stops_its_pods_and_gives_its_place_back() -> None:
    cluster = asked(started(), suspend=True)
    assert cluster.step(later(5)).actions == (STOP,)
    assert cluster.status.reason is Reason.SUSPENDED
    assert condition(cluster, ConditionType.SUSPENDED) is ConditionStatus.TRUE
    assert condition(cluster, ConditionType.ADMITTED) is ConditionStatus.FALSE
    assert cluster.status.attempts[-1].reason is Reason.SUSPENDED
    writes = cluster.writes
    assert cluster.step(later(60)).actions == ()
    assert cluster.writes == writes, "resting costs nothing"


def test_a_resumed_job_goes_on_and_has_lost_no_attempt() -> None:
    cluster = asked(started(), suspend=True)
    cluster.step(later(5))
    cluster.pods = []
    resumed = asked(cluster, suspend=False).step(later(100))
    assert resumed.actions == (StartAttempt(2, (0, 1)),), "without a pause: nothing failed"
    assert cluster.status.failed_attempts == cluster.status.free_attempts == 0
    assert condition(cluster, ConditionType.SUSPENDED) is ConditionStatus.FALSE
    assert cluster.status.reason is Reason.ADMITTED
    cluster.step(later(101))
    assert cluster.events == [
        Reason.ADMITTED,
        Reason.STARTING,
        Reason.RUNNING,
        Reason.SUSPENDED,
        Reason.ADMITTED,
        Reason.STARTING,
    ]


def test_a_resumed_job_waits_for_the_last_pod_of_before() -> None:
    cluster = asked(started(), suspend=True)
    cluster.step(later(5))
    asked(cluster, suspend=False)
    assert cluster.step(later(6)).actions == ()
    cluster.pods = []
    assert cluster.step(later(7)).actions == (StartAttempt(2, (0, 1)),)


def test_a_job_suspended_from_the_beginning_gets_no_pod() -> None:
    cluster = asked(FakeCluster(), suspend=True)
    assert cluster.step(NOON).actions == ()
    assert cluster.status.reason is Reason.SUSPENDED
    assert asked(cluster, suspend=False).step(later(5)).actions == (StartAttempt(1, (0, 1)),)


def test_shards_that_were_done_before_the_rest_are_not_made_again() -> None:
    cluster = asked(started(), suspend=True)
    cluster.pods[0] = pod(0, phase="Succeeded", exit=failed_pod(0, told=report(done=2)).exit)
    cluster.step(later(5))
    cluster.pods = []
    assert asked(cluster, suspend=False).step(later(9)).actions == (StartAttempt(2, (1,)),)


@pytest.mark.parametrize("wish", ["suspend", "cancel"])
def test_what_a_killed_operator_meant_to_stop_is_stopped_by_the_next(wish: str) -> None:
    cluster = asked(started(), **{wish: True})
    cluster.step(later(5), hit=Hit.AFTER_WRITE)
    assert cluster.jobs, "it was killed before it deleted the Job"
    assert cluster.step(later(6)).actions == (STOP,)


def test_a_job_that_is_made_while_nobody_wants_it_any_more_is_stopped_when_it_is_seen() -> None:
    cluster = FakeCluster()
    cluster.step(NOON, hit=Hit.AFTER_WRITE)
    asked(cluster, suspend=True).step(later(1))
    assert cluster.status.attempts[-1].reason is Reason.SUSPENDED
    cluster.jobs[1] = child(1)
    assert cluster.step(later(2)).actions == (STOP,)


@pytest.mark.parametrize("wish", ["suspend", "cancel"])
def test_an_attempt_that_came_to_its_own_end_is_counted_first(wish: str) -> None:
    cluster = asked(started(), **{wish: True})
    cluster.jobs[1] = child(1, complete=True, completed=frozenset({0, 1}), ended=later(9))
    assert cluster.step(later(10)).actions == ()
    assert cluster.status.attempts[-1].reason is None, "its pods' reports are on their way"
    done = pod(0, phase="Succeeded", exit=failed_pod(0, told=report(done=2)).exit)
    cluster.pods = [done, pod(1, phase="Succeeded", exit=failed_pod(0, told=report(done=1)).exit)]
    cluster.step(later(11))
    assert cluster.status.reason is Reason.COMPLETE


@pytest.mark.parametrize("at_work", [True, False])
def test_a_cancelled_job_ends_and_keeps_what_it_has(*, at_work: bool) -> None:
    cluster = asked(started() if at_work else FakeCluster(), cancel=True, suspend=True)
    assert cluster.step(later(5)).actions == ((STOP,) if at_work else ())
    assert cluster.status.reason is Reason.CANCELLED
    assert condition(cluster, ConditionType.FAILED) is ConditionStatus.TRUE
    assert "of 3 charts are published, and stay in default-demo-01234567" in (cluster.status.message or "")
    assert not cluster.deleted


def test_a_retry_makes_another_round_over_what_failed_with_every_attempt_anew() -> None:
    cluster = retried(partly_done(), "1")
    begun = cluster.step(later(20))
    assert begun.actions == (StartAttempt(2, (0,), round=2),), "the other share lacks nothing"
    status = cluster.status
    assert (status.round, status.failed_attempts, status.completion_time) == (2, 0, None)
    assert (status.progress.summary, status.progress.charts_failed, status.failed_charts) == ("2/3", 0, ())
    assert condition(cluster, ConditionType.COMPLETE) is None
    assert status.retry is not None
    assert status.retry.message == "Round 2 began."
    cluster.step(later(21))
    assert cluster.status.progress.charts_failed == 0, "what earlier pods said of it is over"
    done = pod(0, 2, "Succeeded", exit=failed_pod(0, told=report(done=2)).exit)
    cluster.end(2, done, now=later(30))
    cluster.step(later(31))
    assert cluster.status.reason is Reason.COMPLETE
    assert cluster.status.progress.summary == "3/3"


def test_a_retry_is_made_once_for_each_word_of_the_annotation() -> None:
    cluster = retried(partly_done(), "1")
    cluster.step(later(20))
    asked(cluster, suspend=True).step(later(21))
    asked(cluster, suspend=False)
    assert cluster.status.round == 2
    cluster.step(later(22))
    assert cluster.status.round == 2


def test_a_job_that_has_no_chart_at_all_can_be_retried() -> None:
    cluster = started()
    cluster.end(1, failed_pod(66, 0), failed_pod(66, 1), now=later(9))
    cluster.step(later(10))
    assert cluster.status.reason is Reason.MISSING_MODEL
    assert retried(cluster, "now").step(later(20)).actions == (StartAttempt(2, (0, 1), round=2),)


@pytest.mark.parametrize(
    ("changes", "seconds", "told"),
    [
        ({}, 2, "the job has not ended"),
        ({"cancel": True}, 5, "the job was cancelled"),
    ],
)
def test_a_retry_of_nothing_is_refused_once_with_an_event(
    changes: dict[str, object], seconds: float, told: str
) -> None:
    cluster = asked(started(), **changes)
    cluster.step(later(seconds))
    before = cluster.status
    retried(cluster, "x").step(later(seconds + 1))
    assert cluster.status.retry is not None
    assert told in cluster.status.retry.message
    assert cluster.notices == {"x": cluster.status.retry.message}
    assert cluster.status.model_copy(update={"retry": None}) == before
    cluster.notices.clear()
    cluster.step(later(seconds + 2))
    assert not cluster.notices


def test_neither_a_complete_nor_an_impossible_job_is_retried() -> None:
    complete = started()
    done = [pod(n, phase="Succeeded", exit=failed_pod(0, told=report(done=2 - n)).exit) for n in (0, 1)]
    complete.end(1, *done, now=later(9))
    complete.step(later(10))
    retried(complete, "x").step(later(31))
    assert "every chart is published" in complete.notices["x"]
    impossible = FakeCluster(asked=Refusal("spec.charts: too many.", 60))
    impossible.step(NOON)
    retried(impossible, "x").step(later(1))
    assert "spec.charts: too many." in impossible.notices["x"]


def test_an_annotation_that_a_new_job_brings_along_asks_for_nothing() -> None:
    cluster = retried(FakeCluster(), "old")
    cluster.step(NOON)
    assert cluster.status.round == 1
    assert not cluster.notices
    assert cluster.status.retry is not None


def test_a_retry_killed_before_the_event_tells_it_again_under_the_same_name() -> None:
    cluster = retried(started(), "x")
    cluster.step(later(2), hit=Hit.AFTER_NOTICES)
    assert cluster.status.retry is None
    cluster.step(later(3))
    assert list(cluster.notices) == ["x"]


def test_what_an_earlier_round_counted_is_not_counted_again() -> None:
    cluster = retried(partly_done(), "1")
    cluster.step(later(20))
    observed = cluster.observe()
    assert tally(observed, observed.status).failed_charts == ()
    earlier = observed.status.model_copy(update={"round": 1})
    assert [one.name for one in tally(observed, earlier).failed_charts] == ["c"]
