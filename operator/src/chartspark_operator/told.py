"""Which changes of reason have their event, as far as this process knows. Filled by `reconcile`, asked by `observe`.

A process that was killed took what it knew with it. What it left untold it had written in its last minutes,
so that only the latest transitions of all have to be told again, however long nobody ran.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from chartspark_operator.backoff import LONGEST
from chartspark_operator.observed import Key
from chartspark_operator.times import read

LONGEST_UNTOLD = LONGEST + timedelta(minutes=1)
"""What is written is told within this time, unless the API server takes no events for longer.

An event that it does not take is tried again after at most the longest pause; the minute is for its answer, and for
the time in which it may ask to be left alone.
"""


class Told:
    """The transition of each job that was told last."""

    def __init__(self) -> None:
        self._last: dict[Key, str] = {}
        self._since: datetime | None = None

    def begin(self, transitions: Iterable[str]) -> None:
        """Take the transitions that stand in the statuses when the process starts."""
        latest = max(map(read, transitions), default=None)
        self._since = None if latest is None else latest - LONGEST_UNTOLD

    def knows(self, key: Key, transition: str) -> bool:
        """Say whether the event of `transition` is there, told by this process or long ago."""
        if self._last.get(key) == transition:
            return True
        return self._since is not None and read(transition) < self._since

    def add(self, key: Key, transition: str) -> None:
        """Note that the event of `transition` is there."""
        self._last[key] = transition

    def forget(self, key: Key) -> None:
        """Forget a job that is gone."""
        self._last.pop(key, None)
