"""Who a pod is to the node and to its storage. Called by the pod's manifest."""

from typing import Any

from chartspark_api.security import IdsFrom, Security

from chartspark_operator.settings import Settings


def pod_security(security: Security, settings: Settings) -> dict[str, Any]:
    """Return the pod's security context."""
    context: dict[str, Any] = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
    if (security.ids_from or settings.runner_ids_from) is IdsFrom.PLATFORM:
        return context
    return context | {
        "runAsUser": security.run_as_user,
        "runAsGroup": security.run_as_user,
        "fsGroup": security.fs_group,
        # Without this the kubelet walks all results of all jobs before each pod.
        "fsGroupChangePolicy": "OnRootMismatch",
    }


def container_security() -> dict[str, Any]:
    """Return the container's security context, which no job changes."""
    return {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
