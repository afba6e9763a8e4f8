"""Which facts a pass needs beyond what the watches hold. Called by `survey` and by the rules; pure."""

from datetime import datetime, timedelta

from chartspark_operator.admission.standing import stands_aside
from chartspark_operator.observed import ChildJob, Observed, Request
from chartspark_operator.retry import is_taken_up

PODS_DUE = timedelta(seconds=2)
"""The Job controller creates pods within milliseconds. After this it is worth asking what keeps it."""
SHORTEST_PAUSE = timedelta(seconds=3)
LONGEST_PAUSE = timedelta(seconds=60)


def request_to_begin(observed: Observed) -> Request | None:
    """Return the request if an attempt of it may begin in this pass, so that what it needs has to be there."""
    asked, status = observed.asked, observed.status
    if not isinstance(asked, Request) or asked.suspend or asked.cancel:
        return None
    over = observed.owner.deleting or (status.completion_time is not None and not is_taken_up(observed))
    if over or observed.live_attempt is not None:
        return None
    # A job that waits for its turn would be looked at for nothing; at first sight its author wants to know.
    due = observed.turn.granted or status.start_time is None or stands_aside(status)
    return asked if due else None


def job_without_pods(observed: Observed, now: datetime) -> ChildJob | None:
    """Return the live attempt's Job if it should have more pods by now than it has."""
    job = _lacking(observed)
    if job is None or job.created is None or now < job.created + PODS_DUE:
        return None
    return job


def pods_due(observed: Observed, now: datetime) -> datetime | None:
    """Return when to look again at a Job that lacks pods. None if it lacks none."""
    job = _lacking(observed)
    if job is None or job.created is None:
        return None
    return max(job.created + PODS_DUE, now + pause_since(job.created, now))


def pause_since(begun: datetime, now: datetime) -> timedelta:
    """Return when to look again for something that has been missing since `begun`: the longer, the rarer."""
    return min(LONGEST_PAUSE, max(SHORTEST_PAUSE, (now - begun) / 10))


def _lacking(observed: Observed) -> ChildJob | None:
    attempt = observed.live_attempt
    job = observed.job_of(attempt) if attempt is not None else None
    if attempt is None or job is None or job.suspended or job.complete or job.failed or job.deleting:
        return None
    seen = {pod.index for pod in observed.pods_of(attempt)} | job.completed | job.failed_indexes
    return job if len(seen) < len(job.shards) else None
