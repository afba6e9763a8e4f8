"""What a fault can reach: everything that a run put up."""

import random
from dataclasses import dataclass, field
from typing import Any

from control_plane import ControlPlane
from door import Door
from kubelet import Kubelets, Life
from replicas import Replicas
from users import Users

OURS = "labelSelector=app.kubernetes.io/managed-by=chartspark-operator"


@dataclass
class Stage:
    """The run, for those who disturb it."""

    dice: random.Random
    door: Door
    control_plane: ControlPlane
    kubelets: Kubelets
    replicas: Replicas
    users: Users
    strained: set[str] = field(default_factory=set)
    """The children whose manifest somebody has edited already."""

    def running_pod(self) -> Life | None:
        """Return a pod at work, any of them."""
        free = [one for one in self.kubelets.at_work if not one.work.ordered.done()]
        return self.dice.choice(sorted(free, key=lambda one: one.path)) if free else None

    async def active_child(self) -> dict[str, Any] | None:
        """Return a Job at work that nobody has touched yet."""
        jobs = await self.door.items(f"/apis/batch/v1/jobs?{OURS}")
        free = [one for one in jobs if not ended(one) and one["metadata"]["uid"] not in self.strained]
        if not free:
            return None
        chosen = self.dice.choice(sorted(free, key=lambda one: str(one["metadata"]["name"])))
        self.strained.add(chosen["metadata"]["uid"])
        return chosen

    def begun_job(self) -> dict[str, Any] | None:
        """Return a ChartSparkJob with an attempt that has not ended."""
        begun = [one for one in self.users.objects.values() if _live(one)]
        return (
            self.dice.choice(sorted(begun, key=lambda one: str(one["metadata"]["name"]))) if begun else None
        )


def ended(job: dict[str, Any]) -> bool:
    """Say whether a Job has ended."""
    conditions = job.get("status", {}).get("conditions", ())
    return any(c["type"] in {"Complete", "Failed"} and c["status"] == "True" for c in conditions)


def _live(job: dict[str, Any]) -> bool:
    status = job.get("status", {})
    attempts = status.get("attempts", ())
    return "completionTime" not in status and bool(attempts) and "reason" not in attempts[-1]


def path_of(found: dict[str, Any], collection: str) -> str:
    """Return where an object lies; `collection` is, for instance, /apis/batch/v1 jobs."""
    group, resource = collection.split()
    metadata = found["metadata"]
    return f"{group}/namespaces/{metadata['namespace']}/{resource}/{metadata['name']}"
