"""A job rests while its spec says so, and goes on where it was."""

from datetime import datetime

from chartspark_api.conditions import ConditionStatus, ConditionType, holds
from chartspark_api.reasons import Reason, explain

from chartspark_operator.observed import Observed, Refusal
from chartspark_operator.planned import Plan
from chartspark_operator.rules.condition import condition
from chartspark_operator.rules.place import leave_the_queue
from chartspark_operator.rules.remains import stop_what_is_not_wanted
from chartspark_operator.rules.stop import about_to_end, stop_the_live_attempt


def rest_while_suspended(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Stop the pods and give the place back. An attempt that has just ended by itself is counted first."""
    asked, progress = observed.asked, draft.status.progress
    if isinstance(asked, Refusal) or progress is None:
        return draft
    if not asked.suspend:
        return _resumed(observed, draft, now)
    if about_to_end(observed, draft):
        return draft
    message = (
        f"The job rests, because spec.suspend says so. {progress.charts_done} of {progress.charts_total} "
        "charts are published, and stay; it goes on with the others once spec.suspend is false."
    )
    stopped = stop_the_live_attempt(observed, draft, now, Reason.SUSPENDED, "spec.suspend was set.")
    told = Reason.SUSPENDED, message
    resting = leave_the_queue(observed, stopped, now, told).with_condition(
        condition(observed, now, ConditionType.SUSPENDED, ConditionStatus.TRUE, told)
    )
    # In the same pass: an attempt that was settled just now may have left a Job, and nothing wakes the operator again.
    return stop_what_is_not_wanted(observed, resting.in_reason(*told), now).ending()


def _resumed(observed: Observed, draft: Plan, now: datetime) -> Plan:
    if not holds(draft.status.conditions, ConditionType.SUSPENDED):
        return draft
    cause = explain(Reason.RESUMED).cause
    return draft.with_condition(
        condition(observed, now, ConditionType.SUSPENDED, ConditionStatus.FALSE, (Reason.RESUMED, cause))
    )
