"""Two nodes that the real scheduler knows: on KWOK's every pod succeeds at once; on the other the test says how pods fare."""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from chartspark_dev.cluster import Cluster
from cluster_support import Namespace, Operator, eventually, job

KWOKS = "node1"
POOL = "chartspark.io/pool"


class Pool:
    """The two nodes under a label that nobody else selects by."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.name = f"pool-{uuid.uuid4().hex[:8]}"
        self.silent = f"silent-{self.name}"

    def add_kwoks(self) -> None:
        self.cluster.kubectl("label", "node", KWOKS, f"{POOL}={self.name}", "--overwrite")

    def add_silent(self) -> None:
        """Add a node without a kubelet. The scheduler takes it for healthy for as long as a heartbeat lasts."""
        labels = {POOL: self.name, "kubernetes.io/hostname": self.silent}
        node = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": self.silent, "labels": labels}}
        self.cluster.kubectl("apply", "-f", "-", input=json.dumps(node))
        room = {"cpu": "64", "memory": "1Ti", "pods": "100"}
        self._say({"capacity": room, "allocatable": room})
        self.beat()

    def beat(self) -> bool:
        """Say what a kubelet says every few seconds, without which its node is taken for lost."""
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        ready = {
            "type": "Ready",
            "status": "True",
            "reason": "Played",
            "message": "",
            "lastHeartbeatTime": now,
        }
        self._say({"conditions": [ready]})
        return True

    def _say(self, status: dict[str, Any]) -> None:
        words = ("--subresource=status", "--type=merge", "-p", json.dumps({"status": status}))
        self.cluster.kubectl("patch", "node", self.silent, *words)

    def remove(self) -> None:
        self.cluster.kubectl("label", "node", KWOKS, f"{POOL}-")
        self.cluster.kubectl("delete", "node", self.silent, "--ignore-not-found")


@pytest.fixture
def pool(cluster: Cluster) -> Iterator[Pool]:
    made = Pool(cluster)
    yield made
    made.remove()


@pytest.fixture
def running(cluster: Cluster, namespace: Namespace, tmp_path: Path) -> Iterator[Operator]:
    namespace.bind_the_claim()
    process = Operator(cluster, namespace.name, tmp_path / "operator.log")
    process.start()
    yield process
    process.kill()


def _on(pool: Pool) -> dict[str, Any]:
    return {"nodeSelector": {POOL: pool.name}}


def _placed(namespace: Namespace, attempt: int) -> dict[str, Any] | None:
    """Return the pod of an attempt once it has a node."""
    pods = [one for one in namespace.items("pods") if _attempt(one) == attempt]
    return next((one for one in pods if one["spec"].get("nodeName")), None)


def _of(namespace: Namespace, attempt: int) -> dict[str, Any]:
    return next(one for one in namespace.items("pods") if _attempt(one) == attempt)


def _attempt(pod: dict[str, Any]) -> int:
    return int(pod["metadata"]["labels"]["chartspark.io/attempt"])


@pytest.mark.usefixtures("running")
def test_a_gpu_that_is_lost_moves_the_work_to_the_other_node(namespace: Namespace, pool: Pool) -> None:
    pool.add_silent()
    namespace.apply(job("moves", charts=1, pod=_on(pool)))
    first = eventually(lambda: _placed(namespace, 1), "the first attempt has a node")
    pool.add_kwoks()
    namespace.play(first, 81)
    done = namespace.wait_for("moves", "Complete")
    ends = [(attempt["reason"], attempt["node"]) for attempt in done["attempts"]]
    assert ends == [("GPULost", pool.silent), ("Complete", KWOKS)]
    (expression,) = _terms(_of(namespace, 2))[0]["matchExpressions"]
    assert expression == {"key": "kubernetes.io/hostname", "operator": "NotIn", "values": [pool.silent]}


@pytest.mark.usefixtures("running")
def test_where_there_is_no_other_node_the_failed_one_is_taken_again(namespace: Namespace, pool: Pool) -> None:
    pool.add_silent()
    namespace.apply(job("returns", charts=1, pod=_on(pool)))
    namespace.play(eventually(lambda: _placed(namespace, 1), "the first attempt has a node"), 81)

    def seen(attempt: int) -> bool:
        return pool.beat() and len(namespace.status("returns").get("attempts", ())) == attempt

    eventually(lambda: seen(2), "the second attempt")
    eventually(lambda: seen(3), "the third attempt")
    third = eventually(lambda: pool.beat() and _placed(namespace, 3), "the third attempt has a node")
    namespace.play(third, 0)
    status = namespace.wait_for("returns", "Complete")
    reasons = [attempt["reason"] for attempt in status["attempts"]]
    assert reasons == ["GPULost", "NoFittingNode", "Complete"]
    assert status["failedAttempts"] == 1


@pytest.mark.usefixtures("running")
def test_a_pod_that_hangs_is_told_of_and_then_replaced_by_force(namespace: Namespace, pool: Pool) -> None:
    pool.add_silent()
    namespace.apply(job("hangs", charts=1, pod=_on(pool), deadlines={"forceDeleteSeconds": 20}))
    first = eventually(lambda: _placed(namespace, 1), "the pod has a node")
    namespace.play(first, None)
    namespace.wait_for("hangs", "Running")
    name = first["metadata"]["name"]
    namespace.kubectl("delete", "pod", name, "--grace-period=1", "--wait=false")
    stuck = namespace.wait_for("hangs", "PodStuck")
    assert f"Look at its node {pool.silent}" in stuck["message"]
    assert any(event["reason"] == "PodStuck" for event in namespace.items("events"))
    pool.add_kwoks()
    done = namespace.wait_for("hangs", "Complete")
    reasons = [(attempt["reason"], attempt["node"]) for attempt in done["attempts"]]
    assert reasons == [("PodStuck", pool.silent), ("Complete", KWOKS)]
    assert done.get("failedAttempts", 0) == 0
    assert [one["metadata"]["name"] for one in namespace.items("pods")] != [name]


def _terms(pod: dict[str, Any]) -> list[dict[str, Any]]:
    required = pod["spec"]["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    terms: list[dict[str, Any]] = required["nodeSelectorTerms"]
    return terms
