"""The Kubernetes event of one transition. Called by `apply`."""

from typing import Any

from chartspark_api.names import API_VERSION, KIND, MANAGED_BY, request_name

from chartspark_operator.observed import Owner
from chartspark_operator.planned import Event
from chartspark_operator.settings import Settings
from chartspark_operator.times import read, stamp


def transition_event(owner: Owner, event: Event, settings: Settings) -> dict[str, Any]:
    """Return the event. Its name follows from job and transition, so that a repeated create is seen."""
    time = read(event.time)
    seconds = stamp(time)
    return {
        "metadata": {
            "name": f"{request_name(owner.key.name, owner.uid)}.{time:%Y%m%d%H%M%S%f}",
            "namespace": owner.key.namespace,
        },
        "involvedObject": {
            "apiVersion": API_VERSION,
            "kind": KIND,
            "namespace": owner.key.namespace,
            "name": owner.key.name,
            "uid": owner.uid,
            "resourceVersion": owner.resource_version,
        },
        "type": event.type,
        "reason": str(event.reason),
        "message": event.message,
        "source": {"component": MANAGED_BY},
        "reportingComponent": MANAGED_BY,
        "reportingInstance": settings.installation or MANAGED_BY,
        "firstTimestamp": seconds,
        "lastTimestamp": seconds,
        "count": 1,
    }
