"""The command line. Called by `__main__` once the sizes of the thread pools are set; decides nothing itself.

Faults end here: each is told in a sentence, and its exit code is the process's.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import structlog
import typer
from chartspark_api.exit_codes import ExitCode
from chartspark_api.job import ChartSparkJob
from chartspark_api.names import RUNNER_PORT
from chartspark_api.report import RunReport

from chartspark_runner import logs
from chartspark_runner.check import plan_chart
from chartspark_runner.conditioning import is_painted
from chartspark_runner.errors import ChartFault, RunFault
from chartspark_runner.generate.keyword_folder import open_keyword_model
from chartspark_runner.generate.text_image_folder import open_text_image_folder
from chartspark_runner.metadata import marks_read, score_card
from chartspark_runner.opening import keywords_for, open_painter, text_image_model_for
from chartspark_runner.progress import Board
from chartspark_runner.read import chart_named, read_request, share
from chartspark_runner.run import Means, run_share
from chartspark_runner.server import serve
from chartspark_runner.storage import Store, storage_faults
from chartspark_runner.verify import read_picture, score_picture, verify_results
from chartspark_runner.watchdog import watch

app = typer.Typer(
    help="Makes pictorial charts whose marks still tell the truth.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
log = structlog.get_logger()

Request = Annotated[Path, typer.Argument(help="A ChartSparkJob, as YAML or JSON.")]
Models = Annotated[
    Path | None, typer.Option(help="The folder that stands for the claim of spec.model.claimName.")
]
_KUBERNETES_LOG = Path("/dev/termination-log")


@app.callback()
def _begin() -> None:
    logs.configure()


@app.command()
def run(  # noqa: PLR0913, PLR0917 - the options of the command
    request: Request,
    out: Annotated[Path, typer.Option(help="The folder of the results; made if it is not there.")],
    shards: Annotated[
        str | None, typer.Option(help="The shares of the charts, for instance 0,2. Left out: all.")
    ] = None,
    attempt: Annotated[
        int,
        typer.Option(min=1, help="The number of the attempt. What earlier ones left half made is removed."),
    ] = 1,
    models: Models = None,
    round_: Annotated[
        int,
        typer.Option(
            "--round", min=1, help="The round of attempts. What failed in an earlier one is tried again."
        ),
    ] = 1,
    termination_log: Annotated[Path, typer.Option(help="Where the report goes.")] = _KUBERNETES_LOG,
) -> None:
    """Make the charts of REQUEST. What is published already is left as it is."""
    with _faults(termination_log):
        job = read_request(request)
        meta = job.metadata
        structlog.contextvars.bind_contextvars(
            namespace=meta.namespace, job=meta.name, uid=meta.uid, attempt=attempt
        )
        mine = share(job, shards, os.environ.get("JOB_COMPLETION_INDEX"))
    ticker = logs.Ticker()
    board = Board(len(mine), ticker.show)
    with _faults(termination_log, board):
        store = Store(out, os.environ.get("POD_UID") or f"local-{os.getpid()}", attempt, round_)
        with storage_faults():
            out.mkdir(parents=True, exist_ok=True)
        _die_promptly(board, store, termination_log)
        serve(board, int(os.environ.get("CHARTSPARK_PORT") or RUNNER_PORT))
        _watch(board, job, termination_log)
        spec = job.spec
        means = Means(
            store,
            board,
            keywords_for(spec.model, models),
            lambda: open_painter(
                spec.model, spec.sampling, models, os.environ, painted=is_painted(spec.charts)
            ),
            text_image_model_for(spec.model, models, os.environ),
        )
        report = run_share(job, mine, means)
        ticker.stop()
    _report(report, termination_log)
    typer.echo(f"{report.message} {out / 'index.html'}", err=True)


@app.command()
def check(request: Request, models: Models = None) -> None:
    """Tell what would keep the charts of REQUEST from being made. Loads no weights, and looks at a model on a claim where --models is given."""
    code = ExitCode.OK
    with _faults():
        job = read_request(request)
        for chart in job.spec.charts:
            try:
                planned = plan_chart(chart)
                typer.echo(f"{chart.name}: ok")
                for sentence in planned.advice:
                    typer.echo(f"{chart.name}: {sentence}")
            except ChartFault as fault:
                code = ExitCode.BAD_REQUEST
                typer.echo(f"{chart.name}: {fault.reason}: {fault}")
        if models is not None and job.spec.model.claim_name is not None:
            code = _check_model(job, models) or code
    raise typer.Exit(code)


@app.command()
def score(
    request: Request,
    image: Annotated[Path, typer.Argument(help="Any picture of the chart's size.")],
    chart: Annotated[str | None, typer.Option(help="The chart's name, where REQUEST has several.")] = None,
) -> None:
    """Read IMAGE back and print as JSON how truly it shows the table of REQUEST."""
    with _faults():
        try:
            planned = plan_chart(chart_named(read_request(request), chart))
        except ChartFault as fault:
            _end(ExitCode.BAD_REQUEST, fault)
        reading, scores = score_picture(planned, read_picture(image))
    result = {
        "chart": planned.chart.name,
        "type": planned.chart.type.value,
        "edges": ["#{:02x}{:02x}{:02x}".format(*edge) for edge in reading.edges],
        "scores": score_card(scores, None).model_dump(by_alias=True),
        "marks": [mark.model_dump(by_alias=True) for mark in marks_read(scores)],
    }
    typer.echo(json.dumps(result, indent=2))


@app.command()
def verify(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A results folder.")]) -> None:
    """Score the pictures in DIR again and compare them, and every file, with the metadata."""
    with _faults():
        faults = verify_results(folder)
    for fault in faults:
        typer.echo(fault)
    raise typer.Exit(1 if faults else 0)


def _check_model(job: ChartSparkJob, models: Path) -> ExitCode:
    from chartspark_runner.generate.inspection import inspect_model  # noqa: PLC0415 - loads diffusers

    try:
        open_keyword_model(job.spec.model, models)
        open_text_image_folder(job.spec.model, models)
        if job.spec.model.embedded is None:
            inspect_model(job.spec.model, job.spec.sampling, models, painted=is_painted(job.spec.charts))
    except RunFault as fault:
        typer.echo(f"model: {fault.reason}: {fault}")
        return fault.exit_code
    typer.echo("model: ok")
    return ExitCode.OK


def _die_promptly(board: Board, store: Store, termination_log: Path) -> None:
    """On SIGTERM, end with 75 at once: what is published stays, and the chart in the making does not count as crashed."""

    def end(*_: object) -> None:
        try:
            if (chart := board.read().chart) is not None:
                store.end(chart)
            _write_report(_early_end(ExitCode.TRANSIENT, "the pod was asked to end", board), termination_log)
        finally:
            # Also where the storage does not answer: the kubelet's patience is short.
            os._exit(ExitCode.TRANSIENT)

    signal.signal(signal.SIGTERM, end)


def _watch(board: Board, job: ChartSparkJob, termination_log: Path) -> None:
    seconds = job.spec.deadlines.stall_seconds

    def bark(idle: float) -> None:
        message = f"nothing moved for {idle:.0f} seconds, and spec.deadlines.stallSeconds is {seconds}"
        log.error("stalled", chart=board.read().chart, step=board.read().step, message=message)
        try:
            _write_report(_early_end(ExitCode.STALLED, message, board), termination_log)
        finally:
            # Nothing softer works: the main thread may hang in a system call.
            os._exit(ExitCode.STALLED)

    watch(board, seconds, bark, pause=min(5.0, seconds / 4))


@contextmanager
def _faults(termination_log: Path | None = None, board: Board | None = None) -> Iterator[None]:
    try:
        yield
    except RunFault as fault:
        if termination_log is not None:
            _write_report(_early_end(fault.exit_code, str(fault), board or Board(0)), termination_log)
        _end(fault.exit_code, fault)


def _end(code: ExitCode, fault: Exception) -> NoReturn:
    log.error(str(fault), reason=code.reason, exit_code=int(code))
    raise typer.Exit(code) from fault


def _early_end(code: ExitCode, message: str, board: Board) -> RunReport:
    so_far = board.read()
    return RunReport(
        reason=code.reason,
        message=message[:1024],
        charts_total=so_far.charts_total,
        charts_done=so_far.charts_done,
        charts_failed=so_far.charts_failed,
    )


def _report(report: RunReport, termination_log: Path) -> None:
    log.info("ended", reason=report.reason, done=report.charts_done, failed=report.charts_failed)
    _write_report(report, termination_log)


def _write_report(report: RunReport, termination_log: Path) -> None:
    # Kubernetes makes its file beforehand; on a laptop there is none, and root must not litter /dev.
    if termination_log != _KUBERNETES_LOG or termination_log.exists():
        termination_log.write_text(report.fit())
    sys.stderr.flush()
