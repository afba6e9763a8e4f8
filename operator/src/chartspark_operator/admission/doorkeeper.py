"""Wakes the jobs whose turn has come, and those whose place is to be told. Called by `main`; decides nothing.

A pass over a job asks for its own turn. What frees a place without a pass, such as the last pod of a job that
was deleted, is noticed here.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from chartspark_operator.admission.ledger import Ledger
from chartspark_operator.observed import Key

SECONDS_BETWEEN_COUNTS = 60.0
"""How often those that wait are told their place: a hundred writes a minute at most."""


async def keep(ledger: Ledger, wake: Callable[[Key], None]) -> None:
    """Grant turns and count places, until cancelled."""
    next_count = time.monotonic() + SECONDS_BETWEEN_COUNTS
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(ledger.news.wait(), max(0.0, next_count - time.monotonic()))
        ledger.news.clear()
        ledger.settle()
        ledger.grant()
        if time.monotonic() >= next_count:
            next_count = time.monotonic() + SECONDS_BETWEEN_COUNTS
            ledger.drop_old_doubts()
            for key in ledger.count_places():
                wake(key)
