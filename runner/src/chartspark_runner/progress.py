"""What the process is doing, told by the pipeline and read by the server, the watchdog and the terminal.

The one piece of state that threads share.
"""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from chartspark_api.report import RunProgress

LONGEST = 1_000_000
"""Seconds, beyond which an estimate says nothing."""


class Board:
    """Holds the latest progress; every change counts as movement."""

    def __init__(
        self,
        charts_total: int,
        watch: Callable[[RunProgress], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        # Reentrant: the handler of SIGTERM reads in the middle of whatever the main thread does.
        self._lock = threading.RLock()
        self._watch = watch
        self._progress = RunProgress(
            charts_total=charts_total, charts_done=0, charts_failed=0, updated_time=_now()
        )
        self._clock = clock
        self._moved = clock()
        self._tried = 0
        self._spent = 0.0
        self._begun: float | None = None

    def step(self, chart: str, step: str, done: int = 0, total: int = 0) -> None:
        """Tell how far a step of a chart is."""
        with self._lock:
            if self._begun is None:
                self._begun = self._clock()
        self._change(chart=chart, step=step, step_done=done, step_total=total)

    def done(self) -> None:
        """Count a published chart."""
        self._end()
        self._change(charts_done=self.read().charts_done + 1)

    def failed(self) -> None:
        """Count a chart that could not be made."""
        self._end()
        self._change(charts_failed=self.read().charts_failed + 1)

    def read(self) -> RunProgress:
        """Return the latest progress."""
        with self._lock:
            return self._progress

    def idle_seconds(self) -> float:
        """Return how long nothing has moved."""
        with self._lock:
            return self._clock() - self._moved

    def _end(self) -> None:
        """Take the time of the chart in the making. One that was found published took none."""
        with self._lock:
            if self._begun is not None:
                self._tried += 1
                self._spent += self._clock() - self._begun
                self._begun = None

    def _change(self, **fields: object) -> None:
        with self._lock:
            told = self._progress.model_copy(update={**fields, "updated_time": _now()})
            self._moved = self._clock()
            self._progress = told.model_copy(update={"seconds_left": self._seconds_left(told)})
            progress = self._progress
        self._watch(progress)

    def _seconds_left(self, told: RunProgress) -> int | None:
        if self._tried == 0:
            return None
        charts = told.charts_total - told.charts_done - told.charts_failed
        spent = 0.0 if self._begun is None else self._clock() - self._begun
        return min(LONGEST, max(0, round(self._spent / self._tried * charts - spent)))


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
