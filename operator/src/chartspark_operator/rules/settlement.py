"""An attempt that has ended gets its reason, its sentence and its time."""

from datetime import datetime

from chartspark_operator.observed import Observed
from chartspark_operator.planned import LONGEST_SENTENCE, Plan
from chartspark_operator.rules.attempt_end import attempt_end, reports_due
from chartspark_operator.times import stamp


def settle_the_live_attempt(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Write down how the live attempt ended, if it has, once its pods' reports are in."""
    attempt = draft.live_attempt
    if attempt is None:
        return draft
    ended = attempt_end(observed, attempt)
    if ended is None:
        return draft
    job = observed.job_of(attempt)
    due = reports_due(job, observed.pods_of(attempt)) if job is not None else None
    if due is not None and now < due:
        return draft.waking(due)
    update = {"reason": ended.reason, "message": ended.message[:LONGEST_SENTENCE], "end_time": stamp(now)}
    return draft.with_last_attempt(update)
