"""Who a pod is to the node and to its storage. Called by the pod's manifest."""

from typing import Any

from chartspark_api.security import Security


def pod_security(security: Security) -> dict[str, Any]:
    """Return the pod's security context. What the job leaves to the platform is left out."""
    user, group = security.run_as_user, security.fs_group
    context: dict[str, Any] = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
    if user is not None:
        context |= {"runAsUser": user, "runAsGroup": user}
    if group is not None:
        # Without the policy the kubelet walks all results of all jobs before each pod.
        context |= {"fsGroup": group, "fsGroupChangePolicy": "OnRootMismatch"}
    return context


def container_security() -> dict[str, Any]:
    """Return the container's security context, which no job changes."""
    return {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
