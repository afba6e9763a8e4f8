"""A new reason is told as a Kubernetes event, once, after the status says it."""

from dataclasses import replace
from typing import Literal

from chartspark_api.reasons import Reason

from chartspark_operator.observed import Observed
from chartspark_operator.planned import Event, Plan

EXPECTED = frozenset({Reason.STARTING, Reason.RUNNING, Reason.COMPLETE})
"""What a job goes through if all is well. The rest is a warning."""


def announce_a_new_reason(observed: Observed, draft: Plan) -> Plan:
    """Add the event of a reason that differs from the one in the status as observed."""
    reason, message = draft.status.reason, draft.status.message
    if reason is None or reason == observed.status.reason:
        return draft
    kind: Literal["Normal", "Warning"] = "Normal" if reason in EXPECTED else "Warning"
    return replace(draft, events=(*draft.events, Event(kind, reason, message or "")))
