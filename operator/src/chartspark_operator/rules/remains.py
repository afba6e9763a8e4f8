"""Nothing works for a job that has ended."""

from datetime import datetime

from chartspark_operator.actions import StopAttempt
from chartspark_operator.observed import Observed
from chartspark_operator.planned import Plan


def stop_what_outlives_the_end(observed: Observed, draft: Plan, _now: datetime) -> Plan:
    """Stop the Job that an operator meant to stop when it wrote down the end, and was killed before it did."""
    if draft.status.completion_time is None:
        return draft
    for job in observed.jobs:
        if not (job.complete or job.failed or job.deleting):
            draft = draft.doing(StopAttempt(job.name, job.uid))
    return draft
