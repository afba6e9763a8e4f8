"""The kubelets of a few nodes, played: they start what the scheduler gives them, say how it ends, and let go of what is deleted.

A node that is deleted takes its kubelet with it: what ran there runs on, and nobody speaks for it any more.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from door import MERGE, AwayError, Door
from shapes import POOL, Planned
from work import SENT_AWAY, Ending, Work

LOOK = 1.0
"""Seconds between two looks at the pods."""
BEAT = 10.0
"""Seconds between two heartbeats of the nodes."""
NODES = 4
UNENDED = "labelSelector=app.kubernetes.io/managed-by%3Dchartspark-operator&fieldSelector=status.phase!%3DSucceeded,status.phase!%3DFailed"


@dataclass
class Life:
    """A pod that was started."""

    pod: dict[str, Any]
    work: Work
    node: str
    task: asyncio.Task[None] | None = None
    ended: bool = False
    """Whether its process has ended."""
    removed: bool = False
    """Whether its removal has begun."""

    @property
    def path(self) -> str:
        metadata = self.pod["metadata"]
        return f"/api/v1/namespaces/{metadata['namespace']}/pods/{metadata['name']}"


@dataclass
class Kubelets:
    """Nodes, and what runs on them."""

    door: Door
    claims: Path
    planned: Mapping[tuple[str, str], Planned]
    """By namespace and name."""
    nodes: list[str] = field(default_factory=list)
    lives: dict[str, Life] = field(default_factory=dict)
    """By uid."""
    _made: int = 0

    async def begin(self) -> None:
        """Create the nodes."""
        for _ in range(NODES):
            await self.add_node()

    async def run(self) -> None:
        """Play until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._beat())
            while True:
                with contextlib.suppress(AwayError):
                    for pod in await self.door.items(f"/api/v1/pods?{UNENDED}"):
                        self._look(group, pod)
                await asyncio.sleep(LOOK)

    @property
    def at_work(self) -> list[Life]:
        """Who runs, and whose kubelet can speak."""
        lives = self.lives.values()
        return [one for one in lives if not one.ended and not one.removed and one.node in self.nodes]

    async def add_node(self) -> None:
        """Create one more node, with room for whatever comes."""
        name = f"chaos-{self._made}"
        self._made += 1
        labels = {POOL: "chaos", "kubernetes.io/hostname": name}
        body = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": labels}}
        await self.door.insist("POST", "/api/v1/nodes", body)
        room = {"cpu": "1000", "memory": "10Ti", "pods": "500", "nvidia.com/gpu": "64"}
        await self._say(name, {"capacity": room, "allocatable": room})
        await self._say(name, {"conditions": [_ready()]})
        self.nodes.append(name)

    async def lose_node(self, name: str) -> None:
        """Delete a node. Its kubelet falls silent."""
        self.nodes.remove(name)
        await self.door.insist("DELETE", f"/api/v1/nodes/{name}")

    async def _beat(self) -> None:
        while True:
            for name in list(self.nodes):
                with contextlib.suppress(AwayError):
                    body = {"status": {"conditions": [_ready()]}}
                    await self.door.ask("PATCH", f"/api/v1/nodes/{name}/status", body, MERGE)
            await asyncio.sleep(BEAT)

    async def _say(self, node: str, status: dict[str, Any]) -> None:
        await self.door.insist("PATCH", f"/api/v1/nodes/{node}/status", {"status": status}, MERGE)

    def _look(self, group: asyncio.TaskGroup, pod: dict[str, Any]) -> None:
        uid, node = pod["metadata"]["uid"], pod["spec"].get("nodeName")
        if node not in self.nodes:
            return
        life = self.lives.get(uid)
        leaving = "deletionTimestamp" in pod["metadata"]
        if life is None and not leaving and pod["status"]["phase"] == "Pending":
            labels = pod["metadata"]["labels"]
            planned = self.planned[pod["metadata"]["namespace"], labels["chartspark.io/job"]]
            life = self.lives[uid] = Life(pod, Work.of(pod, planned, self.claims), node)
            life.task = group.create_task(self._live(life))
        elif life is not None and leaving and not life.removed:
            life.removed = True
            group.create_task(self._remove(life))
        elif life is None and leaving:
            life = self.lives[uid] = Life(pod, Work.of(pod, self._of(pod), self.claims), node, removed=True)
            group.create_task(self._remove(life))

    def _of(self, pod: dict[str, Any]) -> Planned:
        metadata = pod["metadata"]
        return self.planned[metadata["namespace"], metadata["labels"]["chartspark.io/job"]]

    async def _live(self, life: Life) -> None:
        await self._tell(life, "Running", {"running": {"startedAt": _now()}})
        ending = await life.work.run()
        life.ended = True
        left = await self._tell_the_end(life, ending)
        if "deletionTimestamp" in left.get("metadata", {}) and not life.removed:
            # It was deleted while it ended.
            life.removed = True
            await self._let_go(life)

    async def _remove(self, life: Life) -> None:
        """Do as a kubelet does with a pod that was deleted: end its process, say how it ended, let it go."""
        if life.task is not None:
            if not life.work.ordered.done():
                life.work.ordered.set_result(SENT_AWAY)
            await life.task
        await self._let_go(life)

    async def _let_go(self, life: Life) -> None:
        body = {"gracePeriodSeconds": 0, "preconditions": {"uid": life.pod["metadata"]["uid"]}}
        await self.door.insist("DELETE", life.path, body)

    async def _tell_the_end(self, life: Life, ending: Ending) -> dict[str, Any]:
        """Say it, and return the pod as it is then."""
        state: dict[str, Any] = {}
        if ending.code is not None:
            told = {"exitCode": int(ending.code), "reason": ending.word, "finishedAt": _now()}
            state = {"terminated": told | {"message": life.work.report(ending)}}
        more: dict[str, Any] = {}
        if ending.pods_word is not None:
            more |= {"reason": ending.pods_word, "message": f"As the run plays it: {ending.name}."}
        if ending.disruption is not None:
            reason, message = ending.disruption
            target = {"type": "DisruptionTarget", "status": "True", "reason": reason, "message": message}
            more |= {"conditions": [target]}
        return await self._tell(life, "Failed" if ending.code != 0 else "Succeeded", state, more)

    async def _tell(
        self, life: Life, phase: str, state: dict[str, Any], more: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        if life.node not in self.nodes:
            return {}
        runner = {"name": "runner", "image": "x", "imageID": "", "ready": False, "restartCount": 0}
        statuses = {"containerStatuses": [runner | {"state": state}]} if state else {}
        body: dict[str, Any] = {"metadata": {"uid": life.pod["metadata"]["uid"]}}
        body["status"] = {"phase": phase, **statuses, **(more or {})}
        _, left = await self.door.insist("PATCH", f"{life.path}/status", body, MERGE)
        return dict(left)


def _ready() -> dict[str, str]:
    return {
        "type": "Ready",
        "status": "True",
        "reason": "Played",
        "message": "",
        "lastHeartbeatTime": _now(),
    }


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
