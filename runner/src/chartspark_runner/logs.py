"""How the process tells what it does: JSON lines on stderr in a pod, readable lines on a terminal."""

import sys

import structlog
from chartspark_api.report import RunProgress
from rich.console import Console
from rich.status import Status
from structlog.typing import Processor


def configure() -> None:
    """Set up structlog for the whole process."""
    terminal = sys.stderr.isatty()
    last: Processor = structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            last,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


class Ticker:
    """A line on the terminal that follows the progress; without a terminal it shows nothing."""

    def __init__(self) -> None:
        self._status = Status("", console=Console(stderr=True)) if sys.stderr.isatty() else None

    def show(self, progress: RunProgress) -> None:
        """Show how far the run is."""
        if self._status is None:
            return
        part = f" {progress.step_done}/{progress.step_total}" if progress.step_total else ""
        ended = progress.charts_done + progress.charts_failed
        self._status.update(
            f"{ended}/{progress.charts_total} charts  {progress.chart}: {progress.step}{part}"
        )
        self._status.start()

    def stop(self) -> None:
        """Give the line back."""
        if self._status is not None:
            self._status.stop()
