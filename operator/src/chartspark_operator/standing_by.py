"""What an operator does until it leads: it waits for the lease, is healthy, and ends when asked. Called by `operation`."""

import asyncio
import signal

from chartspark_operator.cluster.freshness import Freshness
from chartspark_operator.cluster.lease import Lease
from chartspark_operator.guard import Guard
from chartspark_operator.observed import Key
from chartspark_operator.settings import Settings


def lease_key(settings: Settings) -> Key:
    """Return where the lease lies."""
    return Key(settings.lease_namespace or next(iter(settings.namespaces), "default"), settings.lease_name)


def complaint(guard: Guard, freshness: Freshness) -> str | None:
    """Return what is wrong with a process that leads. One that stands by watches nothing."""
    return freshness.complaint() if guard.leads else None


def asked_to_end() -> asyncio.Event:
    """Return what is set once a signal asks the process to end."""
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    return asked


async def won(lease: Lease, asked: asyncio.Event) -> bool:
    """Return whether the lease was won, or the process asked to end before."""
    tasks = asyncio.create_task(lease.acquire()), asyncio.create_task(asked.wait())
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    winning = tasks[0]
    if winning.cancelled():
        return False
    winning.result()
    return True
