"""A request that cannot succeed gets no pod."""

from datetime import datetime

from chartspark_api.conditions import ConditionType
from chartspark_api.reasons import Reason

from chartspark_operator.observed import Observed, Refusal
from chartspark_operator.planned import Plan
from chartspark_operator.rules.ending import Verdict, end
from chartspark_operator.rules.stop import stop_the_live_attempt
from chartspark_operator.times import stamp


def refuse_what_is_invalid(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """End a job whose spec says what cannot be done, and stop the attempt that an edit made invalid."""
    if not isinstance(observed.asked, Refusal):
        return draft
    message = observed.asked.message
    opened = draft.with_status(
        {
            "observed_generation": observed.owner.generation,
            "start_time": draft.status.start_time or stamp(now),
        }
    )
    stopped = stop_the_live_attempt(observed, opened, now, Reason.INVALID_REQUEST, message)
    return end(observed, stopped, now, Verdict(ConditionType.FAILED, Reason.INVALID_REQUEST, message))
