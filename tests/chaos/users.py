"""The users of a chaos run: each applies a job and does with it what its shape says, through every outage."""

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import Any

from chartspark_api.names import RETRY_ANNOTATION
from door import MERGE, AwayError, Door
from shapes import Planned, Shape

LOOK = 2.0
EVERY = "/apis/chartspark.io/v1alpha1/chartsparkjobs"


def collection(namespace: str) -> str:
    return f"/apis/chartspark.io/v1alpha1/namespaces/{namespace}/chartsparkjobs"


@dataclass
class Users:
    """Who wants the jobs."""

    door: Door
    planned: list[Planned]
    objects: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """The jobs as they were last seen, by namespace and name."""
    content: set[tuple[str, str]] = field(default_factory=set)
    """Whose user wants nothing any more."""

    async def run(self) -> None:
        """Do what is to be done; ends when every user is content."""
        async with asyncio.TaskGroup() as group:
            looking = group.create_task(self._look())
            await asyncio.gather(*(self._live(one) for one in self.planned))
            looking.cancel()

    async def _look(self) -> None:
        while True:
            with contextlib.suppress(AwayError):
                listed = await self.door.items(EVERY)
                self.objects = {(o["metadata"]["namespace"], o["metadata"]["name"]): o for o in listed}
            await asyncio.sleep(LOOK)

    async def _live(self, planned: Planned) -> None:
        await asyncio.sleep(planned.applied_at)
        # A second POST, after an answer that was lost, is a 409: the job is there.
        await self.door.insist("POST", collection(planned.namespace), planned.manifest)
        match planned.shape:
            case Shape.RESTS:
                await self._wait(planned, lambda status: status.get("reason") == "Running")
                await self._patch(planned, {"spec": {"suspend": True}})
                await asyncio.sleep(planned.acts_after)
                await self._patch(planned, {"spec": {"suspend": False}})
            case Shape.CANCELLED:
                await self._wait(planned, lambda status: bool(status.get("attempts")))
                await asyncio.sleep(planned.acts_after)
                await self._patch(planned, {"spec": {"cancel": True}})
            case Shape.DELETED:
                await asyncio.sleep(3 * planned.acts_after)
                path = f"{collection(planned.namespace)}/{planned.name}"
                await self.door.insist("DELETE", path, {"propagationPolicy": "Background"})
            case Shape.TRIED_AGAIN | Shape.PARTLY:
                await self._wait(planned, lambda status: "completionTime" in status)
                await asyncio.sleep(planned.acts_after)
                await self._patch(planned, {"metadata": {"annotations": {RETRY_ANNOTATION: "1"}}})
            case _:
                pass
        self.content.add((planned.namespace, planned.name))

    async def _wait(self, planned: Planned, what: Any) -> None:  # noqa: ANN401 - a question to a status
        """Wait until a status is as wanted, or the job has ended."""
        while True:
            found = self.objects.get((planned.namespace, planned.name), {}).get("status", {})
            if what(found) or "completionTime" in found:
                return
            await asyncio.sleep(LOOK)

    async def _patch(self, planned: Planned, body: dict[str, Any]) -> None:
        await self.door.insist("PATCH", f"{collection(planned.namespace)}/{planned.name}", body, MERGE)
