"""Nothing works for a job but its live attempt."""

from datetime import datetime, timedelta

from chartspark_operator.actions import DeletePodByForce, StopAttempt
from chartspark_operator.observed import ChildPod, Observed, Refusal
from chartspark_operator.planned import Plan


def stop_what_is_not_wanted(observed: Observed, draft: Plan, _now: datetime) -> Plan:
    """Stop the Job of an attempt that has ended in the status, though nothing ended it in the cluster.

    An operator that decided so may have been killed before it acted. A Job beyond the last attempt is one
    that somebody made the status forget, or one that this view of the status is too old to know.
    """
    last = draft.status.last_attempt_number
    live = draft.live_attempt if draft.status.completion_time is None else None
    stopped = {action.uid for action in draft.actions if isinstance(action, StopAttempt)}
    for job in observed.jobs:
        wanted = live is not None and job.attempt == live.number
        if job.at_work and not (wanted or job.deleting or job.uid in stopped):
            draft = draft.doing(StopAttempt(job.name, job.uid, unknown=job.attempt > last))
    return draft


def remove_stuck_pods(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Delete by force what outlasts its deletion for longer than the job bears."""
    for pod in observed.pods:
        due = force_due(observed, pod)
        if due is not None and not pod.ended:
            draft = draft.doing(DeletePodByForce(pod.name, pod.uid)) if now >= due else draft.waking(due)
    return draft


def force_due(observed: Observed, pod: ChildPod) -> datetime | None:
    """Return when `pod` may be deleted by force. None if it may not."""
    if isinstance(observed.asked, Refusal) or pod.gone_by is None:
        return None
    seconds = observed.asked.deadlines.force_delete_seconds
    return None if seconds is None else pod.gone_by + timedelta(seconds=seconds)
