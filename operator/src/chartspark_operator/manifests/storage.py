"""The volumes of a runner's pod and where they are mounted. Called by the pod's manifest."""

from typing import Any

from chartspark_api.job import ChartSparkJob
from chartspark_api.names import request_name, result_folder

REQUEST_MOUNT = "/request"
RESULTS_MOUNT = "/results"
MODELS_MOUNT = "/models"
SCRATCH_MOUNT = "/tmp"  # noqa: S108 - an emptyDir of this pod alone
CERTIFICATES_MOUNT = "/certificates"
CERTIFICATES_FILE = f"{CERTIFICATES_MOUNT}/ca.crt"
SHARED_MEMORY_MOUNT = "/dev/shm"  # noqa: S108 - likewise


def results_path(job: ChartSparkJob) -> str:
    """Return the folder of the job's results, relative to the claim's root."""
    folder = result_folder(job.metadata.namespace, job.metadata.name, job.metadata.uid)
    return f"{job.spec.output.path}/{folder}" if job.spec.output.path else folder


def volumes(job: ChartSparkJob) -> list[dict[str, Any]]:
    """Return the pod's volumes: request, results, scratch space and shared memory, and certificates if there are any."""
    bundle = job.spec.pod.ca_bundle
    listed = [
        {"name": "request", "configMap": {"name": request_name(job.metadata.name, job.metadata.uid)}},
        {"name": "results", "persistentVolumeClaim": {"claimName": job.spec.output.claim_name}},
        *_models_volume(job),
        {"name": "tmp", "emptyDir": {}},
        {"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": job.spec.pod.shared_memory}},
    ]
    if bundle is None:
        return listed
    path = CERTIFICATES_FILE.rpartition("/")[2]
    source = {"name": bundle.name, "items": [{"key": bundle.key, "path": path}]}
    return [*listed, {"name": "certificates", "configMap": source}]


def volume_mounts(job: ChartSparkJob) -> list[dict[str, Any]]:
    """Return where the runner's container finds the volumes."""
    certificates = {"name": "certificates", "mountPath": CERTIFICATES_MOUNT, "readOnly": True}
    return [
        {"name": "request", "mountPath": REQUEST_MOUNT, "readOnly": True},
        {"name": "results", "mountPath": RESULTS_MOUNT},
        *_models_mount(job),
        {"name": "tmp", "mountPath": SCRATCH_MOUNT},
        {"name": "shm", "mountPath": SHARED_MEMORY_MOUNT},
        *([certificates] if job.spec.pod.ca_bundle is not None else []),
    ]


def _models_volume(job: ChartSparkJob) -> list[dict[str, Any]]:
    claim = job.spec.model.claim_name
    if claim is None or _shared(job):
        return []
    return [{"name": "models", "persistentVolumeClaim": {"claimName": claim, "readOnly": True}}]


def _models_mount(job: ChartSparkJob) -> list[dict[str, Any]]:
    if job.spec.model.claim_name is None:
        return []
    volume = "results" if _shared(job) else "models"
    return [{"name": volume, "mountPath": MODELS_MOUNT, "readOnly": True}]


def _shared(job: ChartSparkJob) -> bool:
    # Two volumes of one claim would make the kubelet wait for itself on storage that attaches.
    return job.spec.model.claim_name == job.spec.output.claim_name
