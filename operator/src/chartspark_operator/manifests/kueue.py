"""What makes Kueue take a Job up: the labels that it goes by, and a Job that waits to be begun. Called by the attempt's manifest."""

from typing import Any, Final

from chartspark_api.spec import Queue

QUEUE_LABEL: Final = "kueue.x-k8s.io/queue-name"
PRIORITY_LABEL: Final = "kueue.x-k8s.io/priority-class"


def kueue_labels(queue: Queue) -> dict[str, str]:
    """Return the labels of a Job in a queue of Kueue's."""
    named = {QUEUE_LABEL: queue.kueue_queue_name, PRIORITY_LABEL: queue.kueue_priority_class_name}
    return {label: name for label, name in named.items() if name is not None}


def suspension(queue: Queue) -> dict[str, Any]:
    """Return the part of a Job's spec that leaves its begin to Kueue. Without it pods could run before Kueue looks."""
    return {"suspend": True} if queue.kueue_queue_name is not None else {}
