"""The priority class: a high one evicts other people's pods."""

from chartspark_api.pod import Pod

from chartspark_operator.allowed.sentences import is_listed, outside
from chartspark_operator.settings import Settings

VALUE = "allowed.priorityClasses"


def priority_class(pod: Pod, settings: Settings) -> str | None:
    """Refuse a priority class that is not listed."""
    name, allowed = pod.priority_class_name, settings.allowed_priority_classes
    if name is None or is_listed(name, allowed):
        return None
    return outside("spec.pod.priorityClassName", name, allowed, VALUE)
