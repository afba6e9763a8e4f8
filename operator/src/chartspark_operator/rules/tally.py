"""Counts charts from what pods reported. Called by the progress rule; knows nothing of the status' earlier counts."""

from dataclasses import dataclass

from chartspark_api.status import BestResult, FailedChart

from chartspark_operator.observed import ChildPod, Observed, Request


@dataclass(frozen=True, slots=True)
class Tally:
    """What the pods that are still there say, all attempts together."""

    done: int
    failed: int
    best: tuple[BestResult, ...]
    failed_charts: tuple[FailedChart, ...]
    activity: str | None


def tally(observed: Observed, asked: Request) -> Tally:
    """Return the sum over the shards; for each shard the latest that any of its pods said."""
    told = [_shard_counts(observed, asked, shard) for shard in range(asked.shards)]
    reports = [
        pod.exit.report for pod in observed.pods if pod.exit is not None and pod.exit.report is not None
    ]
    return Tally(
        done=sum(done for done, _ in told),
        failed=sum(failed for _, failed in told),
        best=tuple(best for report in reports for best in report.best),
        failed_charts=tuple(chart for report in reports for chart in report.failed_charts),
        activity=_activity(observed),
    )


def _shard_counts(observed: Observed, asked: Request, shard: int) -> tuple[int, int]:
    done, failed, completed = 0, 0, False
    for job in observed.jobs:
        if shard not in job.shards:
            continue
        index = job.shards.index(shard)
        for pod in observed.pods:
            counts = _pod_counts(pod) if (pod.attempt, pod.index) == (job.attempt, index) else None
            done, failed = counts or (done, failed)
        completed = completed or index in job.completed
    if completed and done + failed == 0:
        # The pod is gone, and its report with it; that it succeeded stands in the Job.
        return len(asked.charts_of(shard)), 0
    return done, failed


def _pod_counts(pod: ChildPod) -> tuple[int, int] | None:
    told = (pod.exit.report if pod.exit is not None else None) or pod.progress
    return None if told is None else (told.charts_done, told.charts_failed)


def _activity(observed: Observed) -> str | None:
    live = [pod.progress for pod in observed.pods if pod.running and pod.progress is not None]
    parts = [
        f"{p.chart}: {p.step}" + (f" {p.step_done}/{p.step_total}" if p.step_total else "")
        for p in live
        if p.chart is not None and p.step is not None
    ]
    return "; ".join(parts)[:200] or None
