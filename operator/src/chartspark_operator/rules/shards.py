"""Shards as the status writes them, and which of them are left. Called by several rules."""

from chartspark_api.status import Attempt

from chartspark_operator.observed import Observed


def write_shards(shards: tuple[int, ...]) -> str:
    """Return shards as the runner's argument and the status have them: 0,2."""
    return ",".join(str(shard) for shard in shards)


def read_shards(text: str) -> tuple[int, ...]:
    """Return the shards that `write_shards` wrote."""
    return tuple(int(shard) for shard in text.split(","))


def unfinished_shards(observed: Observed, attempt: Attempt) -> tuple[int, ...]:
    """Return the shards of `attempt` that did not complete. All of them, if its Job is gone: the runner skips what is published."""
    job = observed.job_of(attempt)
    completed = job.completed_shards if job is not None else frozenset[int]()
    return tuple(shard for shard in read_shards(attempt.shards) if shard not in completed)
