"""A job that has ended is deleted when its time to live is over."""

from datetime import datetime, timedelta

from chartspark_operator.actions import DeleteObject
from chartspark_operator.observed import Observed
from chartspark_operator.planned import Plan
from chartspark_operator.times import read


def delete_what_is_expired(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """End the plan of a job that has ended: delete it, or wait until it is due.

    The time counts from what stands in the status, so that a restart of the operator forgets nothing.
    """
    if draft.status.completion_time is None:
        return draft
    due = read(draft.status.completion_time) + timedelta(seconds=observed.asked.ttl_seconds)
    if now < due:
        return draft.waking(due).ending()
    return draft.doing(DeleteObject(observed.owner.uid)).ending()
