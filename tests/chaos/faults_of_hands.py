"""Faults of people: they edit, suspend and delete what is not theirs."""

from typing import Any

from chartspark_api.names import MANAGED_BY_LABEL
from door import MERGE
from stage import Stage, path_of

SUCCESS = 200
JOBS = "/apis/batch/v1 jobs"
CHARTSPARKJOBS = "/apis/chartspark.io/v1alpha1 chartsparkjobs"


async def child_deleted(stage: Stage) -> str | None:
    child = await stage.active_child()
    if child is None:
        return None
    path = path_of(child, JOBS)
    status, _ = await stage.door.insist("DELETE", path, {"propagationPolicy": "Background"})
    return str(child["metadata"]["name"]) if status == SUCCESS else None


async def child_suspended(stage: Stage) -> str | None:
    return await _edit_a_child(stage, {"spec": {"suspend": True}})


async def child_unlabelled(stage: Stage) -> str | None:
    """Take the labels off by which the operator watches its Jobs."""
    return await _edit_a_child(stage, {"metadata": {"labels": {MANAGED_BY_LABEL: None}}})


async def child_stripped(stage: Stage) -> str | None:
    """Take every annotation and every label but that one off a Job."""
    child = await stage.active_child()
    if child is None:
        return None
    labels = {key: None for key in child["metadata"]["labels"] if key != MANAGED_BY_LABEL}
    bare = {"labels": labels, "annotations": dict.fromkeys(child["metadata"].get("annotations", {}))}
    return await _edit(stage, child, JOBS, {"metadata": bare})


async def request_deleted(stage: Stage) -> str | None:
    """Delete the ConfigMap that the pods mount."""
    child = await stage.active_child()
    if child is None:
        return None
    metadata = child["metadata"]
    name = metadata["name"].rpartition("-")[0]
    path = f"/api/v1/namespaces/{metadata['namespace']}/configmaps/{name}"
    status, _ = await stage.door.insist("DELETE", path)
    return name if status == SUCCESS else None


async def job_edited(stage: Stage) -> str | None:
    """Put labels and annotations on a ChartSparkJob, as tools of others do."""
    job = stage.begun_job()
    if job is None:
        return None
    said = {"labels": {"team": "a"}, "annotations": {"note": f"edited {stage.dice.random()}"}}
    return await _edit(stage, job, CHARTSPARKJOBS, {"metadata": said})


async def status_wiped(stage: Stage) -> str | None:
    """Empty the status of a job at work, as a careless replace does."""
    job = stage.begun_job()
    if job is None:
        return None
    nothing = dict.fromkeys(job["status"])
    return await _edit(stage, job, CHARTSPARKJOBS, {"status": nothing}, "/status")


async def status_put_back(stage: Stage) -> str | None:
    """Give a job at work the status back that it had a while ago, as a tool with an old copy does."""
    job = stage.begun_job()
    if job is None:
        return None
    # As it was before its last attempt began.
    before = {"attempts": job["status"]["attempts"][:-1], "reason": None, "transitionTime": None}
    return await _edit(stage, job, CHARTSPARKJOBS, {"status": before}, "/status")


async def _edit_a_child(stage: Stage, body: dict[str, Any]) -> str | None:
    child = await stage.active_child()
    return None if child is None else await _edit(stage, child, JOBS, body)


async def _edit(
    stage: Stage, found: dict[str, Any], collection: str, body: dict[str, Any], part: str = ""
) -> str | None:
    status, _ = await stage.door.insist("PATCH", path_of(found, collection) + part, body, MERGE)
    return str(found["metadata"]["name"]) if status == SUCCESS else None
