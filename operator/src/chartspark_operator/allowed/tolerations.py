"""Tolerations: a taint keeps pods off nodes that are somebody else's, or ill."""

from chartspark_api.pod import Pod

from chartspark_operator.allowed.sentences import is_listed, outside
from chartspark_operator.settings import Settings

VALUE = "allowed.tolerations"


def tolerations(pod: Pod, settings: Settings) -> str | None:
    """Refuse a toleration whose key is neither the GPUs' resource nor listed."""
    of_gpus = (pod.gpu.resource_name,) if pod.gpu.count else ()
    allowed = (*of_gpus, *settings.allowed_tolerations)
    for toleration in pod.tolerations:
        if not is_listed(toleration.key, allowed):
            return outside("spec.pod.tolerations", toleration.key, allowed, VALUE)
    return None
