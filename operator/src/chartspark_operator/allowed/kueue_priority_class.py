"""The priority class in a queue of Kueue's: a high one preempts other people's jobs."""

from chartspark_api.spec import Queue

from chartspark_operator.allowed.sentences import unless_listed
from chartspark_operator.settings import Settings

VALUE = "allowed.kueuePriorityClasses"


def kueue_priority_class(queue: Queue, settings: Settings) -> str | None:
    """Refuse a priority class that is not listed."""
    name, allowed = queue.kueue_priority_class_name, settings.allowed_kueue_priority_classes
    return unless_listed("spec.queue.kueuePriorityClassName", name, allowed, VALUE)
