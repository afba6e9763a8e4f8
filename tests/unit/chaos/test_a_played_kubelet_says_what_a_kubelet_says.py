import asyncio
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from faults_of_pods import ENDINGS
from kubelet import Kubelets
from shapes import Shape, draw

PODS = "/api/v1/namespaces/team/pods"
PATIENCE = 30.0


@dataclass
class Pods:
    """The API server, as far as a kubelet sees it."""

    pods: dict[str, dict[str, Any]] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)

    async def items(self, _path: str) -> list[dict[str, Any]]:
        return [pod for pod in self.pods.values() if pod["status"]["phase"] in {"Pending", "Running"}]

    async def ask(self, method: str, path: str, body: Any = None, _kind: str = "") -> tuple[int, Any]:  # noqa: ANN401 - JSON
        name = path.removesuffix("/status").rpartition("/")[2]
        if not path.startswith(PODS):
            return 200, {}
        if method == "DELETE":
            self.deleted.append(name)
            return 200, self.pods.pop(name)
        self.pods[name]["status"] |= body["status"]
        return 200, self.pods[name]

    insist = ask


@dataclass
class Scene:
    """A node or more, and a pod that the scheduler placed."""

    kubelets: Kubelets
    api: Pods

    async def until(self, what: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not what():  # noqa: ASYNC110 - it is played elsewhere
                await asyncio.sleep(0.01)

    async def place(self) -> dict[str, Any]:
        await self.until(lambda: bool(self.kubelets.nodes))
        (name,) = (planned.name for planned in self.kubelets.planned.values())
        out = ["--out", "/results/team-job", "--shards", "0", "--attempt", "1", "--round", "1"]
        labels = {"chartspark.io/job": name, "batch.kubernetes.io/job-completion-index": "0"}
        self.api.pods["p"] = {
            "metadata": {"namespace": "team", "name": "p", "uid": "u", "labels": labels},
            "spec": {"nodeName": self.kubelets.nodes[0], "containers": [{"args": ["run", "request", *out]}]},
            "status": {"phase": "Pending"},
        }
        await self.until(lambda: self.api.pods["p"]["status"]["phase"] != "Pending")
        return self.api.pods["p"]


def ended(pod: dict[str, Any]) -> dict[str, Any]:
    return dict(pod["status"]["containerStatuses"][0]["state"]["terminated"])


@pytest.fixture
async def scene(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Scene]:
    seconds = getattr(request, "param", 1000.0)
    dice = random.Random(1)  # noqa: S311 - it is to be repeated
    found = next(one for one in draw(dice, 200, ("team",), 1.0) if one.shape is Shape.SINGLE)
    planned = type(found)(**{**vars(found), "charts": 1, "chart_seconds": seconds})
    api = Pods()
    kubelets = Kubelets(api, tmp_path, {("team", planned.name): planned})
    await kubelets.begin()
    playing = asyncio.create_task(kubelets.run())
    yield Scene(kubelets, api)
    playing.cancel()
    await asyncio.gather(playing, return_exceptions=True)


@pytest.mark.parametrize("scene", [0.01], indirect=True)
async def test_a_pod_runs_and_succeeds(scene: Scene) -> None:
    pod = await scene.place()
    await scene.until(lambda: pod["status"]["phase"] == "Succeeded")
    assert ended(pod)["exitCode"] == 0
    assert '"chartsDone":1' in ended(pod)["message"]


async def test_a_pod_that_is_deleted_says_how_it_ended_and_goes(scene: Scene) -> None:
    pod = await scene.place()
    pod["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z"
    await scene.until(lambda: scene.api.deleted == ["p"])
    assert (pod["status"]["phase"], ended(pod)["exitCode"]) == ("Failed", 75)


async def test_nobody_speaks_for_a_pod_whose_node_is_gone(scene: Scene) -> None:
    pod = await scene.place()
    (life,) = scene.kubelets.at_work
    await scene.kubelets.lose_node(life.node)
    life.work.ordered.set_result(ENDINGS[0])
    await scene.until(lambda: life.ended)
    assert pod["status"]["phase"] == "Running"
    assert scene.kubelets.at_work == []


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending.name)
async def test_a_pod_ends_as_it_is_told_to(scene: Scene, ending: Any) -> None:  # noqa: ANN401 - an Ending
    pod = await scene.place()
    (life,) = scene.kubelets.at_work
    life.work.ordered.set_result(ending)
    await scene.until(lambda: pod["status"]["phase"] == "Failed")
    assert (ended(pod)["exitCode"], ended(pod)["reason"]) == (ending.code, ending.word)
    assert pod["status"].get("reason") == ending.pods_word
    targets = [condition["reason"] for condition in pod["status"].get("conditions", ())]
    assert targets == ([ending.disruption[0]] if ending.disruption else [])
