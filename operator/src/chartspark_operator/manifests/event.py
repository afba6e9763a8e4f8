"""The Kubernetes event of one transition. Called by `apply`."""

import hashlib
from typing import Any

from chartspark_api.names import API_VERSION, KIND, MANAGED_BY, request_name

from chartspark_operator.observed import Owner
from chartspark_operator.planned import Event
from chartspark_operator.settings import Settings
from chartspark_operator.times import read, stamp


def transition_event(owner: Owner, event: Event, settings: Settings) -> dict[str, Any]:
    """Return the event. Its name follows from job and transition, so that a repeated create is seen."""
    seconds = stamp(read(event.time))
    return {
        "metadata": {
            "name": f"{request_name(owner.key.name, owner.uid)}.{_mark(event)}",
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


def _mark(event: Event) -> str:
    if event.mark:
        # A user's own word, which may be no part of a name.
        return hashlib.sha256(event.mark.encode()).hexdigest()[:20]
    return f"{read(event.time):%Y%m%d%H%M%S%f}"
