"""Every request of a job's life fails once, in each way that requests fail; and watches break, expire and fall silent."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from api_proxy import Call, Fate, Refuse, Upstream, reaching
from chartspark_dev.cluster import Cluster
from lives import RETRIES, SUCCEEDS, Batch, Life, Process, judge

REQUESTS = 16
"""At least as many as a life without a failed attempt has; one that nothing happens to says how many that is."""
FAULTS = (
    Refuse(429, retry_after="1"),
    Refuse(500),
    Refuse(503),
    Fate.DROP_BEFORE,
    Fate.DROP_AFTER,
    Fate.OUTDATE,
)
ASKED_SECONDS = 4
BUSY, ILL = (Refuse(status, retry_after=str(ASKED_SECONDS)) for status in (429, 503))
WATCHED = {"chartsparkjobs", "jobs", "pods"}
SHORT_ROUNDS = {"CHARTSPARK_RESYNC_SECONDS": "10"}
"""The shortest time between two lists: what a silent watch keeps back is seen after it."""


@pytest.fixture
async def upstream(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Upstream]:
    async with reaching(cluster, tmp_path) as reached:
        yield reached


async def test_whichever_request_fails(upstream: Upstream, tmp_path: Path) -> None:
    lives = [
        Life(SUCCEEDS, nth, fault, writes_only=False) for nth in range(1, REQUESTS + 1) for fault in FAULTS
    ]
    undisturbed = Life(SUCCEEDS, writes_only=False)
    batch = Batch(upstream, (undisturbed, *lives), tmp_path)
    await batch.begin()
    async with batch.proxy.serving():
        process = await Process.start(batch.proxy, batch.namespace, tmp_path)
        try:
            await batch.until(batch.all_ended, "lives end")
            await batch.proxy.quiet()
            wrong = await judge(batch, batch.proxy.log)
        finally:
            await process.kill()
    await batch.delete()
    print(f"{len(batch.reached)} requests failed")  # noqa: T201
    assert wrong == []
    requests = batch.seen[undisturbed.name]
    assert requests <= REQUESTS
    # The last ones may not come: two changes that are seen at once are one write.
    missed = {life.name for life in lives if life.nth <= requests - 2} - batch.reached
    assert not missed


async def test_whatever_becomes_of_the_watches(upstream: Upstream, tmp_path: Path) -> None:
    breaks, expires, falls_silent = Fate.DROP_BEFORE, Refuse(410), Fate.HOLD_BEFORE

    async def live(fate: Fate | Refuse) -> None:
        batch = Batch(upstream, (Life(RETRIES),), tmp_path)

        async def watching() -> bool:
            return batch.proxy.watched == WATCHED

        await batch.make_room()
        async with batch.proxy.serving():
            process = await Process.start(batch.proxy, batch.namespace, tmp_path, **SHORT_ROUNDS)
            try:
                await batch.until(watching, "the operator watches")
                batch.proxy.spoil = dict.fromkeys(WATCHED, fate)
                await batch.apply()
                await batch.until(batch.all_ended, "the life ends")
                await batch.proxy.quiet()
                assert await judge(batch, batch.proxy.log) == [], fate
                assert set(batch.proxy.spoiled) == WATCHED, fate
            finally:
                await process.kill()
        await batch.delete()

    await asyncio.gather(*map(live, (breaks, expires, falls_silent)))


async def test_whoever_asks_to_be_left_alone_is(upstream: Upstream, tmp_path: Path) -> None:
    """The times are those of requests that arrive: a slow machine makes them later, never earlier."""
    asked: dict[str, list[float]] = {}
    batch = Batch(upstream, tuple(Life(SUCCEEDS, 3, fault) for fault in (BUSY, ILL)), tmp_path)

    def decide(call: Call) -> Fate | Refuse:
        fate = batch.decide(call)
        if call.job in batch.reached:
            asked.setdefault(call.job, []).append(time.monotonic())
        return fate

    batch.proxy.decide = decide
    await batch.begin()
    async with batch.proxy.serving():
        process = await Process.start(batch.proxy, batch.namespace, tmp_path)
        try:
            await batch.until(batch.all_ended, "lives end")
            await batch.proxy.quiet()
            assert await judge(batch, batch.proxy.log) == []
        finally:
            await process.kill()
    await batch.delete()
    assert asked.keys() == set(batch.by_name)
    for refused, again, *_ in asked.values():
        assert again - refused >= ASKED_SECONDS
