"""Which jobs wait for a pass. Called by everything that notices a change, and by the workers.

A key waits at most once, and is worked on by at most one worker: what arrives meanwhile makes one more pass.
"""

import asyncio

from chartspark_operator.observed import Key


class WorkQueue:
    """Keys in the order of their arrival, without repetition."""

    def __init__(self) -> None:
        self._ready: asyncio.Queue[Key] = asyncio.Queue()
        self._waiting: set[Key] = set()
        self._busy: set[Key] = set()

    def add(self, key: Key) -> None:
        """Ask for a pass over `key`, unless one is waiting already."""
        if key in self._waiting:
            return
        self._waiting.add(key)
        if key not in self._busy:
            self._ready.put_nowait(key)

    async def get(self) -> Key:
        """Return the next key, when there is one. The caller has to call `done` with it."""
        key = await self._ready.get()
        self._waiting.discard(key)
        self._busy.add(key)
        return key

    def done(self, key: Key) -> None:
        """Say that the pass over `key` is over."""
        self._busy.discard(key)
        if key in self._waiting:
            self._ready.put_nowait(key)

    def __len__(self) -> int:
        return len(self._waiting)
