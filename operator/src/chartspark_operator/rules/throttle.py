"""Progress alone is written at most every ten seconds."""

from dataclasses import replace
from datetime import datetime, timedelta

from chartspark_operator.observed import Observed
from chartspark_operator.planned import Plan
from chartspark_operator.times import read

SHORTEST_PAUSE = timedelta(seconds=10)
"""A thousand jobs that each wrote every poll would be most of what the API server does."""


def hold_back_mere_progress(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Put off a write that nothing but progress asks for."""
    before, after = observed.status, draft.status
    if before.progress is None or after.progress == before.progress:
        return draft
    if after.model_copy(update={"progress": before.progress, "shards": before.shards}) != before:
        return draft
    due = read(before.progress.updated_time) + SHORTEST_PAUSE
    return replace(draft, status=before).waking(due) if now < due else draft
