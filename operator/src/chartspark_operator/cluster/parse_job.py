"""Turns a batch/v1 Job as the API server sends it into what decisions need.

What a Job is for is read from the template of its pods: everything else of a Job anybody may edit.
"""

from itertools import pairwise

from chartspark_api.names import API_VERSION, ATTEMPT_LABEL, RUNNER_CONTAINER

from chartspark_operator.admission.demand import Demand
from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.manifests.kueue import QUEUE_LABEL
from chartspark_operator.manifests.pod import ROUND_ARGUMENT, SHARDS_ARGUMENT
from chartspark_operator.observed import ChildJob
from chartspark_operator.rules.shards import read_shards
from chartspark_operator.times import read


def parse_job(raw: JsonObject) -> tuple[str, ChildJob] | None:
    """Return the uid of the ChartSparkJob that owns `raw`, and the Job. None if it is none of ours."""
    metadata, spec, status = raw["metadata"], raw.get("spec", {}), raw.get("status", {})
    owner = controller_uid(metadata)
    attempt = spec.get("template", {}).get("metadata", {}).get("labels", {}).get(ATTEMPT_LABEL, "")
    said = _arguments(spec)
    if owner is None or not attempt.isdigit() or SHARDS_ARGUMENT not in said:
        return None
    in_queue = QUEUE_LABEL in metadata.get("labels", {})
    ends = {c["type"]: c for c in status.get("conditions", ()) if c.get("status") == "True"}
    end = ends.get("Complete") or ends.get("Failed")
    return owner, ChildJob(
        name=metadata["name"],
        uid=metadata["uid"],
        resource_version=metadata["resourceVersion"],
        attempt=int(attempt),
        shards=read_shards(said[SHARDS_ARGUMENT]),
        round=int(said.get(ROUND_ARGUMENT, "1")),
        completed=read_indexes(status.get("completedIndexes", "")),
        failed_indexes=read_indexes(status.get("failedIndexes", "")),
        complete="Complete" in ends,
        failed="Failed" in ends,
        failure=ends["Failed"].get("message", "") if "Failed" in ends else "",
        ended=read(end["lastTransitionTime"]) if end else None,
        created=read(metadata["creationTimestamp"]) if "creationTimestamp" in metadata else None,
        deleting="deletionTimestamp" in metadata,
        demand=None if in_queue else _demand(raw),
        suspended=spec.get("suspend", False),
        in_queue=in_queue,
    )


def _arguments(spec: JsonObject) -> dict[str, str]:
    """Return what each word of the runner's command line is followed by."""
    for container in spec.get("template", {}).get("spec", {}).get("containers", ()):
        if container.get("name") == RUNNER_CONTAINER:
            return dict(pairwise(container.get("args", ())))
    return {}


def _demand(raw: JsonObject) -> Demand:
    """Return what the Job's pods use together. Whatever a container asks for with a slash in its name is a GPU."""
    namespace, spec = raw["metadata"].get("namespace", ""), raw.get("spec", {})
    for container in spec.get("template", {}).get("spec", {}).get("containers", ()):
        for resource, number in container.get("resources", {}).get("limits", {}).items():
            if "/" in resource and int(number):
                return Demand(namespace, int(number) * spec.get("parallelism", 1), resource)
    return Demand(namespace)


def controller_uid(metadata: JsonObject) -> str | None:
    """Return the uid of the ChartSparkJob that controls the object."""
    for reference in metadata.get("ownerReferences", ()):
        if reference.get("controller") and reference.get("apiVersion") == API_VERSION:
            return str(reference["uid"])
    return None


def read_indexes(text: str) -> frozenset[int]:
    """Return the completion indexes that the Job controller writes as 0,3-5."""
    indexes: set[int] = set()
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        indexes.update(range(int(first), int(last or first) + 1))
    return frozenset(indexes)
