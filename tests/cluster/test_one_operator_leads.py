"""Two operators, of which one holds the lease: it is killed, or frozen for longer than the lease lasts."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from api_proxy import Call, Exchange, Fate, Proxy, Upstream, reaching
from chartspark_dev.cluster import Cluster
from lives import SUCCEEDS, Batch, Life, Process, judge

LOST_LEASE = 70
AS_INSTALLED = {"CHARTSPARK_LEASE_SECONDS": "10"}


@pytest.fixture
async def upstream(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Upstream]:
    async with reaching(cluster, tmp_path) as reached:
        yield reached


class Pair:
    """A namespace, two operators for it, each behind a proxy of its own, and lives of jobs."""

    def __init__(self, upstream: Upstream, folder: Path, lives: int) -> None:
        self.batch = Batch(upstream, tuple(Life(SUCCEEDS, nth=0 - n) for n in range(lives)), folder)
        self.log: list[Exchange] = []
        self.proxies = Proxy(upstream, log=self.log), Proxy(upstream, self.note, log=self.log)
        self.seconds: list[Call] = []
        """What the second operator asked for."""
        self.processes: list[Process] = []

    def note(self, call: Call) -> Fate:
        self.seconds.append(call)
        return Fate.LET

    async def start(self) -> None:
        """Start the one, and the other once the one leads."""
        await self.batch.make_room()
        for number, proxy in enumerate(self.proxies):
            folder = self.batch.folder / str(number)
            folder.mkdir()
            self.processes.append(await Process.start(proxy, self.batch.namespace, folder, **AS_INSTALLED))
            await self.until_led()

        async def stands_by() -> bool:
            return bool(self.seconds)

        await self.batch.until(stands_by, "the other looks at the lease")

    async def holder(self) -> str:
        path = f"/apis/coordination.k8s.io/v1/namespaces/{self.batch.namespace}/leases/chartspark"
        status, lease = await self.batch.upstream.ask("GET", path)
        return str(lease["spec"].get("holderIdentity") or "") if status == 200 else ""

    async def until_led(self, *, other_than: str = "") -> str:
        async def led() -> bool:
            return await self.holder() not in {"", other_than}

        await self.batch.until(led, "an operator leads")
        return await self.holder()

    async def end(self) -> None:
        for process in self.processes:
            await process.kill()
        await self.batch.delete()


@pytest.fixture
async def pair(upstream: Upstream, tmp_path: Path) -> AsyncIterator[Pair]:
    made = Pair(upstream, tmp_path, lives=6)
    async with made.proxies[0].serving(), made.proxies[1].serving():
        await made.start()
        yield made
        await made.end()


async def test_the_other_takes_over_from_one_that_is_killed(pair: Pair) -> None:
    first = await pair.holder()
    assert {call.method for call in pair.seconds} == {"GET"}, "who stands by writes nothing"
    await pair.batch.apply()
    pair.processes[0].process.send_signal(signal.SIGKILL)
    begun = time.monotonic()
    second = await pair.until_led(other_than=first)
    print(f"another leader after {time.monotonic() - begun:.1f} s")  # noqa: T201
    assert second != first
    await pair.batch.until(pair.batch.all_ended, "lives end")
    await pair.proxies[1].quiet()
    assert await judge(pair.batch, pair.log) == []


async def test_one_that_was_frozen_ends_itself_before_it_writes(pair: Pair) -> None:
    first = await pair.holder()
    frozen = pair.processes[0].process
    await pair.batch.apply()
    frozen.send_signal(signal.SIGSTOP)
    await pair.until_led(other_than=first)
    await pair.batch.until(pair.batch.all_ended, "lives end")
    await pair.proxies[0].quiet()
    late: list[Call] = []

    def note(call: Call) -> Fate:
        late.append(call)
        return Fate.LET

    pair.proxies[0].decide = note
    frozen.send_signal(signal.SIGCONT)
    assert await asyncio.wait_for(frozen.wait(), 60) == LOST_LEASE
    assert [call for call in late if call.method != "GET"] == []
    assert await judge(pair.batch, pair.log) == []


async def test_one_that_is_asked_to_end_lets_go_at_once(pair: Pair) -> None:
    first = await pair.holder()
    ending = pair.processes[0].process
    ending.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(ending.wait(), 60) == 0
    assert await pair.holder() != first
    await pair.batch.apply()
    await pair.batch.until(pair.batch.all_ended, "lives end")


async def test_one_that_stands_by_ends_when_asked(pair: Pair) -> None:
    standing_by = pair.processes[1].process
    standing_by.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(standing_by.wait(), 60) == 0
    await pair.batch.apply()
    await pair.batch.until(pair.batch.all_ended, "lives end")
