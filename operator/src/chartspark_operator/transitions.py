"""Counts what a status write changed. Called by `reconcile` after the write, so that nothing is counted twice."""

from datetime import datetime

from chartspark_api.conditions import ConditionType
from chartspark_api.reasons import Reason
from chartspark_api.status import ChartSparkJobStatus

from chartspark_operator.admission.standing import is_admitted
from chartspark_operator.metrics import Metrics
from chartspark_operator.times import read


def count_transitions(
    metrics: Metrics, before: ChartSparkJobStatus, after: ChartSparkJobStatus, now: datetime
) -> None:
    """Count the ends and the start that `after` tells of and `before` did not."""
    ended = {attempt.number for attempt in before.attempts if attempt.reason is not None}
    for attempt in after.attempts:
        if attempt.reason is not None and attempt.number not in ended:
            metrics.attempt_finished(attempt.reason)
    if after.start_time is None:
        return
    if after.reason is Reason.REQUEUED is not before.reason:
        metrics.job_requeued()
    if is_admitted(after) and not is_admitted(before):
        queued = read(before.queued_time) if before.queued_time is not None else now
        metrics.job_admitted((now - queued).total_seconds())
    seconds = (now - read(after.start_time)).total_seconds()
    if _began_to_run(before, after):
        metrics.job_started(seconds)
    if after.completion_time is not None and before.completion_time is None:
        _count_end(metrics, after, seconds)


def _began_to_run(before: ChartSparkJobStatus, after: ChartSparkJobStatus) -> bool:
    return after.reason is Reason.RUNNING is not before.reason and len(after.attempts) == 1


def _count_end(metrics: Metrics, after: ChartSparkJobStatus, seconds: float) -> None:
    complete = any(condition.type is ConditionType.COMPLETE for condition in after.conditions)
    if after.reason is not None:
        metrics.job_finished(after.reason, "complete" if complete else "failed", seconds)
    if after.progress is not None:
        metrics.charts_finished(after.progress.charts_done, after.progress.charts_failed)
