"""An attempt that has ended gets its reason, its sentence and its time."""

from datetime import datetime

from chartspark_api.reasons import Reason, Retry, explain
from chartspark_api.status import Attempt, ChartSparkJobStatus

from chartspark_operator.observed import Observed
from chartspark_operator.planned import LONGEST_SENTENCE, Plan
from chartspark_operator.rules.attempt_end import attempt_end, reports_due
from chartspark_operator.rules.bounds import bounds
from chartspark_operator.rules.pod_end import End
from chartspark_operator.times import stamp

MOST_FREE = 20
"""How many attempts the cluster may take back for nothing. More of them are no bad luck any more."""


def settle_the_live_attempt(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Write down how the live attempt ended, if it has, once its pods' reports are in."""
    attempt = draft.live_attempt
    if attempt is None:
        return draft
    job = observed.job_of(attempt)
    ended = attempt_end(observed, draft.status, attempt)
    if ended is None:
        return _cut_short(observed, draft, attempt, now)
    due = reports_due(job, observed.every_pod_of(attempt)) if job is not None else None
    if due is not None and now < due:
        return draft.waking(due)
    return _settled(draft, attempt, ended, now)


def _cut_short(observed: Observed, draft: Plan, attempt: Attempt, now: datetime) -> Plan:
    """End an attempt that would not end by itself. Its Job is stopped by the rule that stops what is not wanted."""
    for bound in bounds(observed, draft.status, attempt):
        if now >= bound.due:
            return _settled(draft, attempt, bound.end, now)
        draft = draft.waking(bound.due)
    return draft


def _settled(draft: Plan, attempt: Attempt, ended: End, now: datetime) -> Plan:
    update = {
        "reason": ended.reason,
        "message": ended.message[:LONGEST_SENTENCE],
        "node": ended.node or attempt.node,
        "end_time": stamp(now),
    }
    return draft.with_last_attempt(update).with_status(_counted(draft.status, ended.reason))


def _counted(status: ChartSparkJobStatus, reason: Reason) -> dict[str, int]:
    retry, free = explain(reason).retry, status.free_attempts
    if retry is Retry.COUNTED or (retry is Retry.FREE and free >= MOST_FREE):
        return {"failed_attempts": status.failed_attempts + 1}
    return {"free_attempts": free + 1} if retry is Retry.FREE else {}
