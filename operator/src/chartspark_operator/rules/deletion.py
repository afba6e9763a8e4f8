"""A job that is being deleted is left alone."""

from datetime import datetime

from chartspark_operator.observed import Observed
from chartspark_operator.planned import Plan


def leave_what_is_deleted(observed: Observed, draft: Plan, _now: datetime) -> Plan:
    """End the plan for a job that is on its way out: a child created now could outlive it."""
    return draft.ending() if observed.owner.deleting else draft
