"""What people do to objects that are not theirs, as the API server is asked for it."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import faults_of_hands as hands
import pytest
from stage import Stage

CHILD = {
    "metadata": {
        "namespace": "team",
        "name": "demo-01234567-2",
        "uid": "u",
        "labels": {"app.kubernetes.io/managed-by": "chartspark-operator", "chartspark.io/attempt": "2"},
        "annotations": {"note": "x"},
    }
}
JOB = {
    "metadata": {"namespace": "team", "name": "demo"},
    "status": {"reason": "Running", "attempts": [{"number": 1, "reason": "Transient"}, {"number": 2}]},
}
BATCH = "/apis/batch/v1/namespaces/team/jobs/demo-01234567-2"
OURS = "/apis/chartspark.io/v1alpha1/namespaces/team/chartsparkjobs/demo"


@dataclass
class Door:
    """Says yes to everything, and remembers it."""

    children: list[dict[str, Any]]
    asked: list[tuple[str, str, Any]] = field(default_factory=list)

    async def items(self, _path: str) -> list[dict[str, Any]]:
        return self.children

    async def insist(self, method: str, path: str, body: Any = None, _kind: str = "") -> tuple[int, Any]:  # noqa: ANN401 - JSON
        self.asked.append((method, path, body))
        return 200, {}


def stage(door: Door, **jobs: dict[str, Any]) -> Stage:
    dice = random.Random(1)  # noqa: S311 - it is to be repeated
    users = SimpleNamespace(objects=jobs)
    return Stage(dice, door, control_plane=None, kubelets=None, replicas=None, users=users)


@pytest.mark.parametrize(
    ("fault", "method", "path", "body"),
    [
        (hands.child_deleted, "DELETE", BATCH, {"propagationPolicy": "Background"}),
        (hands.child_suspended, "PATCH", BATCH, {"spec": {"suspend": True}}),
        (
            hands.child_unlabelled,
            "PATCH",
            BATCH,
            {"metadata": {"labels": {"app.kubernetes.io/managed-by": None}}},
        ),
        (
            hands.child_stripped,
            "PATCH",
            BATCH,
            {"metadata": {"labels": {"chartspark.io/attempt": None}, "annotations": {"note": None}}},
        ),
        (hands.request_deleted, "DELETE", "/api/v1/namespaces/team/configmaps/demo-01234567", None),
        (hands.status_wiped, "PATCH", f"{OURS}/status", {"status": {"reason": None, "attempts": None}}),
        (
            hands.status_put_back,
            "PATCH",
            f"{OURS}/status",
            {
                "status": {
                    "attempts": [{"number": 1, "reason": "Transient"}],
                    "reason": None,
                    "transitionTime": None,
                }
            },
        ),
    ],
)
async def test_each_asks_for_its_one_change(fault: Callable, method: str, path: str, body: object) -> None:
    door = Door([CHILD])
    assert await fault(stage(door, demo=JOB))
    assert door.asked == [(method, path, body)]


async def test_a_child_is_touched_once() -> None:
    door = Door([CHILD])
    played = stage(door)
    assert await hands.child_deleted(played)
    assert await hands.child_suspended(played) is None


@pytest.mark.parametrize("fault", [hands.child_deleted, hands.request_deleted, hands.status_wiped])
async def test_where_nothing_is_at_work_nothing_is_hit(fault: Callable) -> None:
    ended = CHILD | {"status": {"conditions": [{"type": "Complete", "status": "True"}]}}
    over = JOB | {"status": JOB["status"] | {"completionTime": "2026-01-01T00:00:00Z"}}
    door = Door([ended])
    assert await fault(stage(door, demo=over)) is None
    assert door.asked == []
