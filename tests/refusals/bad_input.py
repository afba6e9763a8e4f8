"""What a bad input is: a change of a sound manifest, where it is refused, and what its author is told.

Read by the tests of each place, which make every input and look for the words, and by the renderer of
docs/reference/refusals.md. Knows nothing about how an input is made.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Object = dict[str, Any]


class Place(StrEnum):
    """Who refuses, the earliest first."""

    APPLY = "kubectl apply"
    OPERATOR = "The operator, in status and event"
    CHECK = "chartspark-runner check, and each chart's message"


class Left(StrEnum):
    """A value that stands for none."""

    OUT = "left out"


@dataclass(frozen=True, slots=True)
class BadInput:
    """One bad input."""

    name: str
    """What is wrong with it, for a reader."""
    change: Mapping[str, object]
    """What differs from the sound manifest: values by their path."""
    told: str
    """What its author is told, or the part of it that tells this fault from others."""
    instead: str
    """What to write, or to do, instead."""
    begun: bool = False
    """Whether the change is made to a job that has begun."""
    reason: str = ""
    """The job's reason, where the operator refuses."""
    given: tuple[Object, ...] = field(default=())
    """What else is in the namespace."""
    models: Mapping[str, str] = field(default_factory=dict)
    """The files on the model's claim, where `check` is given it."""
    kubelet: str = ""
    """What the kubelet says of the pod's container."""

    @property
    def manifest(self) -> Object:
        """The sound manifest with the change."""
        changed = copy.deepcopy(SOUND)
        for path, value in self.change.items():
            _put(changed, path.split("."), value)
        return changed


CHART: Object = {
    "name": "apples",
    "title": "A better year for apples",
    "subject": "red apple",
    "xColumn": "year",
    "yColumn": "tonnes",
    "data": {"csv": "year,tonnes\n2023,40\n2024,70\n"},
}
SOUND: Object = {
    "apiVersion": "chartspark.io/v1alpha1",
    "kind": "ChartSparkJob",
    "metadata": {"name": "harvest"},
    "spec": {"charts": [CHART], "output": {"claimName": "results"}},
}


def charts(number: int, **fields: object) -> list[Object]:
    """Return charts that differ by name."""
    return [CHART | {"name": f"apples-{i}"} | fields for i in range(number)]


def claim(mode: str = "ReadWriteMany", volume: str | None = None) -> Object:
    """Return the claim of the sound manifest."""
    spec: Object = {"accessModes": [mode], "resources": {"requests": {"storage": "1Gi"}}}
    bound = {"storageClassName": volume, "volumeName": volume} if volume else {}
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": "results"},
        "spec": spec | bound,
    }


def _put(node: Any, path: list[str], value: object) -> None:  # noqa: ANN401 - a JSON value has no narrower type
    step, *rest = path
    if isinstance(node, list):
        _put(node[int(step)], rest, value)
    elif rest:
        _put(node.setdefault(step, {}), rest, value)
    elif value is Left.OUT:
        del node[step]
    else:
        node[step] = value
