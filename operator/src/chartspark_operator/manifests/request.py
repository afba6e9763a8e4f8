"""The ConfigMap that holds the request. Called by `apply`."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from chartspark_api.charts import Chart, ChartData
from chartspark_api.job import ChartSparkJob
from chartspark_api.names import REQUEST_KEY, TABLES_DIGEST_ANNOTATION, request_name

from chartspark_operator.manifests.naming import labels, owner_references
from chartspark_operator.observed import TableSource
from chartspark_operator.settings import Settings


def table_sources(job: ChartSparkJob) -> tuple[TableSource, ...]:
    """Return where the tables lie that do not stand in the job."""
    return tuple(
        TableSource(chart.name, chart.data.config_map_key_ref.name, chart.data.config_map_key_ref.key)
        for chart in job.spec.charts
        if chart.data.config_map_key_ref is not None
    )


def tables_digest(tables: Mapping[str, str]) -> str:
    """Return the digest of tables by their charts' names."""
    return f"sha256:{hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()}"


def request_config_map(job: ChartSparkJob, settings: Settings, tables: Mapping[str, str]) -> dict[str, Any]:
    """Return the ConfigMap with the job as read now, every default and table filled in, its status left out.

    It is immutable: what is run is what was read at the first attempt.
    """
    charts = tuple(_with_table(chart, tables) for chart in job.spec.charts)
    filled = job.model_copy(update={"status": None, "spec": job.spec.model_copy(update={"charts": charts})})
    annotations = {"annotations": {TABLES_DIGEST_ANNOTATION: tables_digest(tables)}} if tables else {}
    request = filled.to_json_object()
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {
            "name": request_name(job.metadata.name, job.metadata.uid),
            "namespace": job.metadata.namespace,
            "labels": labels(job, settings),
            **annotations,
            "ownerReferences": owner_references(job),
        },
        "immutable": True,
        "data": {REQUEST_KEY: json.dumps(request, ensure_ascii=False)},
    }


def read_request(config_map: dict[str, Any]) -> ChartSparkJob:
    """Return the job that `request_config_map` wrote."""
    return ChartSparkJob.model_validate_json(config_map["data"][REQUEST_KEY])


def _with_table(chart: Chart, tables: Mapping[str, str]) -> Chart:
    if chart.name not in tables:
        return chart
    return chart.model_copy(update={"data": ChartData(csv=tables[chart.name])})
