"""What the live attempt is doing or waiting for, in the words of those who know: scheduler, kubelet, pods."""

from datetime import datetime

from chartspark_api.reasons import Reason, explain
from chartspark_api.status import Attempt

from chartspark_operator.observed import ChildPod, Observed
from chartspark_operator.planned import Plan


def describe_the_live_attempt(observed: Observed, draft: Plan, _now: datetime) -> Plan:
    """Set reason and message from the pods of the live attempt, once its Job is there."""
    attempt = draft.live_attempt
    if attempt is None or observed.job_of(attempt) is None:
        return draft
    pods = observed.pods_of(attempt)
    node = attempt.node or next((pod.node for pod in pods if pod.node), None)
    draft = draft.with_last_attempt({"node": node})
    reason, message = _describe(attempt, pods)
    if reason is Reason.STARTING and draft.status.reason is Reason.RUNNING and all(p.ended for p in pods):
        # The pods have ended and the Job has yet to say so: nothing starts any more.
        return draft
    return draft.in_reason(reason, message)


def _describe(attempt: Attempt, pods: tuple[ChildPod, ...]) -> tuple[Reason, str]:
    if any(pod.running for pod in pods):
        return Reason.RUNNING, f"Attempt {attempt.number} is at work on shards {attempt.shards}."
    unschedulable = next((pod.unschedulable for pod in pods if pod.unschedulable), None)
    if unschedulable is not None:
        return Reason.UNSCHEDULABLE, unschedulable
    waiting = next((pod.waiting for pod in pods if pod.waiting), None)
    return Reason.STARTING, waiting or explain(Reason.STARTING).cause
