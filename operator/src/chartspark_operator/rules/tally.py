"""Counts charts from what is known of the shares. Called by the progress rule; knows nothing of the status' earlier counts."""

from dataclasses import dataclass

from chartspark_api.status import BestResult, ChartSparkJobStatus, FailedChart

from chartspark_operator.observed import ChildPod, Observed
from chartspark_operator.rules.rounds import of_this_round

LONGEST_ACTIVITY = 200


@dataclass(frozen=True, slots=True)
class Tally:
    """What the pods said, all attempts together."""

    done: int
    failed: int
    below_minimum: int
    best: tuple[BestResult, ...]
    failed_charts: tuple[FailedChart, ...]
    activity: str | None
    seconds_left: int | None


def tally(observed: Observed, status: ChartSparkJobStatus) -> Tally:
    """Return the sum over the shares: only what a pod said counts, whatever became of its Job."""
    pods = [
        pod
        for attempt in status.attempts
        for pod in observed.every_pod_of(attempt)
        if observed.job_of(attempt) and of_this_round(status, attempt.number)
    ]
    reports = [pod.exit.report for pod in pods if pod.exit is not None and pod.exit.report is not None]
    return Tally(
        done=sum(shard.charts_done for shard in status.shards),
        failed=sum(shard.charts_failed for shard in status.shards),
        below_minimum=sum(shard.charts_below_minimum for shard in status.shards),
        best=tuple(best for report in reports for best in report.best),
        failed_charts=tuple(chart for report in reports for chart in report.failed_charts),
        activity=_activity(pods),
        seconds_left=_seconds_left(pods),
    )


def _seconds_left(pods: list[ChildPod]) -> int | None:
    """Return the longest estimate, if every pod at work has one: a pod that has yet to make a chart may be the slowest."""
    told = [pod.progress.seconds_left if pod.progress is not None else None for pod in pods if pod.running]
    estimates = [seconds for seconds in told if seconds is not None]
    return max(estimates) if told and len(estimates) == len(told) else None


def _activity(pods: list[ChildPod]) -> str | None:
    live = [pod.progress for pod in pods if pod.running and pod.progress is not None]
    parts = [
        f"{p.chart}: {p.step}" + (f" {p.step_done}/{p.step_total}" if p.step_total else "")
        for p in live
        if p.chart is not None and p.step is not None
    ]
    return "; ".join(parts)[:LONGEST_ACTIVITY] or None
