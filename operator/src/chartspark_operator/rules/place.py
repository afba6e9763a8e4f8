"""How a job's place, or the lack of one, is written. Called by the rules about the queue."""

from datetime import datetime

from chartspark_api.conditions import ConditionStatus, ConditionType
from chartspark_api.reasons import Reason

from chartspark_operator.observed import Observed
from chartspark_operator.planned import Plan
from chartspark_operator.rules.condition import condition

NOT_QUEUED = {"queued_time": None, "queue_position": None}


def leave_the_queue(observed: Observed, draft: Plan, now: datetime, why: tuple[Reason, str]) -> Plan:
    """Return the plan in which the job neither waits nor has a place."""
    left = draft.with_status(NOT_QUEUED)
    told = any(c.type is ConditionType.ADMITTED for c in draft.status.conditions)
    return without_a_place(observed, left, now, why) if told else left


def without_a_place(observed: Observed, draft: Plan, now: datetime, why: tuple[Reason, str]) -> Plan:
    """Return the plan that says why the job has no place."""
    return draft.with_condition(condition(observed, now, ConditionType.ADMITTED, ConditionStatus.FALSE, why))


def in_its_place(observed: Observed, draft: Plan, now: datetime, message: str) -> Plan:
    """Return the plan in which the job has its place."""
    return draft.with_status(NOT_QUEUED).with_condition(
        condition(observed, now, ConditionType.ADMITTED, ConditionStatus.TRUE, (Reason.ADMITTED, message))
    )
