"""The ConfigMap that holds the request. Called by `apply`."""

import json
from typing import Any

from chartspark_api.job import ChartSparkJob
from chartspark_api.names import REQUEST_KEY, request_name

from chartspark_operator.manifests.naming import labels, owner_references
from chartspark_operator.settings import Settings


def request_config_map(job: ChartSparkJob, settings: Settings) -> dict[str, Any]:
    """Return the ConfigMap with the job as read now, every default filled in, its status left out.

    It is immutable: what is run is what was read at the first attempt.
    """
    request = job.model_copy(update={"status": None}).to_json_object()
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {
            "name": request_name(job.metadata.name, job.metadata.uid),
            "namespace": job.metadata.namespace,
            "labels": labels(job, settings),
            "ownerReferences": owner_references(job),
        },
        "immutable": True,
        "data": {REQUEST_KEY: json.dumps(request, ensure_ascii=False)},
    }


def read_request(config_map: dict[str, Any]) -> ChartSparkJob:
    """Return the job that `request_config_map` wrote."""
    return ChartSparkJob.model_validate_json(config_map["data"][REQUEST_KEY])
