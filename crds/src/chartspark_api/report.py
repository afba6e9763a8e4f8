"""What a runner tells the operator: a report when its pod ends, and its progress while it runs.

The report is the container's termination message, which Kubernetes cuts at 4,096 bytes: `fit` drops
list entries until it is shorter, and the counts stay true. The full report lies on storage.
"""

from typing import Annotated

from pydantic import Field

from chartspark_api.base import Count, DnsLabel, ObservedModel, Sentence, Timestamp
from chartspark_api.reasons import Reason
from chartspark_api.status import BestResult, FailedChart

MAX_MESSAGE_BYTES = 4096


class RunReport(ObservedModel):
    """How a runner's share of the charts ended."""

    reason: Reason
    """Complete, CompleteWithFailures and AllChartsFailed when every chart of the share was tried; else why the process ended early."""
    message: Sentence
    """The reason in a sentence."""
    charts_total: Count
    """How many charts the share has."""
    charts_done: Count
    """How many of them are published, those of earlier attempts included."""
    charts_failed: Count
    """How many of them could not be made."""
    charts_below_minimum: Count = 0
    """How many of the published ones score below their minScorePercent."""
    best: tuple[BestResult, ...] = ()
    """Published charts, in the request's order, as many as fit."""
    failed_charts: tuple[FailedChart, ...] = ()
    """Charts that could not be made, in the request's order, as many as fit."""

    def fit(self) -> str:
        """Return the report as JSON of at most 4,096 bytes: the last entries of the longer list go first."""
        report = self
        while (
            len(text := report.model_dump_json(by_alias=True, exclude_none=True).encode()) > MAX_MESSAGE_BYTES
        ):
            longer = "best" if len(report.best) >= len(report.failed_charts) else "failed_charts"
            report = report.model_copy(update={longer: getattr(report, longer)[:-1]})
        return text.decode()


class RunProgress(ObservedModel):
    """What a runner answers on /progress."""

    charts_total: Count
    """How many charts the share has."""
    charts_done: Count
    """How many of them are published."""
    charts_failed: Count
    """How many of them could not be made."""
    chart: DnsLabel | None = None
    """The chart in the making."""
    step: Annotated[str, Field(max_length=40)] | None = None
    """The step that it is at."""
    step_done: Count = 0
    """How much of the step is done, in the step's own unit."""
    step_total: Count = 0
    """How much the step has; 0 where it has no parts."""
    seconds_left: Count | None = None
    """How long the rest of the share will take, from how long the charts took that this pod tried. Left out before the first."""
    updated_time: Timestamp
    """When any of this last changed."""
