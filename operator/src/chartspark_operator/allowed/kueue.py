"""Kueue: the operator has to be told that it is there, and may read of it only then."""

from chartspark_api.spec import Queue

from chartspark_operator.settings import Settings

VALUE = "kueue.enabled"


def kueue(queue: Queue, settings: Settings) -> str | None:
    """Refuse a queue of Kueue's where the operator does not look at Kueue."""
    if queue.kueue_queue_name is None or settings.kueue_enabled:
        return None
    return (
        f"spec.queue.kueueQueueName names {queue.kueue_queue_name}, and this installation does not work with Kueue. "
        f"Leave it out, or have the chart's value {VALUE} set to true."
    )
