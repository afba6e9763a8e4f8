"""The Pod Security Standard `restricted`, check by check, and a read-only root file system besides."""

from collections.abc import Callable
from typing import Any

import pytest

Json = dict[str, Any]
Check = Callable[[Json, Json], bool]

VOLUMES = {
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
}


def _security(pod: Json, container: Json) -> Json:
    """Return the security context that holds for the container: its own over the pod's."""
    merged: Json = pod.get("securityContext", {}) | container.get("securityContext", {})
    return merged


def _probes_name_no_host(_pod: Json, container: Json) -> bool:
    handlers = [
        *(container.get(name, {}) for name in ("startupProbe", "livenessProbe", "readinessProbe")),
        *container.get("lifecycle", {}).values(),
    ]
    return not any("host" in each.get(kind, {}) for each in handlers for kind in ("httpGet", "tcpSocket"))


CHECKS: dict[str, Check] = {
    "host namespaces are not shared": lambda pod, _: (
        not any(pod.get(key) for key in ("hostNetwork", "hostPID", "hostIPC"))
    ),
    "no port is taken on the host": lambda _, c: not any("hostPort" in port for port in c.get("ports", [])),
    "volumes are of the allowed kinds": lambda pod, _: all(
        set(volume) - {"name"} <= VOLUMES for volume in pod.get("volumes", [])
    ),
    "the container is not privileged": lambda pod, c: not _security(pod, c).get("privileged", False),
    "privileges cannot be gained": lambda pod, c: _security(pod, c).get("allowPrivilegeEscalation") is False,
    "it runs as non-root": lambda pod, c: _security(pod, c).get("runAsNonRoot") is True,
    "the user is not 0": lambda pod, c: _security(pod, c).get("runAsUser", 1) != 0,
    "every capability is dropped": lambda _, c: (
        "ALL" in c.get("securityContext", {}).get("capabilities", {}).get("drop", [])
    ),
    "no capability is added": lambda _, c: (
        set(c.get("securityContext", {}).get("capabilities", {}).get("add", [])) <= {"NET_BIND_SERVICE"}
    ),
    "seccomp is on": lambda pod, c: (
        _security(pod, c).get("seccompProfile", {}).get("type") in ("RuntimeDefault", "Localhost")
    ),
    "proc is masked": lambda pod, c: _security(pod, c).get("procMount", "Default") == "Default",
    "no sysctl is set": lambda pod, _: not pod.get("securityContext", {}).get("sysctls"),
    "no SELinux user or role is set": lambda pod, c: (
        not {"user", "role"} & _security(pod, c).get("seLinuxOptions", {}).keys()
    ),
    "AppArmor is not turned off": lambda pod, c: (
        _security(pod, c).get("appArmorProfile", {}).get("type", "RuntimeDefault") != "Unconfined"
    ),
    "probes and hooks name no host": _probes_name_no_host,
    "the root file system is read-only": lambda pod, c: (
        _security(pod, c).get("readOnlyRootFilesystem") is True
    ),
    "memory has a limit": lambda _, c: "memory" in c.get("resources", {}).get("limits", {}),
    "CPU is requested": lambda _, c: "cpu" in c.get("resources", {}).get("requests", {}),
}


def _pods(objects: list[Json]) -> list[Json]:
    specs = [each["spec"] for each in objects if each["kind"] == "Pod"]
    return specs + [
        each["spec"]["template"]["spec"] for each in objects if "template" in each.get("spec", {})
    ]


@pytest.mark.parametrize("check", CHECKS)
def test_every_pod_is_restricted(rendered: list[Json], check: str) -> None:
    pods = _pods(rendered)
    assert pods
    for pod in pods:
        for container in [*pod.get("initContainers", []), *pod["containers"]]:
            assert CHECKS[check](pod, container), f"{container['name']}: not so: {check}"


LOOSE: Json = {
    "hostNetwork": True,
    "securityContext": {"sysctls": [{"name": "x", "value": "1"}]},
    "volumes": [{"name": "x", "hostPath": {"path": "/"}}],
}
LOOSE_CONTAINER: Json = {
    "ports": [{"hostPort": 80}],
    "livenessProbe": {"httpGet": {"host": "elsewhere"}},
    "securityContext": {
        "privileged": True,
        "runAsUser": 0,
        "procMount": "Unmasked",
        "capabilities": {"add": ["SYS_ADMIN"]},
        "seLinuxOptions": {"role": "x"},
        "appArmorProfile": {"type": "Unconfined"},
    },
}


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_fails_for_a_loose_pod(check: str) -> None:
    assert not CHECKS[check](LOOSE, LOOSE_CONTAINER)


def test_only_pods_that_talk_to_the_api_server_get_a_token(rendered: list[Json]) -> None:
    tokens = sorted(
        (pod["containers"][0]["name"], pod["automountServiceAccountToken"]) for pod in _pods(rendered)
    )
    assert tokens == [("operator", True), ("operator", True), ("read-back", False)]
    for each in rendered:
        if each["kind"] == "ServiceAccount":
            assert each["automountServiceAccountToken"] is False
