"""Kueue in one line: a queue with so much quota, the classes of two priorities, a job that names them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chartspark_dev import kueue
from chartspark_dev.cluster import Cluster
from cluster_support import Namespace, eventually, job

KUEUE = "kueue.x-k8s.io/v1beta1"
SETTINGS = {
    "CHARTSPARK_KUEUE_ENABLED": "true",
    "CHARTSPARK_ALLOWED_KUEUE_PRIORITY_CLASSES": "urgent",
}


@dataclass(frozen=True)
class Manager:
    """Kueue's manager, that can be stopped and started again."""

    state: Path

    def start(self) -> None:
        kueue.start(self.state)

    def stop(self) -> None:
        kueue.stop(self.state)

    def remove(self) -> None:
        kueue.remove(self.state)


def queue(namespace: Namespace, name: str = "charts") -> None:
    """Give the namespace a queue with quota for one pod at once: each asks for one CPU."""
    flavor = {"apiVersion": KUEUE, "kind": "ResourceFlavor", "metadata": {"name": "plain"}}
    resources = [{"name": "cpu", "nominalQuota": 1}, {"name": "memory", "nominalQuota": "1Ti"}]
    shared = {
        "apiVersion": KUEUE,
        "kind": "ClusterQueue",
        "metadata": {"name": _shared(namespace)},
        "spec": {
            "namespaceSelector": {},
            "preemption": {"withinClusterQueue": "LowerPriority"},
            "resourceGroups": [
                {
                    "coveredResources": ["cpu", "memory"],
                    "flavors": [{"name": "plain", "resources": resources}],
                }
            ],
        },
    }
    urgent = {
        "apiVersion": KUEUE,
        "kind": "WorkloadPriorityClass",
        "metadata": {"name": "urgent"},
        "value": 1000,
        "description": "",
    }
    local = {
        "apiVersion": KUEUE,
        "kind": "LocalQueue",
        "metadata": {"name": name},
        "spec": {"clusterQueue": _shared(namespace)},
    }
    for manifest in (flavor, shared, urgent, local):
        namespace.apply(manifest)


def _shared(namespace: Namespace) -> str:
    return f"shared-{namespace.name}"


def queued(name: str, priority_class: str | None = None, **spec: object) -> dict[str, Any]:
    """Return a job in the queue `charts`."""
    named = {"kueuePriorityClassName": priority_class} if priority_class else {}
    return job(name, queue={"kueueQueueName": "charts", **named}, **spec)


def wait_for_words(namespace: Namespace, name: str, words: str) -> dict[str, Any]:
    """Return the status once its message has these words."""

    def said() -> dict[str, Any] | None:
        status = namespace.status(name)
        return status if words in status.get("message", "") else None

    return eventually(said, f"{name} says {words!r}; it says {namespace.status(name).get('message')!r}")


def workloads(namespace: Namespace) -> list[dict[str, Any]]:
    return namespace.items("workloads.kueue.x-k8s.io")


def is_suspended(namespace: Namespace, made: str) -> bool:
    found = json.loads(namespace.kubectl("get", "job", made, "-o", "json"))
    return bool(found["spec"].get("suspend"))


def state_of(cluster: Cluster) -> Path:
    """Return the state folder of the cluster that was started here."""
    return cluster.kubeconfig.parent
