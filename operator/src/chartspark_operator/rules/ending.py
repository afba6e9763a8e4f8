"""How a job's end is written. Called by the rules that end one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from chartspark_api.conditions import ConditionStatus, ConditionType
from chartspark_api.reasons import Reason

from chartspark_operator.observed import Observed, Request
from chartspark_operator.planned import Plan
from chartspark_operator.rules.condition import condition
from chartspark_operator.rules.remains import stop_what_is_not_wanted
from chartspark_operator.times import stamp


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a job ends."""

    kind: Literal[ConditionType.COMPLETE, ConditionType.FAILED]
    reason: Reason
    message: str


def with_what_is_published(draft: Plan, asked: Request, reason: Reason, cause: str) -> Verdict:
    """Return how a job ends that is given up: as failed for `reason`, or with the charts that it has."""
    progress = draft.status.progress
    if progress is None or progress.charts_done == 0:
        return Verdict(ConditionType.FAILED, reason, cause)
    counts = (
        f"{progress.charts_done} of {progress.charts_total} charts are published in {asked.results_path}."
    )
    return Verdict(ConditionType.COMPLETE, Reason.COMPLETE_WITH_FAILURES, f"{counts} {cause}")


def end(observed: Observed, draft: Plan, now: datetime, verdict: Verdict) -> Plan:
    """Return the plan that ends the job, and looks again when its time to live is over."""
    told = verdict.reason, verdict.message
    for kind in (verdict.kind, ConditionType.FINISHED):
        draft = draft.with_condition(condition(observed, now, kind, ConditionStatus.TRUE, told))
    ended = draft.in_reason(*told).with_status(
        {"completion_time": stamp(now), "queued_time": None, "queue_position": None}
    )
    # In the same pass: nothing wakes the operator again for a job that has ended.
    stopped = stop_what_is_not_wanted(observed, ended, now)
    return stopped.waking(now + timedelta(seconds=observed.asked.ttl_seconds)).ending()
