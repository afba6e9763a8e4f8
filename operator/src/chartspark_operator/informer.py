"""kopf, as the watch on ChartSparkJobs and as the process' lifecycle; nothing else of it is used.

Called by `main`. No handler changes an object, so that kopf writes neither annotations nor finalizers; a
job can be deleted while no operator runs.
"""

import asyncio
from collections.abc import Callable

import kopf
from chartspark_api.names import GROUP, PLURAL, VERSION
from kopf._core.engines.peering import Identity  # exported nowhere else

from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.cluster.listing import PAGE
from chartspark_operator.cluster.login import login


async def inform(
    take: Callable[[str | None, JsonObject], None],
    namespaces: tuple[str, ...],
    asked_to_end: asyncio.Event,
    ending: Callable[[], None],
) -> None:
    """Hand every event of a ChartSparkJob to `take`, until the process is asked to end; then call `ending`.

    From here on kopf takes the signals; `asked_to_end` tells of one that came before.
    """
    registry = kopf.OperatorRegistry()
    kopf.on.login(registry=registry)(login)

    @kopf.on.event(GROUP, VERSION, PLURAL, registry=registry)
    async def _on_event(event: kopf.RawEvent, **_: object) -> None:
        take(event["type"], dict(event["object"]))

    @kopf.on.cleanup(registry=registry)
    async def _on_cleanup(**_: object) -> None:
        # Whatever still runs after this, kopf takes for its own and waits five seconds for.
        ending()

    await kopf.operator(
        registry=registry,
        settings=_settings(),
        # kopf would ask for the user's name, and a container's user often has none.
        identity=Identity("chartspark-operator"),
        standalone=True,
        clusterwide=not namespaces,
        namespaces=namespaces,
        stop_flag=asked_to_end,
    )


def _settings() -> kopf.OperatorSettings:
    settings = kopf.OperatorSettings()
    settings.posting.enabled = False
    settings.scanning.disabled = True
    settings.watching.chunk_size = PAGE
    # Our handler only takes notes. kopf's default would keep a task for each object five seconds longer.
    settings.queueing.idle_timeout = 0.1
    return settings
