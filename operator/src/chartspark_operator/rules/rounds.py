"""Which attempts belong to the round that the job is in. Called by the rules that hear and count what pods say."""

from chartspark_api.status import ChartSparkJobStatus


def of_this_round(status: ChartSparkJobStatus, attempt: int) -> bool:
    """Say whether the attempt with this number is none of an earlier round, whose failures are tried again."""
    if status.round == 1:
        return True
    first = min((one.number for one in status.attempts if one.round == status.round), default=None)
    return first is not None and attempt >= first
