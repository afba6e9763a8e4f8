"""Where the pods of a job may run: taints that they tolerate, and nodes and pods that they like. Part of `pod`."""

import json
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, JsonValue, WithJsonSchema

from chartspark_api.base import ApiModel


class TolerationOperator(StrEnum):
    """How a toleration compares."""

    EXISTS = "Exists"
    EQUAL = "Equal"


class TaintEffect(StrEnum):
    """What a taint does to pods that do not tolerate it."""

    NO_SCHEDULE = "NoSchedule"
    PREFER_NO_SCHEDULE = "PreferNoSchedule"
    NO_EXECUTE = "NoExecute"


class Toleration(ApiModel):
    """A taint that the pods tolerate, as in a pod's spec."""

    key: Annotated[str, Field(min_length=1, max_length=317)]
    """The taint's key."""
    operator: TolerationOperator = TolerationOperator.EXISTS
    """Exists takes any value, Equal only the one given."""
    value: Annotated[str, Field(max_length=63)] | None = None
    """The taint's value, for Equal."""
    effect: TaintEffect | None = None
    """The taint's effect. Left out, every effect is tolerated."""


MAX_AFFINITY_BYTES = 8_192
"""What one kind of affinity may take as JSON. Kubernetes' own limit is the whole object's; ten thousand jobs are held in memory."""


def _refuse_long(affinity: dict[str, JsonValue]) -> dict[str, JsonValue]:
    size = len(json.dumps(affinity).encode())
    if size > MAX_AFFINITY_BYTES:
        raise ValueError(f"an affinity must be at most {MAX_AFFINITY_BYTES} bytes as JSON, and is {size}")
    return affinity


AsInAPod = Annotated[
    dict[str, JsonValue],
    AfterValidator(_refuse_long),
    WithJsonSchema({"type": "object", "x-kubernetes-preserve-unknown-fields": True}),
]
"""An object that is passed on as it is: the API server says what is wrong with it."""


class Affinity(ApiModel):
    """Which nodes the pods like, and which pods they like to be near or far from, as in a pod's spec."""

    node_affinity: AsInAPod | None = None
    """As in a pod's spec: kubectl explain pod.spec.affinity.nodeAffinity shows its fields."""
    pod_affinity: AsInAPod | None = None
    """As in a pod's spec: kubectl explain pod.spec.affinity.podAffinity shows its fields."""
    pod_anti_affinity: AsInAPod | None = None
    """As in a pod's spec: kubectl explain pod.spec.affinity.podAntiAffinity shows its fields."""
