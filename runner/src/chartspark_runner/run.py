"""What a pod does with its share of the charts, start to report. Called by `cli`.

Every chart ends in one of three ways: published, found published by an earlier attempt, or failed with a
reason. Only a fault of the whole process is raised.
"""

import json
import resource
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import structlog
from chartspark_api.charts import Chart
from chartspark_api.job import ChartSparkJob
from chartspark_api.reasons import Reason
from chartspark_api.report import RunReport
from chartspark_api.spec import ChartSparkJobSpec
from chartspark_api.status import FailedChart

from chartspark_runner.archive import write_archive
from chartspark_runner.check import PlannedChart, plan_chart
from chartspark_runner.errors import BadRequest, ChartBroken, ChartCrashed, ChartFault, RunnerError
from chartspark_runner.index import index_html, index_json, read_entry, read_index
from chartspark_runner.metadata import chart_files, describe
from chartspark_runner.metrics import CHARTS
from chartspark_runner.painter import OpenPainter, Painter
from chartspark_runner.pipeline import make_chart
from chartspark_runner.progress import Board
from chartspark_runner.seeds import chart_seed
from chartspark_runner.storage import Store, storage_faults
from chartspark_runner.text_image import OpenTextImageModel, TextImageModel
from chartspark_runner.words import Keywords

log = structlog.get_logger()

_MOST_STARTS = 2
"""A chart that two pods began and none ended takes its pods down; a third would go the same way."""
_LONGEST_MESSAGE = 1024


@dataclass(frozen=True, slots=True)
class Means:
    """What a run works with. Tests give other painters and keywords."""

    store: Store
    board: Board
    keywords: Keywords
    open_painter: OpenPainter
    open_text_image_model: OpenTextImageModel | None = None
    """None where no model compares pictures with words."""


@dataclass(frozen=True)
class _Models:
    """The models of a run, each loaded once, when the first picture is due."""

    means: Means

    @cached_property
    def painter(self) -> Painter:
        return self.means.open_painter()

    @cached_property
    def text_image(self) -> TextImageModel | None:
        load = self.means.open_text_image_model
        return None if load is None else load()


def run_share(job: ChartSparkJob, share: tuple[Chart, ...], means: Means) -> RunReport:
    """Try every chart of the share, and return how that went.

    Raises:
        BadRequest: The folder holds results of another request.
        RunFault: The process cannot go on.
    """
    store = means.store
    with storage_faults():
        store.sweep_earlier_attempts()
        job = _recorded(job, store)
    charts = [chart for chart in job.spec.charts if chart.name in {mine.name for mine in share}]
    models = _Models(means)
    plans = {chart.name: _checked(chart, means) for chart in charts}
    try:
        for name, planned in plans.items():
            if planned is not None:
                with structlog.contextvars.bound_contextvars(chart=name):
                    _try_chart(planned, job.spec, means, models)
    finally:
        with storage_faults():
            _publish_index(job, store, means.board)
            store.sweep()
    return report(job, charts, store)


def report(job: ChartSparkJob, charts: list[Chart], store: Store) -> RunReport:
    """Return how the charts of a share stand on storage."""
    names = [chart.name for chart in charts]
    best = tuple(read_entry(store, name) for name in names if store.is_published(name))
    failures = (store.failure(name) for name in names if not store.is_published(name))
    failed = tuple(failure for failure in failures if failure is not None)
    if len(failed) == len(names):
        reason = Reason.ALL_CHARTS_FAILED
    else:
        reason = Reason.COMPLETE_WITH_FAILURES if failed else Reason.COMPLETE
    message = f"{len(best)} of {len(names)} charts of {job.metadata.name} are published"
    below = sum(result.below_minimum is not None for result in best)
    if below:
        message += f"; {below} of them below minScorePercent"
    if failed:
        message += f"; {len(failed)} could not be made"
    return RunReport(
        reason=reason,
        message=message + ".",
        charts_total=len(names),
        charts_done=len(best),
        charts_failed=len(failed),
        charts_below_minimum=below,
        best=best,
        failed_charts=failed,
    )


def _publish_index(job: ChartSparkJob, store: Store, board: Board) -> None:
    """Make the index of what lies on storage, and make it again if another pod's chart came in between; the archive once all is there."""
    published = None
    while (index := read_index(job, store)) != published:
        store.write_whole(store.out / "index.json", index_json(index))
        store.write_whole(store.out / "index.html", index_html(index))
        published = index
    if index.archive is not None:
        charts = (_shown(entry.chart, board) for entry in index.charts)
        kind, name = job.spec.output.archive, job.metadata.name
        store.write_archive(
            index.archive, lambda stream: write_archive(kind, store.out, charts, name, stream)
        )


def _shown(chart: str, board: Board) -> str:
    """Return the chart, and show the watchdog that it is packed."""
    board.step(chart, "archive")
    return chart


def _recorded(job: ChartSparkJob, store: Store) -> ChartSparkJob:
    """Return the request with every seed, as job.json has it: the first run writes it, later ones repeat it."""
    uid = job.metadata.uid
    charts = tuple(
        chart
        if chart.seed is not None
        else chart.model_copy(update={"seed": chart_seed(uid or secrets.token_hex(8), chart.name)})
        for chart in job.spec.charts
    )
    seeded = job.model_copy(update={"spec": job.spec.model_copy(update={"charts": charts}), "status": None})
    data = seeded.model_dump_json(by_alias=True, exclude_none=True, indent=2).encode()
    stored = ChartSparkJob.model_validate_json(store.write_once("job.json", data))
    if _essence(stored, job) != _essence(job, job):
        raise BadRequest(f"{store.out} holds results of another request; name another folder")
    return stored


def _essence(job: ChartSparkJob, asked: ChartSparkJob) -> str:
    """Return what decides on the files, as text; a seed counts where it was asked for."""
    unseeded = {chart.name for chart in asked.spec.charts if chart.seed is None}
    charts = [
        chart.model_copy(update={"seed": None}) if chart.name in unseeded else chart
        for chart in job.spec.charts
    ]
    parts = [*charts, job.spec.model, job.spec.sampling]
    return json.dumps(
        [*(part.to_json_object() for part in parts), job.spec.output.formats, job.spec.output.archive]
    )


def _checked(chart: Chart, means: Means) -> PlannedChart | None:
    """Return the chart's plan if it is still to be made; what is published, failed or faulty is told here."""
    store = means.store
    with storage_faults():
        if store.is_published(chart.name):
            log.info("found published", chart=chart.name)
            CHARTS.labels("found").inc()
            means.board.done()
            return None
        if (failure := store.failure(chart.name)) is not None:
            log.warning("failed before", chart=chart.name, reason=failure.reason, message=failure.message)
            means.board.failed()
            return None
        starts = store.starts(chart.name)
    try:
        if starts >= _MOST_STARTS:
            raise ChartCrashed(
                f"{starts} pods began this chart, and none told how it ended; it is not begun again"
            )
        with _unforeseen(chart.name):
            return plan_chart(chart)
    except ChartFault as fault:
        _fail(chart.name, fault, means)
    return None


def _try_chart(planned: PlannedChart, spec: ChartSparkJobSpec, means: Means, models: _Models) -> None:
    name, store = planned.chart.name, means.store
    # The board first: SIGTERM takes back the start of the chart that it names.
    means.board.step(name, "load")
    with storage_faults():
        store.begin(name)
    try:
        painter, text_image = models.painter, models.text_image
        seed = planned.chart.seed
        assert seed is not None  # noqa: S101 - `_recorded` has set it
        with _unforeseen(name):
            made = make_chart(planned, seed, spec.sampling, means.keywords, painter, means.board, text_image)
            files = chart_files(made, spec.output.formats)
        means.board.step(name, "write")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        compared_by = () if text_image is None else text_image.files()
        metadata = describe(
            made, spec.sampling, painter.about(), compared_by, files, peak, painter.peak_gpu_bytes()
        )
        with storage_faults():
            first = store.publish(
                name,
                {
                    **files,
                    "metadata.json": metadata.model_dump_json(by_alias=True, indent=2).encode() + b"\n",
                },
            )
    except ChartFault as fault:
        _fail(name, fault, means)
    else:
        CHARTS.labels("published" if first else "found").inc()
        means.board.done()
        log.info("published", total=made.best.scores.total, seconds=metadata.timings, first=first)
    finally:
        # An end that is told is no crash, whatever it was.
        with storage_faults():
            store.end(name)


@contextmanager
def _unforeseen(chart: str) -> Iterator[None]:
    """Keep what nobody foresaw in one chart from taking the others down with it.

    Raises:
        ChartBroken: Anything but our own faults and what the process or its memory is at an end for.
    """
    try:
        yield
    except (RunnerError, MemoryError):
        raise
    except Exception as error:
        log.exception("broken", chart=chart)
        raise ChartBroken(f"the runner failed at this chart: {type(error).__name__}: {error}") from error


def _fail(chart: str, fault: ChartFault, means: Means) -> None:
    failed = FailedChart(name=chart, reason=fault.reason, message=str(fault)[:_LONGEST_MESSAGE])
    with storage_faults():
        means.store.write_failure(failed)
    CHARTS.labels("failed").inc()
    means.board.failed()
    log.error("failed", chart=chart, reason=failed.reason, message=failed.message)
