"""Asks running pods for their progress. Called by `main`.

For information only: a pod that does not answer is never a failed one. The answer comes from a pod that
runs somebody's request, so it is bounded in time and size, and nothing in it is followed.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
from chartspark_api.names import RUNNER_PORT
from chartspark_api.report import RunProgress

from chartspark_operator.observe import World
from chartspark_operator.observed import ChildPod
from chartspark_operator.times import read

PAUSE = 5.0
"""Seconds between two rounds: half of the shortest time between two writes of progress."""
TIMEOUT = aiohttp.ClientTimeout(total=2)
MOST_BYTES = 4096
AT_ONCE = 32
SUCCESS = 200


@dataclass(frozen=True, slots=True)
class Poller:
    """Whom to ask, and whom to tell."""

    world: World
    changed: Callable[[str], None]
    """Is told the uid of a job whose pods made progress."""

    async def run(self) -> None:
        """Poll until cancelled."""
        slots = asyncio.Semaphore(AT_ONCE)
        async with wary_session() as session:
            while True:
                running = [pod for pod in self.world.pods if self._is_asked(pod)]
                self._forget_all_but({pod.uid for pod in running})
                await asyncio.gather(*(self._poll(session, slots, pod) for pod in running))
                await asyncio.sleep(PAUSE)

    def _is_asked(self, pod: ChildPod) -> bool:
        """Say whether the pod can answer, and a Job of ours made it: anybody can write a label."""
        return pod.running and bool(pod.ip) and self.world.jobs.group_of(pod.job) is not None

    def _forget_all_but(self, running: set[str]) -> None:
        for uid in self.world.progress.keys() - running:
            del self.world.progress[uid]

    async def _poll(self, session: aiohttp.ClientSession, slots: asyncio.Semaphore, pod: ChildPod) -> None:
        async with slots:
            told = await fetch_progress(session, f"http://{_host(pod.ip or '')}:{RUNNER_PORT}/progress")
        owner = self.world.pods.group_of(pod.uid)
        if told is not None and owner is not None and told != self.world.progress.get(pod.uid):
            self.world.progress[pod.uid] = told
            self.changed(owner)


def wary_session() -> aiohttp.ClientSession:
    """Return a session that unpacks nothing and keeps no cookies: either could fill the memory."""
    return aiohttp.ClientSession(timeout=TIMEOUT, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar())


async def fetch_progress(session: aiohttp.ClientSession, url: str) -> RunProgress | None:
    """Return what the runner at `url` says, or None where it says nothing usable."""
    try:
        async with session.get(url, allow_redirects=False) as response:
            body = await _read_bounded(response)
            return _understood(body) if response.status == SUCCESS else None
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return None


def _understood(body: bytes) -> RunProgress:
    """Return the progress in `body`. Raises ValueError where it is none, or says a time that is none."""
    told = RunProgress.model_validate_json(body)
    if read(told.updated_time).tzinfo is None:
        raise ValueError(told.updated_time)
    return told


async def _read_bounded(response: aiohttp.ClientResponse) -> bytes:
    body = b""
    async for chunk in response.content.iter_chunked(MOST_BYTES):
        body += chunk
        if len(body) > MOST_BYTES:
            return b""
    return body


def _host(ip: str) -> str:
    return f"[{ip}]" if ":" in ip else ip
