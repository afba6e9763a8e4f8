"""The first look at a job: when it began, and where its results will be."""

from datetime import datetime

from chartspark_api.status import Progress, Results

from chartspark_operator.observed import Observed, Refusal
from chartspark_operator.planned import Plan
from chartspark_operator.times import stamp


def open_the_status(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Fill in what is known before anything has happened, and the generation that is looked at."""
    asked = observed.asked
    if isinstance(asked, Refusal):
        return draft
    opened = draft.with_status({"observed_generation": observed.owner.generation})
    if opened.status.start_time is not None:
        return opened
    total = len(asked.charts)
    nothing_yet = Progress(
        charts_total=total, charts_done=0, charts_failed=0, summary=f"0/{total}", updated_time=stamp(now)
    )
    return opened.with_status(
        {
            "start_time": stamp(now),
            # Where there are Jobs, somebody emptied the status. What failed in an earlier round is being tried again.
            "round": max((job.round for job in observed.jobs), default=1),
            "progress": nothing_yet,
            "results": Results(path=asked.results_path),
        }
    )
