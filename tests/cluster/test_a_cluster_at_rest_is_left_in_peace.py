"""Where nothing happens, nothing is written, though every list is read again."""

import asyncio
from pathlib import Path

from api_proxy import reaching
from chartspark_dev.cluster import Cluster
from lives import STORIES, Batch, Life, Process, Story

WORKS_ON = Story("works-on", ((None,),), "Running", (), "0/2")
RESYNC_SECONDS = 10
"""The shortest that the operator takes."""


async def test_jobs_that_have_ended_wait_or_run_cost_no_writes(cluster: Cluster, tmp_path: Path) -> None:
    async with reaching(cluster, tmp_path) as upstream:
        batch = Batch(upstream, tuple(map(Life, (*STORIES, WORKS_ON))), tmp_path)
        await batch.begin()

        async def all_at_rest() -> bool:
            reasons = {name: status.get("reason") for name, status in (await batch.statuses()).items()}
            return all(reasons[life.name] == life.story.reason for life in batch.lives)

        async with batch.proxy.serving():
            settings = {"CHARTSPARK_RESYNC_SECONDS": str(RESYNC_SECONDS)}
            process = await Process.start(batch.proxy, batch.namespace, tmp_path, **settings)
            try:
                await batch.until(all_at_rest, "all jobs have ended, or run")
                await batch.proxy.quiet()
                before = len(batch.proxy.log)
                await asyncio.sleep(2 * RESYNC_SECONDS + 5)
                since = [exchange.call for exchange in batch.proxy.log[before:]]
            finally:
                await process.kill()
        await batch.delete()
    assert [call for call in since if call.writes] == []
    assert {call.resource for call in since if call.method == "GET"} >= {"chartsparkjobs", "jobs", "pods"}
