"""The place in the operator's own queue: a high one keeps other people's jobs waiting."""

from chartspark_api.spec import Queue

from chartspark_operator.settings import Settings

VALUE = "allowed.maxPriority"


def priority(queue: Queue, settings: Settings) -> str | None:
    """Refuse a priority above the highest that jobs may have."""
    if queue.priority <= settings.max_priority:
        return None
    return (
        f"spec.queue.priority is {queue.priority}, and this installation allows at most {settings.max_priority}. "
        f"Lower it, or have the chart's value {VALUE} raised."
    )
