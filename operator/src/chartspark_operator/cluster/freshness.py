"""When each watch last showed that it lives. Written by the mirrors, read by /healthz and by the metrics."""

from collections.abc import Callable, Mapping


class Freshness:
    """The last sign of life of each watch, and how old it may become.

    A sign is an event, a bookmark or a complete list.
    """

    def __init__(self, limits: Mapping[str, float], clock: Callable[[], float]) -> None:
        """Take the oldest age allowed, in seconds, of each resource; and a clock, in seconds."""
        self._limits = dict(limits)
        self._clock = clock
        self._seen = dict.fromkeys(limits, 0.0)

    def seen(self, resource: str) -> None:
        """Note a sign of life."""
        self._seen[resource] = self._clock()

    def last_seen(self) -> dict[str, float]:
        """Return the time of each resource's last sign of life."""
        return dict(self._seen)

    def complaint(self) -> str | None:
        """Return a sentence about the watches that seem dead, or None."""
        now = self._clock()
        stale = sorted(one for one, seen in self._seen.items() if now - seen > self._limits[one])
        parts = [self._describe(resource, now) for resource in stale]
        return f"Nothing was heard of {', '.join(parts)}." if parts else None

    def _describe(self, resource: str, now: float) -> str:
        seen = self._seen[resource]
        return f"{resource} for {now - seen:.0f} s" if seen else f"{resource} yet"
