"""Why an attempt ended, or that it has not. Called by the settlement."""

import re
from datetime import datetime, timedelta

from chartspark_api.exit_codes import ExitCode
from chartspark_api.reasons import Reason, Retry, explain
from chartspark_api.status import Attempt, ChartSparkJobStatus

from chartspark_operator.observed import ChildJob, ChildPod, Observed
from chartspark_operator.rules.pod_end import End, pod_end
from chartspark_operator.rules.shards import unfinished_shards

SEEN = frozenset(
    {
        Reason.QUEUED,
        Reason.REQUEUED,
        Reason.MISSING_QUEUE,
        Reason.STARTING,
        Reason.PODS_REFUSED,
        Reason.IMAGE_NOT_PULLED,
        Reason.CANNOT_START,
        Reason.UNSCHEDULABLE,
        Reason.POD_STUCK,
        Reason.RUNNING,
    }
)
"""A job in one of these had its attempt's Job in sight; if the Job is not there now, somebody deleted it.

Before that, the status says nothing (first attempt), Retrying or Blocked, and a missing Job was never created.
Queued stands beside an attempt only where Kueue decides: in the operator's own queue the attempt comes after it.
"""

REPORT_GRACE = timedelta(seconds=10)
"""How long the last pods' reports may come after the Job's end: two watches have no common order."""


def attempt_end(observed: Observed, status: ChartSparkJobStatus, attempt: Attempt) -> End | None:
    """Return how `attempt` ended. None while it runs, or while it has not been created."""
    job = observed.job_of(attempt)
    if job is None:
        seen = attempt.running_time is not None or observed.status.reason in SEEN
        return End(Reason.JOB_DELETED, explain(Reason.JOB_DELETED).cause) if seen else None
    if job.deleting:
        return End(Reason.JOB_DELETED, explain(Reason.JOB_DELETED).cause)
    if job.complete:
        return _success(status, attempt)
    if job.failed:
        return _failure(job, observed.every_pod_of(attempt))
    if job.suspended and not job.in_queue:
        # It would rest for ever: nobody but who did it knows what for.
        return End(Reason.JOB_SUSPENDED, explain(Reason.JOB_SUSPENDED).cause)
    return None


def reports_due(job: ChildJob, pods: tuple[ChildPod, ...]) -> datetime | None:
    """Return until when to wait for the end of pods that the Job's own end implies. None if all are there."""
    if job.ended is None:
        return None
    told = {pod.index for pod in pods if pod.ended}
    known = told >= job.completed | job.failed_indexes
    explained = job.complete or any(pod.phase == "Failed" for pod in pods)
    return None if known and explained else job.ended + REPORT_GRACE


def _success(status: ChartSparkJobStatus, attempt: Attempt) -> End:
    if unfinished_shards(status, attempt):
        return End(Reason.REPORT_LOST, explain(Reason.REPORT_LOST).cause)
    return End(Reason.COMPLETE, "Every chart of the attempt was tried.")


def _failure(job: ChildJob, pods: tuple[ChildPod, ...]) -> End:
    latest = {pod.index: pod for pod in pods if pod.phase == "Failed"}
    ends = [pod_end(pod) for index, pod in sorted(latest.items()) if index not in job.completed]
    return min(ends, key=_weight) if ends else _from_the_job(job)


def _weight(end: End) -> tuple[int, bool]:
    """Order the ends of shards: what no repetition can mend decides, and what the cluster took back decides last."""
    told = explain(end.reason)
    return list(Retry).index(told.retry), not told.another_node


def _from_the_job(job: ChildJob) -> End:
    code = re.search(r"exit code (\d+)", job.failure)
    if code is not None and int(code[1]) in set(ExitCode) - {ExitCode.OK}:
        return End(ExitCode(int(code[1])).reason, job.failure)
    if job.failed_indexes:
        return End(Reason.POD_GONE, explain(Reason.POD_GONE).cause)
    return End(Reason.CRASHED, job.failure or explain(Reason.CRASHED).cause)
