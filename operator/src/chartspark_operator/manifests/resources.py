"""What a pod gets of a node: hard caps, and devices. Called by the pod's manifest."""

from typing import Any

from chartspark_api.pod import Pod


def resources(pod: Pod) -> dict[str, Any]:
    """Return the container's resources. Requests are limits, so that no pod takes what another was promised."""
    capped = {"cpu": pod.cpu, "memory": pod.memory}
    if pod.ephemeral_storage is not None:
        capped["ephemeral-storage"] = pod.ephemeral_storage
    if pod.gpu.count:
        capped[pod.gpu.resource_name] = str(pod.gpu.count)
    claims = [{"name": claim.name} for claim in pod.resource_claims]
    return {"requests": capped, "limits": dict(capped)} | ({"claims": claims} if claims else {})


def resource_claims(pod: Pod) -> dict[str, Any]:
    """Return the pod's side of its claims: where each comes from."""
    claims = [claim.to_json_object() for claim in pod.resource_claims]
    return {"resourceClaims": claims} if claims else {}
