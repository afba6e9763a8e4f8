"""The priority class: a high one evicts other people's pods."""

from chartspark_api.pod import Pod

from chartspark_operator.allowed.sentences import unless_listed
from chartspark_operator.settings import Settings

VALUE = "allowed.priorityClasses"


def priority_class(pod: Pod, settings: Settings) -> str | None:
    """Refuse a priority class that is not listed."""
    return unless_listed(
        "spec.pod.priorityClassName", pod.priority_class_name, settings.allowed_priority_classes, VALUE
    )
