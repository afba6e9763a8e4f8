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
    finished = _finished(status)
    return tuple(shard for shard in read_shards(attempt.shards) if shard not in finished)


def unmade_shards(status: ChartSparkJobStatus, number: int) -> tuple[int, ...]:
    """Return the shards, of `number`, that the first attempt of a round works on: what an earlier round finished is left out."""
    finished = _finished(status)
    return tuple(shard for shard in range(number) if shard not in finished) or tuple(range(number))


def _finished(status: ChartSparkJobStatus) -> set[int]:
    return {shard.number for shard in status.shards if shard.finished_attempt is not None}
