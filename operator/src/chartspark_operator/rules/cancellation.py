"""A job that nobody wants any more ends, and keeps what it has."""

from datetime import datetime

from chartspark_api.conditions import ConditionType
from chartspark_api.reasons import Reason

from chartspark_operator.observed import Observed, Refusal
from chartspark_operator.planned import Plan
from chartspark_operator.rules.ending import Verdict, end
from chartspark_operator.rules.stop import about_to_end, stop_the_live_attempt


def end_what_is_cancelled(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """End the job at spec.cancel. An attempt that has just ended by itself is counted first."""
    asked, progress = observed.asked, draft.status.progress
    if isinstance(asked, Refusal) or not asked.cancel or about_to_end(observed, draft) or progress is None:
        return draft
    stopped = stop_the_live_attempt(observed, draft, now, Reason.CANCELLED, "spec.cancel was set.")
    published = f"{progress.charts_done} of {progress.charts_total} charts are published"
    message = f"The job was cancelled. {published}, and stay in {asked.results_path}; the rest is not made."
    return end(observed, stopped, now, Verdict(ConditionType.FAILED, Reason.CANCELLED, message))
