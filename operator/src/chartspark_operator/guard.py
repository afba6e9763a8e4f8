"""Whether this process may still write: the leader's lease, by a clock that nobody sets.

Set by the lease, asked before every write and after every pause of the event loop. A process that was frozen,
or cut off, may wake up after another one took over; it has to end before it does anything else.
"""

import os
import selectors
import time
from collections.abc import Callable

import structlog
from typing_extensions import override

EXIT_CODE = 70

_log = structlog.get_logger()


def boottime() -> float:
    """Return seconds on a clock that no one sets, and that goes on while the machine is suspended."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def end_at_once(why: str) -> None:
    """End the process. Nothing is tidied up: to tidy up would be to write."""
    _log.error("the operator ends", error=why, reason="lost_lease")
    os._exit(EXIT_CODE)


class Guard:
    """Until when this process leads."""

    def __init__(
        self, clock: Callable[[], float] = boottime, lost: Callable[[str], None] = end_at_once
    ) -> None:
        self._clock = clock
        self._lost = lost
        self._until: float | None = None

    @property
    def leads(self) -> bool:
        """Whether this process is the leader, as far as it knows."""
        return self._until is not None and self._clock() < self._until

    def lead_until(self, until: float) -> None:
        """Take note of a lease that was won or renewed."""
        self._until = until

    def give_up(self) -> None:
        """Take note that the lease was given back: it cannot be lost any more."""
        self._until = None

    def check(self) -> None:
        """End the process if it led, and its time is over."""
        if self._until is not None and self._clock() >= self._until:
            self._lost("The lease could not be renewed in time.")

    def lose(self, why: str) -> None:
        """End the process: somebody else leads."""
        self._lost(why)


class GuardedSelector(selectors.DefaultSelector):
    """Checks the guard whenever the event loop wakes up: no callback runs after a freeze that outlasted the lease."""

    def __init__(self, guard: Guard) -> None:
        super().__init__()
        self._guard = guard

    @override
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        events = super().select(timeout)
        self._guard.check()
        return events
