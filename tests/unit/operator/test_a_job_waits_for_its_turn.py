"""What waiting looks like in the status, what it costs, and how it ends."""

from dataclasses import replace

from chartspark_api.conditions import ConditionStatus, ConditionType
from chartspark_api.reasons import Reason
from chartspark_operator.actions import StartAttempt
from chartspark_operator.admission.demand import Need
from chartspark_operator.admission.turn import GRANTED, Turn
from operator_builders import NOON, FakeCluster, later

LACK = Need("team-a", "nvidia.com/gpu", 1, 4)
THIRD = Turn(granted=False, lack=LACK, position=3, waiting=17)


def test_what_it_waits_for_and_its_place_are_told() -> None:
    cluster = FakeCluster(turn=THIRD)
    assert cluster.step(NOON).actions == ()
    assert (
        cluster.status.message
        == "It waits for 1 nvidia.com/gpu of limit 4 in namespace team-a; position 3 of 17."
    )
    assert cluster.status.queue_position == 3
    assert cluster.status.queued_time == "2026-11-21T12:00:00Z"
    assert [(c.type, c.status) for c in cluster.status.conditions] == [
        (ConditionType.ADMITTED, ConditionStatus.FALSE)
    ]
    assert cluster.events == [Reason.QUEUED]


def test_only_another_place_is_written_and_told_to_nobody() -> None:
    cluster = FakeCluster(turn=THIRD)
    cluster.step(NOON)
    cluster.turn = replace(THIRD, lack=Need(None, "jobs", 1, 9), waiting=18)
    cluster.step(later(30))
    assert cluster.writes == 1
    cluster.turn = replace(cluster.turn, position=2)
    cluster.step(later(60))
    assert cluster.writes == 2
    assert cluster.status.message == "It waits for 1 running job of limit 9; position 2 of 18."
    assert cluster.events == [Reason.QUEUED]


def test_beyond_the_first_hundred_nothing_is_written_while_it_waits() -> None:
    cluster = FakeCluster(turn=Turn(granted=False, lack=LACK, waiting=500))
    cluster.step(NOON)
    assert (
        cluster.status.message
        == "It waits for 1 nvidia.com/gpu of limit 4 in namespace team-a; more than 100 wait before it."
    )
    cluster.turn = replace(cluster.turn, waiting=400)
    cluster.step(later(300))
    assert cluster.writes == 1


def test_its_turn_comes() -> None:
    cluster = FakeCluster(turn=THIRD)
    cluster.step(NOON)
    cluster.turn = GRANTED
    assert cluster.step(later(40)).actions == (StartAttempt(1, (0, 1)),)
    assert (cluster.status.queue_position, cluster.status.queued_time) == (None, None)
    assert cluster.status.conditions[0].status is ConditionStatus.TRUE
    assert cluster.status.start_time == "2026-11-21T12:00:00Z"
    assert cluster.events == [Reason.QUEUED, Reason.ADMITTED]


def test_a_place_is_kept_until_the_end() -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.turn = Turn(granted=False)
    cluster.step(later(1))
    assert cluster.status.reason is Reason.STARTING


def test_a_full_queue_takes_no_new_job_and_says_when_to_try_again() -> None:
    full = Turn(granted=False, lack=LACK, queue_limit=10)
    cluster = FakeCluster(turn=full)
    assert cluster.step(NOON).actions == ()
    assert cluster.status.reason is Reason.QUEUE_FULL
    assert "10 jobs wait already" in (cluster.status.message or "")
    assert "annotate the job with chartspark.io/retry=1" in (cluster.status.message or "")


def test_who_waits_too_long_ends_when_its_time_is_over() -> None:
    cluster = FakeCluster(turn=THIRD)
    cluster.asked = replace(cluster.asked, queue_seconds=60)
    assert cluster.step(NOON).requeue_at == later(60)
    assert cluster.step(later(59)).requeue_at == later(60)
    cluster.step(later(60))
    assert cluster.status.reason is Reason.QUEUED_TOO_LONG
    assert "for 1 nvidia.com/gpu of limit 4 in namespace team-a" in (cluster.status.message or "")
    assert {c.type for c in cluster.status.conditions if c.status is ConditionStatus.TRUE} == {
        ConditionType.FAILED,
        ConditionType.FINISHED,
    }


def test_resting_is_not_waiting() -> None:
    cluster = FakeCluster(turn=THIRD)
    cluster.asked = replace(cluster.asked, queue_seconds=60)
    cluster.step(NOON)
    cluster.asked = replace(cluster.asked, suspend=True)
    cluster.step(later(30))
    assert (cluster.status.queue_position, cluster.status.queued_time) == (None, None)
    cluster.asked = replace(cluster.asked, suspend=False)
    assert cluster.step(later(300)).requeue_at == later(360)
    assert cluster.status.reason is Reason.QUEUED


def test_what_is_more_than_a_limit_is_refused() -> None:
    cluster = FakeCluster(turn=Turn(granted=False, beyond=Need(None, "nvidia.com/gpu", 8, 4)))
    cluster.step(NOON)
    assert cluster.status.reason is Reason.INVALID_REQUEST
    assert "asks for 8 nvidia.com/gpu of limit 4, and will never get it" in (cluster.status.message or "")
