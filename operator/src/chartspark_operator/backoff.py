"""How long a job whose pass failed waits for the next one. Called by the workers."""

from collections import Counter
from datetime import timedelta

from chartspark_operator.observed import Key

FIRST = timedelta(milliseconds=200)
LONGEST = timedelta(minutes=5)
MOST_DOUBLINGS = 20
"""Beyond these the longest pause is reached, and the number itself would grow without end."""


class Backoff:
    """Failures in a row, by key."""

    def __init__(self) -> None:
        self._failures: Counter[Key] = Counter()

    def fail(self, key: Key) -> timedelta:
        """Note a failure, and return how long to wait: twice as long as last time."""
        doublings: int = 2 ** min(self._failures[key], MOST_DOUBLINGS)
        self._failures[key] += 1
        return min(FIRST * doublings, LONGEST)

    def succeed(self, key: Key) -> None:
        """Forget the failures of `key`."""
        self._failures.pop(key, None)
