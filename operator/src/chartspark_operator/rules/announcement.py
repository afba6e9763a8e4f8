"""A new reason is told as a Kubernetes event, once, after the status says it.

An operator that is killed between the two leaves an event untold, and cannot know; the next one tells it
again. The event's name follows from the status, so that the API server refuses the second of two.
"""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from chartspark_api.reasons import Reason
from chartspark_api.status import ChartSparkJobStatus

from chartspark_operator.observed import Observed
from chartspark_operator.planned import Event, Plan
from chartspark_operator.times import stamp_exactly

EXPECTED = frozenset(
    {
        Reason.QUEUED,
        Reason.ADMITTED,
        Reason.STARTING,
        Reason.RUNNING,
        Reason.SUSPENDED,
        Reason.CANCELLED,
        Reason.COMPLETE,
    }
)
"""What a job goes through if all is well, or as its user wants it. The rest is a warning."""


def announce_a_new_reason(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Add the event of a reason that differs from the one observed, and of the observed one if it is untold."""
    if observed.untold:
        draft = replace(draft, overdue=_events(observed.status))
    if draft.status.reason in {None, observed.status.reason}:
        return draft
    dated = draft.with_status({"transition_time": stamp_exactly(now)})
    return replace(dated, events=_events(dated.status))


def _events(status: ChartSparkJobStatus) -> tuple[Event, ...]:
    if status.reason is None or status.transition_time is None:
        return ()
    kind: Literal["Normal", "Warning"] = "Normal" if status.reason in EXPECTED else "Warning"
    return (Event(kind, status.reason, status.message or "", status.transition_time),)
