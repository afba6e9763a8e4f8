"""How a job's end is written. Called by the rules that end one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from chartspark_api.conditions import Condition, ConditionStatus, ConditionType, set_condition
from chartspark_api.reasons import Reason

from chartspark_operator.observed import Observed
from chartspark_operator.planned import LONGEST_SENTENCE, Plan
from chartspark_operator.rules.remains import stop_what_is_not_wanted
from chartspark_operator.times import stamp


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a job ends."""

    kind: Literal[ConditionType.COMPLETE, ConditionType.FAILED]
    reason: Reason
    message: str


def end(observed: Observed, draft: Plan, now: datetime, verdict: Verdict) -> Plan:
    """Return the plan that ends the job, and looks again when its time to live is over."""
    conditions = draft.status.conditions
    for kind in (verdict.kind, ConditionType.FINISHED):
        condition = Condition(
            type=kind,
            status=ConditionStatus.TRUE,
            reason=verdict.reason,
            message=verdict.message[:LONGEST_SENTENCE],
            last_transition_time=stamp(now),
            observed_generation=observed.owner.generation,
        )
        conditions = set_condition(conditions, condition)
    ended = draft.in_reason(verdict.reason, verdict.message).with_status(
        {"conditions": conditions, "completion_time": stamp(now)}
    )
    # In the same pass: nothing wakes the operator again for a job that has ended.
    stopped = stop_what_is_not_wanted(observed, ended, now)
    return stopped.waking(now + timedelta(seconds=observed.asked.ttl_seconds)).ending()
