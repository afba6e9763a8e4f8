"""A ChartSparkJob as a whole: what `kubectl apply` takes, what the operator stores as the request, what a runner reads."""

from typing import Annotated, Literal

from pydantic import Field

from chartspark_api.base import DnsLabel, DnsSubdomain, ObservedModel
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


class ChartSparkJob(ObservedModel):
    """A table and a sentence become a pictorial chart, made with a text-to-image model, whose marks still tell the truth."""

    api_version: Literal["chartspark.io/v1alpha1"] = API_VERSION
    kind: Literal["ChartSparkJob"] = KIND
    metadata: Metadata
    spec: ChartSparkJobSpec
    """The desired charts, and the means to make them."""
    status: ChartSparkJobStatus | None = None
    """What is known of the job."""
