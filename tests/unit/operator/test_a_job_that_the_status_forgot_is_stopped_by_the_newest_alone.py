"""A Job that the status does not know is stopped, unless a newer status may know it."""

from dataclasses import replace
from typing import Any

import pytest
from chartspark_api.status import ChartSparkJobStatus
from chartspark_operator.actions import StopAttempt
from chartspark_operator.apply import Hands
from chartspark_operator.cluster.parse_owner import OwnerFacts
from chartspark_operator.errors import ConflictError
from chartspark_operator.observe import World
from chartspark_operator.settings import Settings
from operator_builders import OWNER, REQUEST

STOP = StopAttempt("demo-2", "job-2", unknown=True)


class Asked:
    """An API server with one ChartSparkJob."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.deleted: list[str] = []

    async def get(self, path: str) -> dict[str, Any]:
        assert path.endswith("/chartsparkjobs/demo")
        return {"metadata": {"resourceVersion": self.version}}

    async def delete(self, path: str, options: dict[str, Any]) -> None:
        assert options["preconditions"] == {"uid": "job-2"}
        self.deleted.append(path.rpartition("/")[2])


def seen(version: str) -> World:
    world = World()
    owner = replace(OWNER, resource_version=version)
    world.owners.put(owner.key, OwnerFacts(owner, REQUEST, ChartSparkJobStatus()))
    return world


async def test_the_newest_status_is_believed() -> None:
    api = Asked("7")
    await Hands(api, Settings(runner_image="runner"), seen("7")).apply(OWNER, STOP)
    assert api.deleted == ["demo-2"]


@pytest.mark.parametrize("world", [seen("6"), World()])
async def test_an_older_one_is_not(world: World) -> None:
    api = Asked("7")
    with pytest.raises(ConflictError, match="has changed meanwhile"):
        await Hands(api, Settings(runner_image="runner"), world).apply(OWNER, STOP)
    assert not api.deleted
