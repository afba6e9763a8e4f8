"""The operator is killed right before and right after every single write that it makes for a job.

Here every write of one story, and of the others an evenly spread sample; `make kills` takes every write of all.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from api_proxy import Fate, Upstream, reaching
from chartspark_dev.cluster import Cluster
from lives import MOST, RETRIES, STORIES, Batch, Life, Process, Story, counted, judge, premature

KILLS = Fate.HOLD_BEFORE, Fate.HOLD_AFTER
EVERY = os.environ.get("CHARTSPARK_KILLS") == "every"
SEED = 20261121
"""Decides where the samples begin."""
ONE_IN = 5
"""A sample takes one kill point in so many. Odd, because before and after take turns."""
COUNTING = 10
"""Looks at the counters before they are called wrong."""
WRITES: dict[Story, int] = {}
"""How many writes each story has. Learnt once, by the first test that asks."""


@pytest.fixture
async def upstream(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Upstream]:
    async with reaching(cluster, tmp_path) as reached:
        yield reached


async def learn(upstream: Upstream, folder: Path) -> dict[Story, int]:
    """Return how many writes the operator makes for each story when nobody disturbs it."""
    if not WRITES:
        batch = Batch(upstream, tuple(Life(story) for story in STORIES), folder)
        await batch.begin()
        async with batch.proxy.serving():
            assert await live_on(batch) == []
        await batch.delete()
        WRITES.update({life.story: batch.seen[life.name] for life in batch.lives})
    return WRITES


def points(story: Story, writes: int) -> list[Life]:
    return [Life(story, nth, fate) for nth in range(1, writes + 1) for fate in KILLS]


def sample(lives: list[Life], shift: int = 0) -> list[Life]:
    """Return an evenly spread part of the lives; another shift gives other ones. All of them for `make kills`."""
    return lives if EVERY else lives[(SEED + shift) % ONE_IN :: ONE_IN]


def batches(upstream: Upstream, lives: list[Life], folder: Path) -> list[Batch]:
    return [Batch(upstream, tuple(lives[i : i + MOST]), folder) for i in range(0, len(lives), MOST)]


async def kill_each(batch: Batch) -> None:
    """Let the lives begin, and kill the operator when each of them is at its write."""
    process = await Process.start(batch.proxy, batch.namespace, batch.folder)
    try:
        await batch.until(batch.all_hit_or_ended, "every life is at its write")
        assert await miscounted(process, batch, 0) == []
    finally:
        await process.kill()
    batch.leave_in_peace()


async def live_on(batch: Batch) -> list[str]:
    """Start an operator, let the lives end, and return what is wrong with them."""
    before = len(batch.proxy.log)
    batch.proxy.watched.clear()
    process = await Process.start(batch.proxy, batch.namespace, batch.folder)
    try:
        await batch.until(batch.watched, "the operator watches")
        await batch.until(batch.all_ended, "lives end")
        await batch.proxy.quiet()
        return await judge(batch, batch.proxy.log) + await miscounted(process, batch, before)
    finally:
        await process.kill()


async def miscounted(process: Process, batch: Batch, before: int) -> list[str]:
    """Return what is wrong with the counters of a process that began after `before` exchanges."""
    names, log = list(batch.by_name), batch.proxy.log
    to_be = counted(log, names) - counted(log[:before], names)
    for _ in range(COUNTING):
        # An answer is on its way for a moment after we let it go.
        if (found := await process.ends()) == to_be:
            return []
        await asyncio.sleep(0.5)
    return [f"{batch.namespace}: counted {found}, not {to_be}"]


async def test_nothing_is_lost_nothing_doubled_and_nothing_made_too_early(
    upstream: Upstream, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writes = await learn(upstream, tmp_path)
    others = [life for story, n in writes.items() if story is not RETRIES for life in points(story, n)]
    every = batches(upstream, points(RETRIES, writes[RETRIES]) + sample(others), tmp_path)

    async def live(batch: Batch) -> list[str]:
        await batch.begin()
        async with batch.proxy.serving():
            await kill_each(batch)
            wrong = await live_on(batch)
        await batch.delete()
        return wrong

    wrong = [sentence for found in await asyncio.gather(*map(live, every)) for sentence in found]
    report(every, wrong, capsys)


async def test_what_is_deleted_meanwhile_leaves_nothing(
    upstream: Upstream, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lives = points(RETRIES, (await learn(upstream, tmp_path))[RETRIES])

    async def lose_the_jobs(batch: Batch) -> None:
        for name in batch.by_name:
            await upstream.ask("DELETE", f"{batch.jobs_path}/{name}")
        await batch.until(batch.nothing_left, "the children are gone")
        process = await Process.start(batch.proxy, batch.namespace, batch.folder)
        await asyncio.sleep(3)
        await process.kill()
        assert await batch.nothing_left(), "another operator makes nothing for what is gone"
        await batch.delete()

    async def lose_the_namespace(batch: Batch) -> None:
        async def gone() -> bool:
            return (await upstream.ask("GET", f"/api/v1/namespaces/{batch.namespace}"))[0] == 404

        await batch.delete()
        process = await Process.start(batch.proxy, batch.namespace, batch.folder)
        try:
            await batch.until(gone, "the namespace is gone")
        finally:
            await process.kill()

    async def live(batch: Batch, lose: Callable[[Batch], Awaitable[None]]) -> None:
        await batch.begin()
        async with batch.proxy.serving():
            await kill_each(batch)
            await lose(batch)

    one, other = (batches(upstream, sample(lives, shift), tmp_path) for shift in (0, 1))
    await asyncio.gather(
        *(live(batch, lose_the_jobs) for batch in one),
        *(live(batch, lose_the_namespace) for batch in other),
    )
    both = [*one, *other]
    report(both, [sentence for batch in both for sentence in premature(batch.proxy.log)], capsys)


async def test_a_write_that_comes_after_the_deletion_leaves_nothing(
    upstream: Upstream, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writes = (await learn(upstream, tmp_path))[RETRIES]
    lives = tuple(Life(RETRIES, nth, Fate.OUTLIVE) for nth in range(1, writes - 1))
    batch = Batch(upstream, lives, tmp_path)
    await batch.begin()
    async with batch.proxy.serving():
        process = await Process.start(batch.proxy, batch.namespace, tmp_path)
        try:
            await batch.until(batch.all_ended, "jobs are gone, or have ended before their write")
            for name in batch.by_name.keys() - batch.reached:
                await upstream.ask("DELETE", f"{batch.jobs_path}/{name}")
            await batch.until(batch.nothing_left, "the children are gone")
        finally:
            await process.kill()
    report([batch], premature(batch.proxy.log), capsys)
    await batch.delete()


def report(every: list[Batch], wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Say how many kill points there were. Two changes that are seen at once are one write: a few are not met."""
    failed = {sentence.partition(":")[0] for sentence in wrong}
    points = sum(len(batch.lives) for batch in every)
    met = sum(len(batch.reached) for batch in every)
    passed = sum(len(batch.reached - failed) for batch in every)
    with capsys.disabled():
        print(f"\n{points} kill points, {met} met, {passed} passed, in {len(every)} operators")  # noqa: T201
    assert wrong == []
    assert met >= 0.9 * points
