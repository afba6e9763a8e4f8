import re
from collections.abc import Callable
from typing import Any

import pytest

Objects = list[dict[str, Any]]

DEFAULTS = {
    "CHARTSPARK_NAMESPACES": "",
    "CHARTSPARK_RUNNER_IMAGE": "chartspark/runner:0.1.0",
    "CHARTSPARK_RUNNER_IMAGE_PULL_POLICY": "IfNotPresent",
    "CHARTSPARK_RUNNER_IMAGE_PULL_SECRETS": "",
    "CHARTSPARK_GPU_RUNTIME_CLASS_NAME": "",
    "CHARTSPARK_RUNNER_IDS_FROM": "Job",
    "CHARTSPARK_RUNNER_SERVICE_ACCOUNT_NAME": "",
    "CHARTSPARK_INSTALLATION": "team.spark",
    "CHARTSPARK_API_QPS": "50",
    "CHARTSPARK_API_BURST": "100",
    "CHARTSPARK_RESYNC_SECONDS": "300",
    "CHARTSPARK_ALLOWED_IMAGES": "",
    "CHARTSPARK_ALLOWED_SERVICE_ACCOUNTS": "",
    "CHARTSPARK_ALLOWED_PRIORITY_CLASSES": "",
    "CHARTSPARK_ALLOWED_KUEUE_PRIORITY_CLASSES": "",
    "CHARTSPARK_MAX_PRIORITY": "0",
    "CHARTSPARK_ALLOWED_RUNTIME_CLASSES": "nvidia",
    "CHARTSPARK_ALLOWED_SCHEDULERS": "",
    "CHARTSPARK_ALLOWED_TOLERATIONS": "",
    "CHARTSPARK_ALLOWED_ENV": "",
    "CHARTSPARK_ALLOWED_LABELS": "sidecar.istio.io/inject",
    "CHARTSPARK_ALLOWED_ANNOTATIONS": "cluster-autoscaler.kubernetes.io/safe-to-evict,"
    "karpenter.sh/do-not-disrupt,sidecar.istio.io/inject,linkerd.io/inject",
    "CHARTSPARK_MAX_CPU": "16",
    "CHARTSPARK_MAX_MEMORY": "128Gi",
    "CHARTSPARK_MAX_EPHEMERAL_STORAGE": "64Gi",
    "CHARTSPARK_MAX_GPUS": "8",
    "CHARTSPARK_MAX_RESOURCE_CLAIMS": "1",
    "CHARTSPARK_LEASE_NAME": "spark-chartspark",
    "CHARTSPARK_LEASE_NAMESPACE": "team",
    "CHARTSPARK_LEASE_SECONDS": "10",
    "CHARTSPARK_LIMIT_JOBS": "0",
    "CHARTSPARK_LIMIT_JOBS_PER_NAMESPACE": "0",
    "CHARTSPARK_LIMIT_GPUS": "0",
    "CHARTSPARK_LIMIT_GPUS_PER_NAMESPACE": "0",
    "CHARTSPARK_LIMIT_QUEUED_JOBS": "10000",
    "CHARTSPARK_KUEUE_ENABLED": "false",
    "CHARTSPARK_METRICS_PORT": "8080",
    "CHARTSPARK_HEALTH_PORT": "8081",
    "CHARTSPARK_LOG_LEVEL": "INFO",
}

CHANGES: list[tuple[dict[str, Any], str, str]] = [
    ({"watchNamespaces": ["a", "b"]}, "CHARTSPARK_NAMESPACES", "a,b"),
    ({"runner": {"image": {"tag": "2"}}}, "CHARTSPARK_RUNNER_IMAGE", "chartspark/runner:2"),
    (
        {"runner": {"image": {"digest": f"sha256:{'a' * 64}", "tag": "2"}}},
        "CHARTSPARK_RUNNER_IMAGE",
        f"chartspark/runner@sha256:{'a' * 64}",
    ),
    ({"runner": {"image": {"pullPolicy": "Never"}}}, "CHARTSPARK_RUNNER_IMAGE_PULL_POLICY", "Never"),
    (
        {"runner": {"imagePullSecrets": [{"name": "a"}, {"name": "b"}]}},
        "CHARTSPARK_RUNNER_IMAGE_PULL_SECRETS",
        "a,b",
    ),
    ({"runner": {"gpuRuntimeClassName": "nvidia"}}, "CHARTSPARK_GPU_RUNTIME_CLASS_NAME", "nvidia"),
    ({"runner": {"idsFrom": "Platform"}}, "CHARTSPARK_RUNNER_IDS_FROM", "Platform"),
    ({"runner": {"serviceAccountName": "maker"}}, "CHARTSPARK_RUNNER_SERVICE_ACCOUNT_NAME", "maker"),
    ({"allowed": {"images": ["a/*", "b:1"]}}, "CHARTSPARK_ALLOWED_IMAGES", "a/*,b:1"),
    ({"allowed": {"serviceAccounts": ["maker"]}}, "CHARTSPARK_ALLOWED_SERVICE_ACCOUNTS", "maker"),
    ({"allowed": {"priorityClasses": ["low"]}}, "CHARTSPARK_ALLOWED_PRIORITY_CLASSES", "low"),
    ({"allowed": {"kueuePriorityClasses": ["low"]}}, "CHARTSPARK_ALLOWED_KUEUE_PRIORITY_CLASSES", "low"),
    ({"allowed": {"maxPriority": -1000}}, "CHARTSPARK_MAX_PRIORITY", "-1000"),
    ({"kueue": {"enabled": True}}, "CHARTSPARK_KUEUE_ENABLED", "true"),
    ({"allowed": {"runtimeClasses": []}}, "CHARTSPARK_ALLOWED_RUNTIME_CLASSES", ""),
    ({"allowed": {"schedulers": ["packer"]}}, "CHARTSPARK_ALLOWED_SCHEDULERS", "packer"),
    ({"allowed": {"tolerations": ["spot"]}}, "CHARTSPARK_ALLOWED_TOLERATIONS", "spot"),
    ({"allowed": {"env": ["TZ"]}}, "CHARTSPARK_ALLOWED_ENV", "TZ"),
    ({"allowed": {"labels": ["team"]}}, "CHARTSPARK_ALLOWED_LABELS", "team"),
    ({"allowed": {"annotations": ["note"]}}, "CHARTSPARK_ALLOWED_ANNOTATIONS", "note"),
    ({"allowed": {"perPod": {"cpu": "96"}}}, "CHARTSPARK_MAX_CPU", "96"),
    ({"allowed": {"perPod": {"memory": "1Ti"}}}, "CHARTSPARK_MAX_MEMORY", "1Ti"),
    ({"allowed": {"perPod": {"ephemeralStorage": "1Ti"}}}, "CHARTSPARK_MAX_EPHEMERAL_STORAGE", "1Ti"),
    ({"allowed": {"perPod": {"gpus": 16}}}, "CHARTSPARK_MAX_GPUS", "16"),
    ({"allowed": {"perPod": {"resourceClaims": 0}}}, "CHARTSPARK_MAX_RESOURCE_CLAIMS", "0"),
    ({"leaseSeconds": 300}, "CHARTSPARK_LEASE_SECONDS", "300"),
    ({"api": {"qps": 1000}}, "CHARTSPARK_API_QPS", "1000"),
    ({"api": {"burst": 2000}}, "CHARTSPARK_API_BURST", "2000"),
    ({"resyncSeconds": 86_400}, "CHARTSPARK_RESYNC_SECONDS", "86400"),
    ({"limits": {"jobs": 100_000}}, "CHARTSPARK_LIMIT_JOBS", "100000"),
    ({"limits": {"jobsPerNamespace": 2}}, "CHARTSPARK_LIMIT_JOBS_PER_NAMESPACE", "2"),
    ({"limits": {"gpus": 8}}, "CHARTSPARK_LIMIT_GPUS", "8"),
    ({"limits": {"gpusPerNamespace": 4}}, "CHARTSPARK_LIMIT_GPUS_PER_NAMESPACE", "4"),
    ({"limits": {"queuedJobs": 100_000}}, "CHARTSPARK_LIMIT_QUEUED_JOBS", "100000"),
    ({"logLevel": "DEBUG"}, "CHARTSPARK_LOG_LEVEL", "DEBUG"),
]


def _pod(objects: Objects) -> dict[str, Any]:
    (deployment,) = [each for each in objects if each["kind"] == "Deployment"]
    pod: dict[str, Any] = deployment["spec"]["template"]["spec"]
    return pod


def _environment(objects: Objects) -> dict[str, str]:
    (container,) = _pod(objects)["containers"]
    return {variable["name"]: variable["value"] for variable in container["env"]}


def test_every_setting_is_given_by_default(render: Callable[..., Objects]) -> None:
    assert _environment(render({})) == DEFAULTS


@pytest.mark.parametrize(("values", "variable", "expected"), CHANGES)
def test_a_value_becomes_a_setting(
    render: Callable[..., Objects], values: dict[str, Any], variable: str, expected: str
) -> None:
    assert _environment(render(values)) == DEFAULTS | {variable: expected}


def test_the_installation_is_a_label_however_long_the_names(render: Callable[..., Objects]) -> None:
    objects = render({}, release="r" * 53, namespace="n" * 63)
    assert re.fullmatch(
        r"[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?", _environment(objects)["CHARTSPARK_INSTALLATION"]
    )


def test_no_service_can_overwrite_a_setting(render: Callable[..., Objects]) -> None:
    assert _pod(render({}))["enableServiceLinks"] is False


def test_the_image_starts_its_own_entrypoint(render: Callable[..., Objects]) -> None:
    (container,) = _pod(render({}))["containers"]
    assert not {"command", "args"} & container.keys()


def test_probes_and_metrics_reach_the_ports_of_the_settings(render: Callable[..., Objects]) -> None:
    objects = render({})
    (container,) = _pod(objects)["containers"]
    ports = {port["name"]: str(port["containerPort"]) for port in container["ports"]}
    assert ports == {
        "metrics": DEFAULTS["CHARTSPARK_METRICS_PORT"],
        "health": DEFAULTS["CHARTSPARK_HEALTH_PORT"],
    }
    for probe in ("startupProbe", "livenessProbe"):
        assert container[probe]["httpGet"] == {"path": "/healthz", "port": "health"}
    (service,) = [each for each in objects if each["kind"] == "Service"]
    assert service["spec"]["ports"][0]["targetPort"] == "metrics"


def test_two_operators_never_run_side_by_side(render: Callable[..., Objects]) -> None:
    (deployment,) = [each for each in render({}) if each["kind"] == "Deployment"]
    assert deployment["spec"]["replicas"] == 1
    assert deployment["spec"]["strategy"] == {"type": "Recreate"}
