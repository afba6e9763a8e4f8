"""What a user asks for: the `spec` of a ChartSparkJob."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from chartspark_api.base import (
    ApiModel,
    DnsSubdomain,
    FolderPath,
    Seconds,
    list_map,
)
from chartspark_api.cel import RULES, rule
from chartspark_api.charts import MAX_INLINE_BYTES, Chart, Conditioning
from chartspark_api.model import Device, Model, ModelName, Sampling
from chartspark_api.pod import Pod


class Format(StrEnum):
    """What a finished chart is written as."""

    PNG = "PNG"
    """Pixels, at the size that was asked for."""
    SVG = "SVG"
    """Outlines, with text that can be selected and read aloud."""


class Archive(StrEnum):
    """One file that holds all results."""

    NONE = "None"
    """None is made."""
    TAR_GZ = "TarGz"
    """results.tar.gz."""
    ZIP = "Zip"
    """results.zip."""


class Output(ApiModel):
    """Where the results go."""

    claim_name: DnsSubdomain
    """The PersistentVolumeClaim, in the job's namespace, that takes the results."""
    path: FolderPath = ""
    """A folder on the claim, relative to its root. Left out, the results lie at the root."""
    formats: Annotated[
        tuple[Format, ...],
        Field(min_length=1, max_length=2, json_schema_extra={"x-kubernetes-list-type": "set"}),
    ] = (Format.PNG, Format.SVG)
    """What each finished chart is written as. The plain chart, the elements, the masks and the overlay are PNG in any case."""

    archive: Archive = Archive.NONE
    """One file more that holds all results, made by the pod that ends last. The results lie beside it all the same."""

    @model_validator(mode="after")
    def _refuse_a_format_twice(self) -> Self:
        if len(set(self.formats)) < len(self.formats):
            raise ValueError("formats names one twice; write each once")
        return self


class Retry(ApiModel):
    """What happens after a failure that may pass."""

    attempts: Annotated[int, Field(ge=1, le=20)] = 3
    """How often the job is tried in all. Charts that are published are not made again."""


_NOT_BOTH = (
    "priority orders the operator's own queue, and with kueueQueueName Kueue decides: "
    "name a class in kueuePriorityClassName, or leave kueueQueueName out"
)
_NO_QUEUE = (
    "kueuePriorityClassName says how urgent the job is in a queue of Kueue's: write kueueQueueName too"
)

LabelName = Annotated[DnsSubdomain, Field(max_length=63)]
"""The name of an object, as the value of a label."""


class Queue(ApiModel):
    """Where the job stands among those that wait for their turn."""

    model_config = ConfigDict(
        json_schema_extra={
            RULES: [
                rule("!has(self.kueueQueueName) || !has(self.priority) || self.priority == 0", _NOT_BOTH),
                rule("!has(self.kueuePriorityClassName) || has(self.kueueQueueName)", _NO_QUEUE),
            ]
        }
    )

    priority: Annotated[int, Field(ge=-1000, le=1000)] = 0
    """Jobs with a higher number go first; among equals the one that was created first. It can be changed at any time, and takes nothing from a job that runs."""
    kueue_queue_name: LabelName | None = None
    """The LocalQueue of Kueue, in the job's namespace, that decides when the job begins. Left out, the operator's own limits do."""
    kueue_priority_class_name: LabelName | None = None
    """The WorkloadPriorityClass of Kueue. Left out, the pods' priority class counts."""

    @model_validator(mode="after")
    def _refuse_two_queues_and_none(self) -> Self:
        if self.kueue_queue_name is not None and self.priority:
            raise ValueError(_NOT_BOTH)
        if self.kueue_priority_class_name is not None and self.kueue_queue_name is None:
            raise ValueError(_NO_QUEUE)
        return self


class Deadlines(ApiModel):
    """How long things may take."""

    start_seconds: Seconds = 86_400
    """How long a job whose turn has come may be without a pod at work: it lacks a claim or a ConfigMap, its pods are refused, no node takes them, an image is not pulled, or a pod does not go away. Then the job ends. What no node could ever take is given up after 15 minutes."""
    run_seconds: Seconds | None = None
    """How long one attempt may take from its first pod at work. Then the job ends; what is published stays. Left out, there is no bound but the others."""
    queue_seconds: Seconds | None = None
    """How long the job may wait for its turn before it ends as QueuedTooLong; in a queue of Kueue's, each of its attempts. Left out, it waits as long as it takes."""
    stall_seconds: Seconds = 600
    """How long a pod may show no progress before it ends itself and the attempt counts as stalled. A pod that has answered, and then shows no progress for twice as long, is ended."""
    force_delete_seconds: Seconds | None = None
    """How long a pod may outlast the end that its deletion set it, before it is deleted by force and another attempt takes its work, on another node. Left out, no pod is: what it still does on its node, nobody sees."""


_NO_PAINTER = (
    "conditioning Conditional takes a model that can inpaint, and the embedded ones make icons: "
    "write model.claimName, or conditioning: Unconditional"
)
_NO_USE_FOR_GPUS = (
    "Icons, the model unless another is named, uses no GPU: leave pod.gpu and model.device out, "
    "or name the model that shall use it in model.name or model.claimName"
)
_NOTHING_COMPARES = (
    "minTextImagePercent is compared with what model.textImageModel measures: "
    "name the folder of a CLIP model there, or leave minTextImagePercent out"
)
_CANCELLED_FOR_GOOD = "a cancelled job stays cancelled: apply it under another name"


class ChartSparkJobSpec(ApiModel):
    """The desired charts, and the means to make them."""

    model_config = ConfigDict(
        json_schema_extra={
            RULES: [
                rule(
                    "has(self.model) && has(self.model.claimName) && !has(self.model.name) || "
                    "self.charts.all(chart, !has(chart.conditioning) || chart.conditioning != 'Conditional')",
                    _NO_PAINTER,
                ),
                rule(
                    "has(self.model) && (has(self.model.name) ? self.model.name != 'Icons' : has(self.model.claimName)) || "
                    "(!has(self.pod) || !has(self.pod.gpu) || !has(self.pod.gpu.count) || self.pod.gpu.count == 0) && "
                    "(!has(self.model) || !has(self.model.device) || self.model.device != 'CUDA')",
                    _NO_USE_FOR_GPUS,
                ),
                rule(
                    "has(self.model) && has(self.model.textImageModel) || "
                    "self.charts.all(chart, !has(chart.minTextImagePercent))",
                    _NOTHING_COMPARES,
                ),
            ]
        }
    )

    charts: Annotated[
        tuple[Chart, ...],
        Field(
            min_length=1,
            max_length=1000,
            json_schema_extra=list_map("name"),
        ),
    ]
    """The charts to make, at most 128 KiB of tables in all."""
    model: Model = Model()
    """The text-to-image model that makes the elements."""
    sampling: Sampling = Sampling()
    """How the model is sampled."""
    output: Output
    """Where the results go."""
    pod: Pod = Pod()
    """What each pod of the job gets, and where it runs."""
    parallelism: Annotated[int, Field(ge=1, le=64)] = 1
    """How many pods share the charts: chart i is made by pod i mod parallelism."""
    retry: Retry = Retry()
    """What happens after a failure that may pass."""
    deadlines: Deadlines = Deadlines()
    """How long things may take."""
    queue: Queue = Queue()
    """Where the job stands among those that wait for their turn."""
    suspend: bool = False
    """Whether the job rests: its pods are stopped, what is published stays, and it goes on once this is false again. It can be changed at any time."""
    cancel: Annotated[
        bool,
        Field(json_schema_extra={RULES: [rule("self || !oldSelf", _CANCELLED_FOR_GOOD)]}),
    ] = False
    """Whether the job ends now: its pods are stopped, and the object and what is published stay. There is no way back."""
    ttl_seconds_after_finished: Annotated[int, Field(ge=0, le=31_536_000)] = 604_800
    """How long the object and its pods stay after the end. The results stay longer: nothing here deletes them."""

    @model_validator(mode="after")
    def _refuse_what_the_schema_cannot(self) -> Self:
        names = [chart.name for chart in self.charts]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise ValueError(f"chart names must be unique; used more than once: {', '.join(repeated)}")
        inline = sum(len((chart.data.csv or "").encode()) for chart in self.charts)
        if inline > MAX_INLINE_BYTES:
            raise ValueError(
                f"inline data must be at most {MAX_INLINE_BYTES} bytes in all, and is {inline}; split the job"
            )
        painted = any(chart.conditioning is Conditioning.CONDITIONAL for chart in self.charts)
        if painted and self.model.embedded is not None:
            raise ValueError(_NO_PAINTER)
        asked = self.pod.gpu.count > 0 or self.model.device is Device.CUDA
        if asked and self.model.embedded is ModelName.ICONS:
            raise ValueError(_NO_USE_FOR_GPUS)
        compared = any(chart.min_text_image_percent is not None for chart in self.charts)
        if compared and self.model.text_image_model is None:
            raise ValueError(_NOTHING_COMPARES)
        return self

    @property
    def shards(self) -> int:
        """How many pods have at least one chart to make."""
        return min(self.parallelism, len(self.charts))
