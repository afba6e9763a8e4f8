"""When each watch last showed that it lives. Written by the mirrors, read by /healthz and by the metrics."""

from collections.abc import Callable, Mapping


class Freshness:
    """The last sign of life of each watch, and how old it may become.

    A sign is an event, a bookmark or a complete list. The start of the process counts as one, so that the
    first list has time.
    """

    def __init__(self, limits: Mapping[str, float], clock: Callable[[], float]) -> None:
        """Take the oldest age allowed, in seconds, of each resource; and a clock, in seconds."""
        self._limits = dict(limits)
        self._clock = clock
        self._seen = dict.fromkeys(limits, clock())

    def seen(self, resource: str) -> None:
        """Note a sign of life."""
        self._seen[resource] = self._clock()

    def last_seen(self) -> dict[str, float]:
        """Return the time of each resource's last sign of life."""
        return dict(self._seen)

    def complaint(self) -> str | None:
        """Return a sentence about the watches that seem dead, or None."""
        now = self._clock()
        ages = {resource: now - seen for resource, seen in self._seen.items()}
        stale = [
            f"{r} for {ages[r]:.0f} s (allowed: {self._limits[r]:.0f} s)"
            for r in sorted(ages)
            if ages[r] > self._limits[r]
        ]
        return f"Nothing was heard of {', '.join(stale)}." if stale else None
