"""Annotations of the pods: meshes, autoscalers and network plugins act on them."""

from chartspark_api.pod import Pod

from chartspark_operator.allowed.reserved_keys import is_reserved, reserved
from chartspark_operator.allowed.sentences import is_listed, outside
from chartspark_operator.settings import Settings

VALUE = "allowed.annotations"
FIELD = "spec.pod.annotations"


def annotations(pod: Pod, settings: Settings) -> str | None:
    """Refuse a key that is reserved or not listed."""
    for key in pod.annotations:
        if is_reserved(key):
            return reserved(FIELD, key)
        if not is_listed(key, settings.allowed_annotations):
            return outside(FIELD, key, settings.allowed_annotations, VALUE)
    return None
