"""Tables that changed after the first attempt change nothing, and that is told."""

from datetime import datetime

from chartspark_api.reasons import Reason, explain

from chartspark_operator.observed import Observed
from chartspark_operator.planned import Plan


def tell_of_changed_tables(observed: Observed, draft: Plan, _now: datetime) -> Plan:
    """Say it when a later attempt begins: until its Job is seen, this is the job's reason, and so an event."""
    found = observed.surroundings
    if found is None or not found.tables_changed or draft.live_attempt is None:
        return draft
    told = explain(Reason.TABLES_CHANGED)
    return draft.in_reason(Reason.TABLES_CHANGED, f"{told.cause} {told.remedy}")
