"""How many charts are done, which of them are best, and which could not be made."""

from datetime import datetime

from chartspark_api.status import (
    LISTED_CHARTS,
    BestResult,
    ChartSparkJobStatus,
    FailedChart,
    Progress,
    Results,
)

from chartspark_operator.observed import Observed, Refusal, Request
from chartspark_operator.planned import Plan
from chartspark_operator.rules.tally import Tally, tally
from chartspark_operator.times import stamp


def count_the_charts(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Bring counts and lists up to date. Counts never fall: what is published stays, though its pod may go."""
    asked = observed.asked
    if isinstance(asked, Refusal):
        return draft
    counted = tally(observed, draft.status)
    best = _merge_best(draft.status.results, counted.best, asked)
    failed_charts = _merge_failed(draft.status.failed_charts, counted.failed_charts, asked)
    return draft.with_status(
        {
            "progress": _progress(observed.status, draft.status, counted, asked, now),
            "results": Results(path=asked.results_path, best=best),
            "failed_charts": failed_charts,
        }
    )


def _progress(
    before: ChartSparkJobStatus, after: ChartSparkJobStatus, counted: Tally, asked: Request, now: datetime
) -> Progress:
    old, total = after.progress, len(asked.charts)
    failed = min(total, max(counted.failed, old.charts_failed if old else 0))
    done = min(total - failed, max(counted.done, old.charts_done if old else 0))
    new = Progress(
        charts_total=total,
        charts_done=done,
        charts_failed=failed,
        charts_below_minimum=min(done, counted.below_minimum),
        summary=f"{done}/{total}",
        activity=counted.activity,
        seconds_left=counted.seconds_left,
        updated_time=old.updated_time if old else stamp(now),
    )
    same = new == old and before.shards == after.shards
    return new if same else new.model_copy(update={"updated_time": stamp(now)})


def _merge_best(old: Results | None, new: tuple[BestResult, ...], asked: Request) -> tuple[BestResult, ...]:
    by_chart = {best.chart: best for best in (*(old.best if old else ()), *new)}
    return tuple(by_chart[chart] for chart in asked.charts if chart in by_chart)[:LISTED_CHARTS]


def _merge_failed(
    old: tuple[FailedChart, ...], new: tuple[FailedChart, ...], asked: Request
) -> tuple[FailedChart, ...]:
    by_chart = {failed.name: failed for failed in (*old, *new)}
    return tuple(by_chart[chart] for chart in asked.charts if chart in by_chart)[:LISTED_CHARTS]
