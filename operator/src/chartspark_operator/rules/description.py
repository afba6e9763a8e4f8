"""What the live attempt is doing or waiting for, in the words of those who know: scheduler, kubelet, pods."""

from datetime import datetime

from chartspark_api.reasons import Reason, explain
from chartspark_api.status import Attempt

from chartspark_operator.attention import pods_due
from chartspark_operator.observed import SLOW_KUBELET, ChildPod, Observed
from chartspark_operator.planned import Plan
from chartspark_operator.rules.stuck import stuck_sentence
from chartspark_operator.times import stamp

IMAGE_WAITS = frozenset(
    {
        "ErrImagePull",
        "ImagePullBackOff",
        "InvalidImageName",
        "ErrImageNeverPull",
        "ImageInspectError",
        "RegistryUnavailable",
        "SignatureValidationFailed",
    }
)
"""A kubelet's words for an image that it has not got."""


def describe_the_live_attempt(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Set reason and message from the pods of the live attempt, once its Job is there."""
    attempt = draft.live_attempt
    job = observed.job_of(attempt) if attempt is not None else None
    if attempt is None or job is None or job.suspended:
        return draft
    pods = observed.pods_of(attempt)
    node = attempt.node or next((pod.node for pod in pods if pod.node), None)
    running = [pod for pod in pods if pod.running and not pod.stuck(now)]
    seen = attempt.running_time or (stamp(now) if running else None)
    described = draft.with_last_attempt({"node": node, "running_time": seen}).in_reason(
        *_describe(observed, attempt, pods, now)
    )
    dues = [pod.gone_by + SLOW_KUBELET for pod in pods if pod.gone_by is not None and not pod.stuck(now)]
    due = pods_due(observed, now)
    for at in [*dues, *([due] if due is not None else [])]:
        described = described.waking(at)
    return described


def _describe(
    observed: Observed, attempt: Attempt, pods: tuple[ChildPod, ...], now: datetime
) -> tuple[Reason, str]:
    shards = len(attempt.shards.split(","))
    obstacle = _obstacle(observed, pods, now)
    if running := sum(pod.running and not pod.stuck(now) for pod in pods):
        at_work = f"{running} of {shards} pods at work"
        return Reason.RUNNING, f"{at_work}. {obstacle[1]}" if obstacle else f"{at_work}."
    if obstacle is not None:
        return obstacle
    if len(pods) == shards and all(pod.ended for pod in pods):
        # Nothing starts any more; the Job has yet to say so.
        return Reason.RUNNING, "Every pod has ended."
    return Reason.STARTING, explain(Reason.STARTING).cause


def _obstacle(observed: Observed, pods: tuple[ChildPod, ...], now: datetime) -> tuple[Reason, str] | None:
    """Return what keeps the next pod from running: the one before it, or it is not created, not placed, not started."""
    stuck = next((pod for pod in pods if pod.stuck(now)), None)
    if stuck is not None:
        return Reason.POD_STUCK, stuck_sentence(stuck)
    if observed.pods_refused is not None:
        return Reason.PODS_REFUSED, f"A pod cannot be created: {observed.pods_refused}"
    unschedulable = next((pod.unschedulable for pod in pods if pod.unschedulable), None)
    if unschedulable is not None:
        ever = ", and none could if nothing else ran there" if any(pod.unfit for pod in pods) else ""
        return Reason.UNSCHEDULABLE, f"No node takes a pod{ever}: {unschedulable}"
    waiting = next((pod.waiting for pod in pods if pod.waiting), None)
    if waiting is None:
        return None
    reason = Reason.IMAGE_NOT_PULLED if waiting.reason in IMAGE_WAITS else Reason.CANNOT_START
    return reason, f"A pod cannot start: {waiting.reason}: {waiting.message}"
