"""What the process is doing, told by the pipeline and read by the server, the watchdog and the terminal.

The one piece of state that threads share.
"""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from chartspark_api.report import RunProgress


class Board:
    """Holds the latest progress; every change counts as movement."""

    def __init__(self, charts_total: int, watch: Callable[[RunProgress], None] = lambda _: None) -> None:
        # Reentrant: the handler of SIGTERM reads in the middle of whatever the main thread does.
        self._lock = threading.RLock()
        self._watch = watch
        self._progress = RunProgress(
            charts_total=charts_total, charts_done=0, charts_failed=0, updated_time=_now()
        )
        self._moved = time.monotonic()

    def step(self, chart: str, step: str, done: int = 0, total: int = 0) -> None:
        """Tell how far a step of a chart is."""
        self._change(chart=chart, step=step, step_done=done, step_total=total)

    def done(self) -> None:
        """Count a published chart."""
        self._change(charts_done=self.read().charts_done + 1)

    def failed(self) -> None:
        """Count a chart that could not be made."""
        self._change(charts_failed=self.read().charts_failed + 1)

    def read(self) -> RunProgress:
        """Return the latest progress."""
        with self._lock:
            return self._progress

    def idle_seconds(self) -> float:
        """Return how long nothing has moved."""
        with self._lock:
            return time.monotonic() - self._moved

    def _change(self, **fields: object) -> None:
        with self._lock:
            self._progress = self._progress.model_copy(update={**fields, "updated_time": _now()})
            self._moved = time.monotonic()
            progress = self._progress
        self._watch(progress)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
