"""The live attempt is stopped, because somebody wants it so. Called by the refusal, the cancellation and the suspension."""

from datetime import datetime

from chartspark_api.reasons import Reason

from chartspark_operator.actions import StopAttempt
from chartspark_operator.observed import Observed
from chartspark_operator.planned import LONGEST_SENTENCE, Plan
from chartspark_operator.times import stamp


def stop_the_live_attempt(
    observed: Observed, draft: Plan, now: datetime, reason: Reason, message: str
) -> Plan:
    """Write down that the live attempt ends, if there is one, and delete its Job.

    Where the Job is not in sight, `stop_what_is_not_wanted` deletes it when it comes.
    """
    live = draft.live_attempt
    if live is None:
        return draft
    ended = draft.with_last_attempt(
        {"reason": reason, "message": message[:LONGEST_SENTENCE], "end_time": stamp(now)}
    )
    job = observed.job_of(live)
    return ended if job is None else ended.doing(StopAttempt(job.name, job.uid))


def about_to_end(observed: Observed, draft: Plan) -> bool:
    """Say whether the live attempt has ended by itself, and only its pods' reports are waited for."""
    job = observed.job_of(draft.live_attempt) if draft.live_attempt is not None else None
    return job is not None and (job.complete or job.failed)
