"""The pod of a runner: capped, unprivileged, without a token. Called by the attempt's manifest."""

from typing import Any

from chartspark_api.job import ChartSparkJob
from chartspark_api.names import REQUEST_KEY, RUNNER_CONTAINER, RUNNER_PORT
from chartspark_api.pod import Pod

from chartspark_operator.actions import StartAttempt
from chartspark_operator.manifests.environment import environment
from chartspark_operator.manifests.placement import placement
from chartspark_operator.manifests.resources import resource_claims, resources
from chartspark_operator.manifests.security import container_security, pod_security
from chartspark_operator.manifests.storage import (
    MODELS_MOUNT,
    REQUEST_MOUNT,
    RESULTS_MOUNT,
    results_path,
    volume_mounts,
    volumes,
)
from chartspark_operator.settings import Settings

SHARDS_ARGUMENT = "--shards"
ROUND_ARGUMENT = "--round"


def pod_spec(job: ChartSparkJob, settings: Settings, start: StartAttempt, shards: str) -> dict[str, Any]:
    """Return the spec of the pods of an attempt over `shards` (as the runner's argument has them)."""
    pod = job.spec.pod
    spec: dict[str, Any] = {
        "restartPolicy": "Never",
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "securityContext": pod_security(pod.security, settings),
        "containers": [_container(job, settings, start, shards)],
        "volumes": volumes(job),
    }
    return (
        spec
        | placement(pod, settings)
        | resource_claims(pod)
        | _service_account(pod, settings)
        | _pull_secrets(pod, settings)
    )


def _container(job: ChartSparkJob, settings: Settings, start: StartAttempt, shards: str) -> dict[str, Any]:
    container: dict[str, Any] = {
        "name": RUNNER_CONTAINER,
        "image": job.spec.pod.image or settings.runner_image,
        "command": ["chartspark-runner"],
        "args": [
            *("run", f"{REQUEST_MOUNT}/{REQUEST_KEY}"),
            *("--out", f"{RESULTS_MOUNT}/{results_path(job)}"),
            *(SHARDS_ARGUMENT, shards),
            *("--attempt", str(start.number)),
            *(ROUND_ARGUMENT, str(start.round)),
            *(("--models", MODELS_MOUNT) if job.spec.model.claim_name is not None else ()),
        ],
        "env": environment(job.spec.pod, start.batch),
        "ports": [{"name": "http", "containerPort": RUNNER_PORT}],
        "resources": resources(job.spec.pod),
        "securityContext": container_security(),
        "terminationMessagePolicy": "File",
        "volumeMounts": volume_mounts(job),
    }
    if settings.runner_image_pull_policy:
        container["imagePullPolicy"] = settings.runner_image_pull_policy
    return container


def _pull_secrets(pod: Pod, settings: Settings) -> dict[str, Any]:
    names = (*settings.runner_image_pull_secrets, *(secret.name for secret in pod.image_pull_secrets))
    secrets = [{"name": name} for name in dict.fromkeys(names)]
    return {"imagePullSecrets": secrets} if secrets else {}


def _service_account(pod: Pod, settings: Settings) -> dict[str, Any]:
    name = pod.service_account_name or settings.runner_service_account_name
    return {"serviceAccountName": name} if name else {}
