"""When to look at a job again though nothing happened: times to live, pauses, backoffs. Called by the workers.

Nothing here is kept over a restart: every time follows from a status, and every job is planned once at start.
"""

import asyncio
import heapq
from collections.abc import Callable
from datetime import datetime

from chartspark_operator.observed import Key


class Deadlines:
    """The earliest deadline of each key."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._heap: list[tuple[datetime, str, str]] = []
        self._due: dict[Key, datetime] = {}
        self._earlier = asyncio.Event()

    def set(self, key: Key, due: datetime) -> None:
        """Look at `key` at `due`, unless it is looked at before."""
        known = self._due.get(key)
        if known is not None and known <= due:
            return
        self._due[key] = due
        heapq.heappush(self._heap, (due, key.namespace, key.name))
        self._earlier.set()

    def pop_due(self) -> list[Key]:
        """Return the keys whose time has come, and forget their deadlines."""
        keys = []
        while self._heap and self._heap[0][0] <= self._now():
            due, namespace, name = heapq.heappop(self._heap)
            key = Key(namespace, name)
            # An entry that an earlier one replaced stays in the heap until its time, and is passed over here.
            if self._due.get(key) == due:
                del self._due[key]
                keys.append(key)
        return keys

    def seconds_left(self) -> float | None:
        """Return the time until the next deadline, or None if there is none."""
        return max(0.0, (self._heap[0][0] - self._now()).total_seconds()) if self._heap else None

    async def run(self, wake: Callable[[Key], None]) -> None:
        """Wake keys when they are due, until cancelled."""
        while True:
            self._earlier.clear()
            for key in self.pop_due():
                wake(key)
            try:
                await asyncio.wait_for(self._earlier.wait(), self.seconds_left())
            except TimeoutError:
                continue
