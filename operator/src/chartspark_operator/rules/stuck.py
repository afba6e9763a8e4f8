"""A pod that was deleted and does not go away is told of at once. Called by the rules that wait for it."""

from datetime import datetime

from chartspark_api.reasons import Reason

from chartspark_operator.observed import SLOW_KUBELET, ChildPod, Observed
from chartspark_operator.planned import Plan
from chartspark_operator.times import stamp


def waiting_for_the_dead(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Return the plan that says which pod is waited for, once one is overdue, and looks again when one may be."""
    for pod in observed.pods:
        if pod.stuck(now):
            return draft.in_reason(Reason.POD_STUCK, stuck_sentence(pod))
        if pod.gone_by is not None and not pod.ended:
            draft = draft.waking(pod.gone_by + SLOW_KUBELET)
    return draft


def stuck_sentence(pod: ChildPod) -> str:
    """Return the sentence about a pod that is stuck."""
    due = stamp(pod.gone_by) if pod.gone_by is not None else "now"
    why = f" {pod.disrupted.reason}: {pod.disrupted.message}" if pod.disrupted is not None else ""
    return (
        f"Pod {pod.name} was to be gone by {due}, and is still there. Look at its node {pod.node}: does it "
        f"answer, does the storage? spec.deadlines.forceDeleteSeconds lets a job go on without it.{why}"
    )
