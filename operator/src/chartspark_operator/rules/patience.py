"""A job that is without a pod at work for too long ends, whatever it waits for."""

from datetime import datetime, timedelta

from chartspark_api.conditions import ConditionType, since
from chartspark_api.reasons import Reason, explain

from chartspark_operator.observed import ChildPod, Observed, Refusal
from chartspark_operator.planned import LONGEST_SENTENCE, Plan
from chartspark_operator.rules.ending import end, with_what_is_published
from chartspark_operator.times import read, stamp

UNFIT_PATIENCE = timedelta(minutes=15)
"""An autoscaler adds a node within this time, if it means to. Nothing else makes an unfit pod fit."""


def give_up_waiting(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """End the job at spec.deadlines.startSeconds, and say what it waited for."""
    asked, reason = observed.asked, draft.status.reason
    if isinstance(asked, Refusal) or reason is None or not explain(reason).waits:
        return draft
    unfit = _unfit(observed, draft)
    patience = timedelta(seconds=asked.deadlines.start_seconds)
    if unfit:
        patience = min(patience, UNFIT_PATIENCE)
    due = _waiting_since(observed, draft, now) + patience
    if now < due:
        return draft.waking(due)
    waited_for = Reason.NO_FITTING_NODE if unfit else reason
    cause = (
        f"No pod was at work for {patience.total_seconds():.0f} s (spec.deadlines.startSeconds). "
        f"{waited_for}: {draft.status.message}"
    )
    verdict = with_what_is_published(draft, asked, Reason.START_DEADLINE_EXCEEDED, cause)
    return end(observed, _attempt_given_up(draft, waited_for, now), now, verdict)


def _unfit(observed: Observed, draft: Plan) -> bool:
    pods = _live_pods(observed, draft)
    return bool(pods) and all(pod.unfit for pod in pods)


def _live_pods(observed: Observed, draft: Plan) -> list[ChildPod]:
    attempt = draft.live_attempt
    return [] if attempt is None else [pod for pod in observed.pods_of(attempt) if not pod.ended]


def _waiting_since(observed: Observed, draft: Plan, now: datetime) -> datetime:
    """Return since when no pod is at work: since the attempt began or its last pod ended, or since this is waited for."""
    attempt = draft.live_attempt
    if attempt is None or draft.status.queued_time is not None:
        before = observed.status
        same = before.reason is draft.status.reason and before.transition_time is not None
        return read(before.transition_time) if same and before.transition_time else now
    pods = observed.every_pod_of(attempt)
    ends = [pod.exit.ended for pod in pods if pod.exit is not None and pod.exit.ended is not None]
    overdue = [pod.gone_by for pod in pods if pod.gone_by is not None and pod.stuck(now)]
    # The attempt is older than its turn where Kueue gives one to its Job.
    turn = since(draft.status.conditions, ConditionType.ADMITTED)
    begun = [read(time) for time in (attempt.start_time, turn) if time is not None]
    return max([*begun, *ends, *overdue])


def _attempt_given_up(draft: Plan, waited_for: Reason, now: datetime) -> Plan:
    if draft.live_attempt is None:
        return draft
    reason = Reason.START_DEADLINE_EXCEEDED if waited_for is Reason.STARTING else waited_for
    message = (draft.status.message or "")[:LONGEST_SENTENCE]
    return draft.with_last_attempt({"reason": reason, "message": message, "end_time": stamp(now)})
