"""The volumes of a runner's pod and where they are mounted. Called by the pod's manifest."""

from typing import Any

from chartspark_api.job import ChartSparkJob
from chartspark_api.names import request_name, result_folder

REQUEST_MOUNT = "/request"
RESULTS_MOUNT = "/results"
SCRATCH_MOUNT = "/tmp"  # noqa: S108 - an emptyDir of this pod alone
SHARED_MEMORY_MOUNT = "/dev/shm"  # noqa: S108 - likewise


def results_path(job: ChartSparkJob) -> str:
    """Return the folder of the job's results, relative to the claim's root."""
    folder = result_folder(job.metadata.namespace, job.metadata.name, job.metadata.uid)
    return f"{job.spec.output.path}/{folder}" if job.spec.output.path else folder


def volumes(job: ChartSparkJob) -> list[dict[str, Any]]:
    """Return the pod's volumes: request, results, scratch space and shared memory."""
    return [
        {"name": "request", "configMap": {"name": request_name(job.metadata.name, job.metadata.uid)}},
        {"name": "results", "persistentVolumeClaim": {"claimName": job.spec.output.claim_name}},
        {"name": "tmp", "emptyDir": {}},
        {"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": job.spec.pod.shared_memory}},
    ]


def volume_mounts() -> list[dict[str, Any]]:
    """Return where the runner's container finds the volumes."""
    return [
        {"name": "request", "mountPath": REQUEST_MOUNT, "readOnly": True},
        {"name": "results", "mountPath": RESULTS_MOUNT},
        {"name": "tmp", "mountPath": SCRATCH_MOUNT},
        {"name": "shm", "mountPath": SHARED_MEMORY_MOUNT},
    ]
