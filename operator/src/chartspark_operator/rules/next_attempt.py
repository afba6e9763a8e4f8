"""The first attempt begins at once; a later one after a pause, over the shards that are left."""

from datetime import datetime, timedelta

from chartspark_api.names import attempt_name
from chartspark_api.reasons import Reason, explain
from chartspark_api.status import LISTED_ATTEMPTS, Attempt

from chartspark_operator.observed import Observed, Refusal
from chartspark_operator.planned import Plan
from chartspark_operator.rules.batch import batch_after
from chartspark_operator.rules.shards import unfinished_shards, unmade_shards, write_shards
from chartspark_operator.rules.stuck import waiting_for_the_dead
from chartspark_operator.times import read, stamp

LONGEST_PAUSE = timedelta(minutes=5)
MOST_DOUBLINGS = 20
"""Beyond these the longest pause is reached, and the number itself would grow without end."""


def decide_on_the_next_attempt(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Write the next attempt into the status, where there is to be one and its time has come.

    `finish_when_nothing_is_left` has run: an attempt that ended is one to be repeated.
    """
    asked, last = observed.asked, draft.last_attempt
    if isinstance(asked, Refusal):
        return draft
    if last is None:
        return _begin(observed, draft, unmade_shards(draft.status, asked.shards), None, now)
    if last.end_time is None or last.reason is None:
        return draft
    waiting, due, batch = draft, read(last.end_time), batch_after(last, asked.batch_size)
    if last.reason is not Reason.SUSPENDED:
        failed, free = draft.status.failed_attempts, draft.status.free_attempts
        due += pause_after(failed + free, explain(last.reason).pause_seconds)
        left = asked.attempts - failed
        waiting = draft.in_reason(
            Reason.RETRYING,
            f"Attempt {last.number} ended with {last.reason}: {last.message} "
            f"Attempt {last.number + 1} begins at {stamp(due)}{_told(last, batch)}; "
            f"{left} of {asked.attempts} are left.",
        )
    if now < due:
        return waiting.waking(due)
    if any(job.at_work for job in observed.jobs) or any(not pod.ended for pod in observed.pods):
        # Two pods at one chart would waste the second's work; the deletion of the last one wakes us.
        return waiting_for_the_dead(observed, waiting, now)
    return _begin(observed, waiting, unfinished_shards(draft.status, last), batch, now)


def pause_after(ended: int, first_seconds: int) -> timedelta:
    """Return how long to wait after so many attempts: twice as long each time, at most 5 min."""
    doublings: int = 2 ** min(max(0, ended - 1), MOST_DOUBLINGS)
    return min(timedelta(seconds=first_seconds) * doublings, LONGEST_PAUSE)


def _told(last: Attempt, batch: int | None) -> str:
    return "" if batch == last.batch_size else f" with batches of {batch}"


def _begin(
    observed: Observed, draft: Plan, shards: tuple[int, ...], batch: int | None, now: datetime
) -> Plan:
    owner = observed.owner
    # Beyond those that somebody made the status forget: what became of them says nothing of this one.
    number = max((draft.status.last_attempt_number, *(job.attempt for job in observed.jobs))) + 1
    attempt = Attempt(
        number=number,
        job=attempt_name(owner.key.name, owner.uid, number),
        shards=write_shards(shards),
        round=draft.status.round,
        batch_size=batch,
        start_time=stamp(now),
    )
    return draft.with_status({"attempts": (*draft.status.attempts, attempt)[-LISTED_ATTEMPTS:]})
