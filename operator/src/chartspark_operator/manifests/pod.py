"""The pod of a runner: capped, unprivileged, without a token. Called by the attempt's manifest."""

from typing import Any

from chartspark_api.job import ChartSparkJob
from chartspark_api.names import REQUEST_KEY, RUNNER_CONTAINER, RUNNER_PORT
from chartspark_api.spec import Pod, Toleration

from chartspark_operator.manifests.environment import environment
from chartspark_operator.manifests.storage import (
    REQUEST_MOUNT,
    RESULTS_MOUNT,
    results_path,
    volume_mounts,
    volumes,
)
from chartspark_operator.settings import Settings

USER = 1000
"""The user and group of the runner's image."""


def pod_spec(job: ChartSparkJob, settings: Settings, attempt: int, shards: str) -> dict[str, Any]:
    """Return the spec of the pods of an attempt over `shards` (as the runner's argument has them)."""
    pod = job.spec.pod
    spec: dict[str, Any] = {
        "restartPolicy": "Never",
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": USER,
            "runAsGroup": USER,
            "fsGroup": USER,
            # Without this the kubelet walks all results of all jobs before each pod.
            "fsGroupChangePolicy": "OnRootMismatch",
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [_container(job, settings, attempt, shards)],
        "volumes": volumes(job),
    }
    return spec | _placement(pod, settings) | _pull_secrets(settings)


def _container(job: ChartSparkJob, settings: Settings, attempt: int, shards: str) -> dict[str, Any]:
    container: dict[str, Any] = {
        "name": RUNNER_CONTAINER,
        "image": settings.runner_image,
        "command": ["chartspark-runner"],
        "args": [
            *("run", f"{REQUEST_MOUNT}/{REQUEST_KEY}"),
            *("--out", f"{RESULTS_MOUNT}/{results_path(job)}"),
            *("--shards", shards),
            *("--attempt", str(attempt)),
        ],
        "env": environment(job.spec.pod),
        "ports": [{"name": "http", "containerPort": RUNNER_PORT}],
        "resources": _resources(job.spec.pod),
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "terminationMessagePolicy": "File",
        "volumeMounts": volume_mounts(),
    }
    if settings.runner_image_pull_policy:
        container["imagePullPolicy"] = settings.runner_image_pull_policy
    return container


def _resources(pod: Pod) -> dict[str, Any]:
    capped = {"cpu": pod.cpu, "memory": pod.memory}
    gpus = {pod.gpu.resource_name: str(pod.gpu.count)} if pod.gpu.count else {}
    return {"requests": capped | gpus, "limits": capped | gpus}


def _placement(pod: Pod, settings: Settings) -> dict[str, Any]:
    tolerations = [toleration.to_json_object() for toleration in _tolerations(pod)]
    runtime_class = pod.runtime_class_name or (settings.gpu_runtime_class_name if pod.gpu.count else "")
    placement = {
        "nodeSelector": pod.node_selector,
        "tolerations": tolerations,
        "runtimeClassName": runtime_class,
    }
    return {field: value for field, value in placement.items() if value}


def _tolerations(pod: Pod) -> tuple[Toleration, ...]:
    if not pod.gpu.count:
        return pod.tolerations
    return (*pod.tolerations, Toleration(key=pod.gpu.resource_name))


def _pull_secrets(settings: Settings) -> dict[str, Any]:
    secrets = [{"name": name} for name in settings.runner_image_pull_secrets]
    return {"imagePullSecrets": secrets} if secrets else {}
