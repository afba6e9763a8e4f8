"""Where a pod may run, and who decides. Called by the pod's manifest."""

from typing import Any

from chartspark_api.placement import Toleration
from chartspark_api.pod import Pod

from chartspark_operator.settings import Settings


def placement(pod: Pod, settings: Settings) -> dict[str, Any]:
    """Return the fields of the pod's spec that place it."""
    of_gpus = settings.gpu_runtime_class_name if pod.gpu.count else ""
    fields = {
        "nodeSelector": pod.node_selector,
        "tolerations": [toleration.to_json_object() for toleration in _tolerations(pod)],
        "affinity": pod.affinity.to_json_object() if pod.affinity else None,
        "schedulerName": pod.scheduler_name,
        "priorityClassName": pod.priority_class_name,
        "runtimeClassName": pod.runtime_class_name or of_gpus,
    }
    return {field: value for field, value in fields.items() if value}


def _tolerations(pod: Pod) -> tuple[Toleration, ...]:
    if not pod.gpu.count:
        return pod.tolerations
    return (*pod.tolerations, Toleration(key=pod.gpu.resource_name))
