"""Shards as the status writes them, and which of them are left. Called by several rules."""

from chartspark_api.status import Attempt, ChartSparkJobStatus


def write_shards(shards: tuple[int, ...]) -> str:
    """Return shards as the runner's argument and the status have them: 0,2."""
    return ",".join(str(shard) for shard in shards)


def read_shards(text: str) -> tuple[int, ...]:
    """Return the shards that `write_shards` wrote."""
    return tuple(int(shard) for shard in text.split(","))


def unfinished_shards(status: ChartSparkJobStatus, attempt: Attempt) -> tuple[int, ...]:
    """Return the shards of `attempt` of which no pod reported that it tried every chart. The runner skips what is published."""
    finished = {shard.number for shard in status.shards if shard.finished_attempt is not None}
    return tuple(shard for shard in read_shards(attempt.shards) if shard not in finished)
