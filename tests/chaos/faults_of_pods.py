"""Faults of pods at work: they end in every way that a kubelet tells of, and are sent away by others."""

import asyncio
from collections.abc import Awaitable, Callable

from chartspark_api.exit_codes import ExitCode
from stage import Stage
from work import Ending

CREATED = 201
SUCCESS = 200
SAID = 5.0
"""Seconds in which a kubelet has said how a pod ended, as a rule."""

ENDINGS = (
    *(
        Ending(f"exit-{code.name.lower().replace('_', '-')}", code, told=True)
        for code in ExitCode
        if code is not ExitCode.OK
    ),
    Ending("out-of-memory", 137, "OOMKilled"),
    Ending("crashed", 139),
    Ending("container-lost", 137, "ContainerStatusUnknown"),
    Ending("node-shut-down", 143, "Error", "Terminated", ("TerminationByKubelet", "Pod was terminated.")),
    Ending("node-pressure", 137, "Error", "Evicted", ("TerminationByKubelet", "The node was low on memory.")),
    Ending("scratch-full", 137, "Error", "Evicted"),
)


def ends_as(ending: Ending) -> Callable[[Stage], Awaitable[str | None]]:
    """Return the fault that makes a pod at work end so."""

    async def fault(stage: Stage) -> str | None:
        life = stage.running_pod()
        if life is None or life.task is None:
            return None
        life.work.ordered.set_result(ending)
        await asyncio.wait({life.task}, timeout=SAID)
        return life.path.rpartition("/")[2]

    return fault


async def pod_deleted(stage: Stage) -> str | None:
    life = stage.running_pod()
    if life is None:
        return None
    status, _ = await stage.door.insist("DELETE", life.path)
    return life.path.rpartition("/")[2] if status == SUCCESS else None


async def pod_evicted(stage: Stage) -> str | None:
    life = stage.running_pod()
    if life is None:
        return None
    namespace, name = life.path.split("/")[4], life.path.rpartition("/")[2]
    eviction = {
        "apiVersion": "policy/v1",
        "kind": "Eviction",
        "metadata": {"name": name, "namespace": namespace},
    }
    status, _ = await stage.door.insist("POST", f"{life.path}/eviction", eviction)
    return name if status == CREATED else None
