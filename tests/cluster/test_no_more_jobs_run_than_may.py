"""Thirty jobs under a limit of three, and an operator that is killed in the middle.

What ran is read from the API server's own record of Jobs, its watch, and not from anything that the operator says.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from api_proxy import Upstream, reaching
from chartspark_dev.cluster import Cluster
from lives import SUCCEEDS, Batch, Life, Process, judge

JOBS, LIMIT = 30, 3
LIMITED = {"CHARTSPARK_LIMIT_JOBS": str(LIMIT)}
UNTOUCHED = 1000
"""No life has so many writes: nothing happens to any of them."""


@dataclass
class Record:
    """The Jobs of a namespace, as one event after the other tells of them."""

    at_work: set[str] = field(default_factory=set)
    created: list[str] = field(default_factory=list)
    most: int = 0

    def take(self, event: dict[str, Any]) -> None:
        one = event["object"]
        name = one["metadata"]["name"]
        ends = {c["type"] for c in one.get("status", {}).get("conditions", ()) if c["status"] == "True"}
        if event["type"] == "ADDED":
            self.created.append(name)
            self.at_work.add(name)
        if event["type"] == "DELETED" or ends & {"Complete", "Failed"}:
            self.at_work.discard(name)
        self.most = max(self.most, len(self.at_work))


@asynccontextmanager
async def recording(upstream: Upstream, namespace: str) -> AsyncIterator[Record]:
    record = Record()
    path = f"/apis/batch/v1/namespaces/{namespace}/jobs"
    _, listed = await upstream.ask("GET", path)
    since = listed["metadata"]["resourceVersion"]

    async def watch() -> None:
        url = f"http://localhost{path}?watch=true&resourceVersion={since}"
        async with upstream.session.get(url) as answer:
            async for line in answer.content:
                record.take(json.loads(line))

    task = asyncio.create_task(watch())
    yield record
    task.cancel()


@pytest.fixture
async def upstream(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Upstream]:
    async with reaching(cluster, tmp_path) as reached:
        yield reached


async def test_a_limit_holds_whenever_the_operator_is_killed(upstream: Upstream, tmp_path: Path) -> None:
    batch = Batch(upstream, tuple(Life(SUCCEEDS, UNTOUCHED + n) for n in range(JOBS)), tmp_path)
    await batch.begin()
    async with batch.proxy.serving(), recording(upstream, batch.namespace) as record:
        process = await Process.start(batch.proxy, batch.namespace, tmp_path, **LIMITED)
        try:
            for killed_at in (2, 9, 16):

                async def so_many_made(number: int = killed_at) -> bool:
                    return len(record.created) >= number

                await batch.until(so_many_made, f"{killed_at} Jobs are made")
                await process.kill()
                process = await Process.start(batch.proxy, batch.namespace, tmp_path, **LIMITED)
            await batch.until(batch.all_ended, "all jobs end")
            await batch.proxy.quiet()
            wrong = await judge(batch, batch.proxy.log)
        finally:
            await process.kill()
    await batch.delete()
    assert wrong == []
    assert len(record.created) == JOBS
    assert record.most == LIMIT, "the limit is used, and never exceeded"
