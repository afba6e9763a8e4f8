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
    return draft.with_last_attempt({"node": node}).in_reason(*_describe(attempt, pods))


def _describe(attempt: Attempt, pods: tuple[ChildPod, ...]) -> tuple[Reason, str]:
    shards = len(attempt.shards.split(","))
    unschedulable = next((pod.unschedulable for pod in pods if pod.unschedulable), None)
    if running := sum(pod.running for pod in pods):
        at_work = f"{running} of {shards} pods at work"
        return (
            Reason.RUNNING,
            f"{at_work}; no node takes the next: {unschedulable}" if unschedulable else f"{at_work}.",
        )
    if unschedulable is not None:
        return Reason.UNSCHEDULABLE, f"No node takes the pod: {unschedulable}"
    if len(pods) == shards and all(pod.ended for pod in pods):
        # Nothing starts any more; the Job has yet to say so.
        return Reason.RUNNING, "Every pod has ended."
    waiting = next((pod.waiting for pod in pods if pod.waiting), None)
    return Reason.STARTING, waiting or explain(Reason.STARTING).cause
