"""A job whose pod block names what this installation does not allow gets no pod."""

from datetime import datetime

from chartspark_api.conditions import ConditionType
from chartspark_api.reasons import Reason

from chartspark_operator.observed import Observed, Refusal
from chartspark_operator.planned import Plan
from chartspark_operator.rules.ending import Verdict, end
from chartspark_operator.times import stamp


def refuse_what_is_not_allowed(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """End the job before its next attempt. Pods that are at work stay: the lists may have become shorter meanwhile."""
    asked, live = observed.asked, draft.live_attempt
    if isinstance(asked, Refusal) or asked.not_allowed is None:
        return draft
    if live is not None:
        if observed.job_of(live) is not None:
            return draft
        draft = draft.with_last_attempt(
            {"reason": Reason.NOT_ALLOWED, "message": asked.not_allowed, "end_time": stamp(now)}
        )
    return end(observed, draft, now, Verdict(ConditionType.FAILED, Reason.NOT_ALLOWED, asked.not_allowed))
