"""lastTransitionTime is what alerts and health checks count from."""

from chartspark_api.conditions import Condition, ConditionStatus, ConditionType, set_condition
from chartspark_api.reasons import Reason


def condition(type_: ConditionType, status: ConditionStatus, time: str, message: str = "") -> Condition:
    return Condition(
        type=type_,
        status=status,
        reason=Reason.COMPLETE,
        message=message,
        last_transition_time=time,
        observed_generation=1,
    )


def test_a_new_condition_is_appended() -> None:
    done = condition(ConditionType.COMPLETE, ConditionStatus.TRUE, "2026-01-01T00:00:00Z")
    assert set_condition((), done) == (done,)


def test_the_time_stays_while_the_status_stays_and_the_message_follows() -> None:
    old = condition(ConditionType.COMPLETE, ConditionStatus.TRUE, "2026-01-01T00:00:00Z", "old")
    new = condition(ConditionType.COMPLETE, ConditionStatus.TRUE, "2026-02-02T00:00:00Z", "new")
    (merged,) = set_condition((old,), new)
    assert (merged.last_transition_time, merged.message) == ("2026-01-01T00:00:00Z", "new")


def test_the_time_moves_when_the_status_changes_and_other_types_are_left_alone() -> None:
    failed = condition(ConditionType.FAILED, ConditionStatus.FALSE, "2026-01-01T00:00:00Z")
    old = condition(ConditionType.COMPLETE, ConditionStatus.FALSE, "2026-01-01T00:00:00Z")
    new = condition(ConditionType.COMPLETE, ConditionStatus.TRUE, "2026-02-02T00:00:00Z")
    assert set_condition((failed, old), new) == (failed, new)
