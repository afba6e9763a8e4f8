"""A request that cannot succeed gets no pod."""

from datetime import datetime

from chartspark_api.conditions import ConditionType
from chartspark_api.reasons import Reason

from chartspark_operator.actions import StopAttempt
from chartspark_operator.observed import Observed, Refusal
from chartspark_operator.planned import Plan
from chartspark_operator.rules.ending import Verdict, end
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
    live = opened.live_attempt
    if live is not None:
        job = observed.job_of(live)
        opened = opened.with_last_attempt(
            {"reason": Reason.INVALID_REQUEST, "message": message, "end_time": stamp(now)}
        )
        if job is not None:
            opened = opened.doing(StopAttempt(job.name, job.uid))
    return end(observed, opened, now, Verdict(ConditionType.FAILED, Reason.INVALID_REQUEST, message))
