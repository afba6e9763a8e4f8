"""kopf, as the watch on ChartSparkJobs and as the process' lifecycle; nothing else of it is used.

Called by `main`. No handler changes an object, so that kopf writes neither annotations nor finalizers; a
job can be deleted while no operator runs.
"""

from collections.abc import Callable

import kopf
from chartspark_api.names import GROUP, PLURAL, VERSION

from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.cluster.login import login

PAGE = 500


async def inform(take: Callable[[str | None, JsonObject], None], namespaces: tuple[str, ...]) -> None:
    """Hand every event of a ChartSparkJob to `take`, until the process is asked to end."""
    registry = kopf.OperatorRegistry()
    kopf.on.login(registry=registry)(login)

    @kopf.on.event(GROUP, VERSION, PLURAL, registry=registry)
    async def _on_event(event: kopf.RawEvent, **_: object) -> None:
        take(event["type"], dict(event["object"]))

    await kopf.operator(
        registry=registry,
        settings=_settings(),
        standalone=True,
        clusterwide=not namespaces,
        namespaces=namespaces,
    )


def _settings() -> kopf.OperatorSettings:
    settings = kopf.OperatorSettings()
    settings.posting.enabled = False
    settings.scanning.disabled = True
    settings.watching.chunk_size = PAGE
    return settings
