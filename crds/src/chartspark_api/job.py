"""A ChartSparkJob as a whole: what `kubectl apply` takes, what the operator stores as the request, what a runner reads."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue

from chartspark_api.base import DnsLabel, DnsSubdomain, ObservedModel
from chartspark_api.cel import RULES, frozen, rule
from chartspark_api.names import API_VERSION, KIND
from chartspark_api.spec import ChartSparkJobSpec
from chartspark_api.status import ChartSparkJobStatus


class Metadata(ObservedModel):
    """The part of a Kubernetes object's metadata that this project reads."""

    name: DnsSubdomain
    """The job's name."""
    namespace: DnsLabel = "default"
    """The job's namespace."""
    uid: Annotated[str, Field(max_length=64)] = ""
    """The object's uid. Empty in a manifest that no cluster has seen."""


_EDITABLE = ("suspend", "cancel", "queue", "ttlSecondsAfterFinished")
"""What may change while a job runs: it decides on nothing that the runner has begun."""
_KUEUES = ("queue.kueueQueueName", "queue.kueuePriorityClassName")
"""Labels of a Job that is there already."""

_OF_THE_WHOLE: list[JsonValue] = [
    rule(
        "self.metadata.name.size() <= 63",
        "metadata.name must be at most 63 characters: it is part of the results' folder and a label of the pods",
    ),
    frozen(
        (
            str(field.alias)
            for field in ChartSparkJobSpec.model_fields.values()
            if field.alias not in _EDITABLE
        ),
        f"the spec cannot be changed once the job has begun or ended, but for {', '.join(_EDITABLE)}: "
        "apply it under another name, or delete this job first",
    ),
    frozen(
        _KUEUES,
        "a job that has begun to wait in a queue of Kueue's stays in it, and in its class: "
        "apply it under another name, or delete this job first",
    ),
]


class ChartSparkJob(ObservedModel):
    """A table and a sentence become a pictorial chart, made with a text-to-image model, whose marks still tell the truth."""

    model_config = ConfigDict(json_schema_extra={RULES: _OF_THE_WHOLE})

    api_version: Literal["chartspark.io/v1alpha1"] = API_VERSION
    kind: Literal["ChartSparkJob"] = KIND
    metadata: Metadata
    spec: ChartSparkJobSpec
    """The desired charts, and the means to make them."""
    status: ChartSparkJobStatus | None = None
    """What is known of the job."""
