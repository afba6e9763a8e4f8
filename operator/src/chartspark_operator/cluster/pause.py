"""How long the API server asked to be left alone: `Retry-After` of a 429 or a 503. Called by `api` before and after each request.

The pause is the whole client's, not one job's: a server that is busy is busy for all of them, and the watches
would wake the refused job at once.
"""

import asyncio
import time

LONGEST_PAUSE = 30.0
"""Seconds. What the API server's own flow control asks for ends there; more would be a proxy's mistake."""
PAUSING = frozenset({429, 503})
"""The HTTP statuses whose Retry-After is about load. Others have it for a redirect, for instance."""


def asked_pause(status: int, retry_after: str | None) -> float:
    """Return the seconds that an answer asks for. Kubernetes writes whole seconds; a date is ignored, as its own clients do."""
    if status not in PAUSING or retry_after is None or not retry_after.isdecimal():
        return 0.0
    return min(float(retry_after), LONGEST_PAUSE)


class Pause:
    """Holds requests back while the server wants none."""

    def __init__(self) -> None:
        self._end = 0.0

    def note(self, status: int, retry_after: str | None) -> None:
        """Take what an answer asks for."""
        self._end = max(self._end, time.monotonic() + asked_pause(status, retry_after))

    async def over(self) -> None:
        """Return when requests are welcome."""
        while (left := self._end - time.monotonic()) > 0:  # noqa: ASYNC110 - it is about time
            await asyncio.sleep(left)
