"""Turns a ChartSparkJob as the API server sends it into what decisions need. Tables are left behind."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from chartspark_api.faults import sentences
from chartspark_api.job import ChartSparkJob
from chartspark_api.names import RETRY_ANNOTATION
from chartspark_api.spec import ChartSparkJobSpec
from chartspark_api.status import ChartSparkJobStatus
from pydantic import ValidationError

from chartspark_operator.allowed.policies import not_allowed
from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.errors import UnreadableStatusError
from chartspark_operator.manifests.request import table_sources
from chartspark_operator.manifests.storage import results_path
from chartspark_operator.observed import Key, Owner, Refusal, Request
from chartspark_operator.settings import Settings

LISTED_ERRORS = 3
"""A table of a thousand wrong charts has one cause; three sentences show it."""
LONGEST_MESSAGE = 1000
LONGEST_NONCE = 63
"""How much of the annotation that asks for a retry is looked at; the status repeats it."""


@dataclass(frozen=True, slots=True)
class OwnerFacts:
    """A ChartSparkJob, without what only its pods need."""

    owner: Owner
    asked: Request | Refusal
    status: ChartSparkJobStatus

    @property
    def uid(self) -> str:
        """The object's uid."""
        return self.owner.uid

    @property
    def resource_version(self) -> str:
        """The version of the object that this was read from."""
        return self.owner.resource_version


def parse_owner(raw: JsonObject, settings: Settings) -> OwnerFacts:
    """Return the facts of `raw`. A spec that cannot be run is a fact. Raises UnreadableStatusError."""
    metadata = raw["metadata"]
    owner = Owner(
        key=Key(metadata["namespace"], metadata["name"]),
        uid=metadata["uid"],
        generation=metadata.get("generation", 0),
        resource_version=metadata["resourceVersion"],
        deleting="deletionTimestamp" in metadata,
        created=metadata.get("creationTimestamp", ""),
        retry=metadata.get("annotations", {}).get(RETRY_ANNOTATION, "")[:LONGEST_NONCE],
    )
    return OwnerFacts(owner, _asked(raw, settings), _status(owner, raw.get("status") or {}))


def _status(owner: Owner, raw: JsonObject) -> ChartSparkJobStatus:
    try:
        return ChartSparkJobStatus.model_validate(raw)
    except ValidationError as error:
        raise UnreadableStatusError(
            f"The status of {owner.key.namespace}/{owner.key.name} is not this version's: {_sentence(error)} "
            "Run the version that wrote it, or delete the job and apply it again."
        ) from error


def _asked(raw: JsonObject, settings: Settings) -> Request | Refusal:
    try:
        job = ChartSparkJob.model_validate(raw | {"status": None})
    except ValidationError as error:
        return Refusal(_sentence(error), _ttl(raw.get("spec")))
    return Request(
        charts=tuple(chart.name for chart in job.spec.charts),
        shards=job.spec.shards,
        attempts=job.spec.retry.attempts,
        ttl_seconds=job.spec.ttl_seconds_after_finished,
        results_path=results_path(job),
        claim=job.spec.output.claim_name,
        deadlines=job.spec.deadlines,
        model_claim=job.spec.model.claim_name,
        inline_bytes=sum(len((chart.data.csv or "").encode()) for chart in job.spec.charts),
        sources=table_sources(job),
        ca_bundle=job.spec.pod.ca_bundle,
        not_allowed=not_allowed(job.spec.pod, job.spec.queue, settings),
        batch_size=job.spec.sampling.batch_size,
        gpus=job.spec.pod.gpu.count,
        gpu_resource=job.spec.pod.gpu.resource_name if job.spec.pod.gpu.count else "",
        priority=job.spec.queue.priority,
        kueue_queue=job.spec.queue.kueue_queue_name,
        queue_seconds=job.spec.deadlines.queue_seconds,
        suspend=job.spec.suspend,
        cancel=job.spec.cancel,
    )


def _ttl(spec: Any) -> int:  # noqa: ANN401 - it has just been refused
    default: int = ChartSparkJobSpec.model_fields["ttl_seconds_after_finished"].default
    asked = spec.get("ttlSecondsAfterFinished", default) if isinstance(spec, dict) else default
    return asked if isinstance(asked, int) else default


def _sentence(error: ValidationError) -> str:
    return " ".join(f"{fault}." for fault in islice(sentences(error), LISTED_ERRORS))[:LONGEST_MESSAGE]
