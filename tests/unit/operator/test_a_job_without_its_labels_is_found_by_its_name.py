"""Somebody takes the labels off a Job: the watch shows it as gone, though it is at work."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from chartspark_api.job import ChartSparkJob
from chartspark_operator.actions import StartAttempt
from chartspark_operator.apply import Hands
from chartspark_operator.errors import ConflictError, NotFoundError
from chartspark_operator.manifests.attempt import attempt_job
from chartspark_operator.observe import World
from chartspark_operator.observed import Key, Owner
from chartspark_operator.settings import Settings

SETTINGS = Settings(runner_image="runner")
JOB = ChartSparkJob.model_validate(
    yaml.safe_load((Path(__file__).parent / "manifests" / "input" / "small.yaml").read_text())
)
META = JOB.metadata
OWNER = Owner(Key(META.namespace, META.name), META.uid, generation=1, resource_version="1")


class Objects:
    """An API server that keeps what it is given."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}
        self.done: list[str] = []

    def keep(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        about = body["metadata"] | {"uid": path, "resourceVersion": "1"}
        self.kept[path] = body | {"metadata": about}
        return self.kept[path]

    async def get(self, path: str) -> dict[str, Any]:
        if path not in self.kept:
            raise NotFoundError(404, path)
        return self.kept[path]

    async def create(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        place = f"{path}/{body['metadata']['name']}"
        if place in self.kept:
            raise ConflictError(409, place)
        self.done.append(f"create {body['metadata']['name']}")
        return self.keep(place, body)

    async def delete(self, path: str, options: dict[str, Any]) -> None:
        assert options["preconditions"] == {"uid": path}
        self.done.append(f"delete {path.rpartition('/')[2]}")
        del self.kept[path]


@pytest.fixture
def objects() -> Objects:
    made = Objects()
    path = f"/apis/chartspark.io/v1alpha1/namespaces/{META.namespace}/chartsparkjobs/{META.name}"
    made.kept[path] = JOB.to_json_object()
    return made


def first_attempt(objects: Objects, **status: object) -> str:
    manifest = attempt_job(JOB, SETTINGS, StartAttempt(1, (0,)))
    del manifest["metadata"]["labels"]
    name = str(manifest["metadata"]["name"])
    path = f"/apis/batch/v1/namespaces/{META.namespace}/jobs/{name}"
    objects.keep(path, manifest | {"status": status})
    return name


async def test_it_is_deleted_before_another_attempt_begins(objects: Objects) -> None:
    hands, first = Hands(objects, SETTINGS, World()), first_attempt(objects)
    with pytest.raises(ConflictError, match="without the labels"):
        await hands.apply(OWNER, StartAttempt(2, (0,)))
    assert objects.done[-1] == f"delete {first}"
    await hands.apply(OWNER, StartAttempt(2, (0,)))
    assert objects.done[-1] == f"create {first[:-1]}2"


async def test_it_is_not_taken_for_the_attempt_that_bears_its_name(objects: Objects) -> None:
    hands, first = Hands(objects, SETTINGS, World()), first_attempt(objects)
    with pytest.raises(ConflictError, match="without the labels"):
        await hands.apply(OWNER, StartAttempt(1, (0,)))
    assert objects.done[-1] == f"delete {first}"


async def test_one_that_has_ended_is_left_where_it_is(objects: Objects) -> None:
    first_attempt(
        objects,
        conditions=[{"type": "Failed", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z"}],
    )
    await Hands(objects, SETTINGS, World()).apply(OWNER, StartAttempt(2, (0,)))
    assert not [done for done in objects.done if done.startswith("delete")]
