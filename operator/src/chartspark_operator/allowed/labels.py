"""Labels of the pods: selectors of services, network policies and meshes go by them."""

from chartspark_api.pod import Pod

from chartspark_operator.allowed.reserved_keys import is_reserved, reserved
from chartspark_operator.allowed.sentences import is_listed, outside
from chartspark_operator.settings import Settings

VALUE = "allowed.labels"
FIELD = "spec.pod.labels"


def labels(pod: Pod, settings: Settings) -> str | None:
    """Refuse a key that is reserved or not listed."""
    for key in pod.labels:
        if is_reserved(key):
            return reserved(FIELD, key)
        if not is_listed(key, settings.allowed_labels):
            return outside(FIELD, key, settings.allowed_labels, VALUE)
    return None
