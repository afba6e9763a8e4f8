"""A job that names everything that the pod block has, under an operator that allows it: the pod is read back from the API server."""

from collections.abc import Mapping
from typing import Any

import pytest
from cluster_support import Namespace, eventually, job

NODES = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [{"matchExpressions": [{"key": "zone", "operator": "In", "values": ["a"]}]}]}}  # fmt: skip
SETTINGS = {
    "CHARTSPARK_ALLOWED_IMAGES": "registry.example/charts/*",
    "CHARTSPARK_ALLOWED_SERVICE_ACCOUNTS": "painter",
    "CHARTSPARK_ALLOWED_PRIORITY_CLASSES": "system-cluster-*",
    "CHARTSPARK_ALLOWED_SCHEDULERS": "packer",
    "CHARTSPARK_ALLOWED_TOLERATIONS": "spot",
    "CHARTSPARK_ALLOWED_ENV": "TZ",
    "CHARTSPARK_ALLOWED_LABELS": "team",
}
POD = {
    "image": "registry.example/charts/runner:2",
    "imagePullSecrets": [{"name": "pull"}],
    "serviceAccountName": "painter",
    "priorityClassName": "system-cluster-critical",
    "schedulerName": "packer",
    "tolerations": [{"key": "spot"}],
    "affinity": {"nodeAffinity": NODES},
    "env": [{"name": "TZ", "value": "Europe/Berlin"}],
    "labels": {"team": "fruit"},
    "annotations": {"cluster-autoscaler.kubernetes.io/safe-to-evict": "false"},
    "resourceClaims": [{"name": "slice", "resourceClaimName": "a-slice"}],
    "ephemeralStorage": "2Gi",
    "caBundle": {"name": "authorities", "key": "all.pem"},
    "proxy": {"httpsProxy": "http://proxy.example:3128", "noProxy": ".svc"},
}
AUTHORITIES = {
    "apiVersion": "v1",
    "kind": "ConfigMap",
    "metadata": {"name": "authorities"},
    "data": {"all.pem": "PEM"},
}
PAINTER = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "painter"}}


@pytest.fixture
def settings() -> Mapping[str, str]:
    return SETTINGS


def pod_of(namespace: Namespace, security: dict[str, object]) -> dict[str, Any]:
    """Apply a job whose pods are like that, and return the first of them."""
    for one in (AUTHORITIES, PAINTER, job("all", pod=POD | {"security": security})):
        namespace.apply(one)
    return eventually(lambda: namespace.items("pods"), "a pod")[0]


@pytest.mark.usefixtures("operator")
def test_every_field_is_the_pods_own(namespace: Namespace) -> None:
    pod = pod_of(namespace, {"runAsUser": 2000, "fsGroup": 3000})
    metadata, spec = pod["metadata"], pod["spec"]
    (container,) = spec["containers"]
    variables = {one["name"]: one.get("value") for one in container["env"]}
    assert container["image"] == POD["image"]
    assert [
        spec[field]
        for field in ("imagePullSecrets", "serviceAccountName", "priorityClassName", "schedulerName")
    ] == [
        [{"name": "pull"}],
        "painter",
        "system-cluster-critical",
        "packer",
    ]
    assert {"key": "spot", "operator": "Exists"} in spec["tolerations"]
    assert spec["affinity"] == {"nodeAffinity": NODES}
    assert metadata["labels"]["team"] == "fruit"
    assert metadata["labels"]["chartspark.io/attempt"] == "1"
    assert metadata["annotations"]["cluster-autoscaler.kubernetes.io/safe-to-evict"] == "false"
    assert spec["resourceClaims"] == [{"name": "slice", "resourceClaimName": "a-slice"}]
    assert container["resources"]["claims"] == [{"name": "slice"}]
    assert container["resources"]["limits"]["ephemeral-storage"] == "2Gi"
    assert variables["TZ"] == "Europe/Berlin"
    assert variables["https_proxy"] == variables["HTTPS_PROXY"] == "http://proxy.example:3128"
    assert variables["no_proxy"] == ".svc"
    mounts = {one["name"]: one["mountPath"] for one in container["volumeMounts"]}
    assert variables["SSL_CERT_FILE"] == f"{mounts['certificates']}/ca.crt"
    (volume,) = (one["configMap"] for one in spec["volumes"] if one["name"] == "certificates")
    assert (volume["name"], volume["items"]) == ("authorities", [{"key": "all.pem", "path": "ca.crt"}])
    assert spec["securityContext"]["runAsUser"] == spec["securityContext"]["runAsGroup"] == 2000
    assert spec["securityContext"]["fsGroup"] == 3000
    assert spec["automountServiceAccountToken"] is False


@pytest.mark.usefixtures("operator")
def test_what_is_left_to_the_platform_is_left_out(namespace: Namespace) -> None:
    context = pod_of(namespace, {"idsFrom": "Platform"})["spec"]["securityContext"]
    assert context == {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
