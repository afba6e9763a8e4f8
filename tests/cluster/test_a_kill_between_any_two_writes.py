"""The operator is killed right before and right after every single write that it makes for a job."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from api_proxy import Fate, Upstream, reaching
from chartspark_dev.cluster import Cluster
from lives import MOST, RETRIES, STORIES, Batch, Life, Process, Story, counted, judge

KILLS = Fate.HOLD_BEFORE, Fate.HOLD_AFTER


@pytest.fixture
async def upstream(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Upstream]:
    async with reaching(cluster, tmp_path) as reached:
        yield reached


async def writes_of(upstream: Upstream, stories: tuple[Story, ...], folder: Path) -> dict[Story, int]:
    """Return how many writes the operator makes for each story when nobody disturbs it."""
    batch = Batch(upstream, tuple(Life(story) for story in stories), folder)
    await batch.begin()
    async with batch.proxy.serving():
        process = await Process.start(batch.proxy, batch.namespace, folder)
        try:
            await batch.until(batch.all_ended, "undisturbed lives end")
            await batch.proxy.quiet()
            assert await judge(batch, batch.proxy.log) == []
            assert await process.ends() == counted(batch.proxy.log, list(batch.by_name))
        finally:
            await process.kill()
    await batch.delete()
    return {life.story: batch.seen[life.name] for life in batch.lives}


def batches(upstream: Upstream, writes: dict[Story, int], folder: Path) -> list[Batch]:
    lives = [
        Life(story, nth, fate) for story, n in writes.items() for nth in range(1, n + 1) for fate in KILLS
    ]
    return [Batch(upstream, tuple(lives[i : i + MOST]), folder) for i in range(0, len(lives), MOST)]


async def kill_each(batch: Batch) -> None:
    """Let the lives begin, and kill the operator when each of them is at its write."""
    await batch.begin()
    process = await Process.start(batch.proxy, batch.namespace, batch.folder)
    try:
        await batch.until(batch.all_hit_or_ended, "every life is at its write")
        assert await process.ends() == counted(batch.proxy.log, list(batch.by_name)), batch.namespace
    finally:
        await process.kill()
    batch.leave_in_peace()


async def go_on(batch: Batch) -> list[str]:
    """Start another operator, let the lives end, and return what is wrong with them."""
    before = len(batch.proxy.log)
    process = await Process.start(batch.proxy, batch.namespace, batch.folder)
    try:
        await batch.until(batch.all_ended, "lives end")
        await batch.proxy.quiet()
        wrong = await judge(batch, batch.proxy.log)
        ends, ours = await process.ends(), counted(batch.proxy.log, list(batch.by_name))
        return wrong if ends + counted(batch.proxy.log[:before], list(batch.by_name)) == ours else [*wrong, f"{batch.namespace}: counters"]  # fmt: skip
    finally:
        await process.kill()


async def test_nothing_is_lost_and_nothing_doubled(upstream: Upstream, tmp_path: Path) -> None:
    writes = await writes_of(upstream, STORIES, tmp_path)

    async def live(batch: Batch) -> list[str]:
        async with batch.proxy.serving():
            await kill_each(batch)
            wrong = await go_on(batch)
        await batch.delete()
        return wrong

    all_batches = batches(upstream, writes, tmp_path)
    wrong = [sentence for found in await asyncio.gather(*map(live, all_batches)) for sentence in found]
    points = sum(len(batch.lives) for batch in all_batches)
    hit = sum(len(batch.reached) for batch in all_batches)
    print(f"{points} kill points, {hit} hit, in {len(all_batches)} operators")  # noqa: T201
    assert wrong == []
    assert hit >= 0.9 * points


async def test_a_job_that_is_deleted_meanwhile_leaves_nothing(upstream: Upstream, tmp_path: Path) -> None:
    writes = await writes_of(upstream, (RETRIES,), tmp_path)

    async def live(batch: Batch) -> None:
        async def nothing() -> bool:
            return not await batch.statuses() and not await batch.children()

        async with batch.proxy.serving():
            await kill_each(batch)
            for name in batch.by_name:
                await upstream.ask("DELETE", f"{batch.jobs_path}/{name}")
            await batch.until(nothing, "the children are gone")
            process = await Process.start(batch.proxy, batch.namespace, batch.folder)
            await asyncio.sleep(3)
            await process.kill()
            assert await nothing(), "another operator makes nothing for what is gone"
        await batch.delete()

    await asyncio.gather(*map(live, batches(upstream, writes, tmp_path)))


async def test_a_namespace_that_is_deleted_meanwhile_goes(upstream: Upstream, tmp_path: Path) -> None:
    writes = await writes_of(upstream, (RETRIES,), tmp_path)

    async def live(batch: Batch) -> None:
        async def gone() -> bool:
            return (await upstream.ask("GET", f"/api/v1/namespaces/{batch.namespace}"))[0] == 404

        async with batch.proxy.serving():
            await kill_each(batch)
            await batch.delete()
            process = await Process.start(batch.proxy, batch.namespace, batch.folder)
            await batch.until(gone, "the namespace is gone")
            await process.kill()

    await asyncio.gather(*map(live, batches(upstream, writes, tmp_path)))
