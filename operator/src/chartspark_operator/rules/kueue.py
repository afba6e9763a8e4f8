"""In a queue of Kueue's the attempt's Job begins, rests and goes on when Kueue says so. The status repeats why."""

from datetime import datetime, timedelta

from chartspark_api.reasons import Reason, explain
from chartspark_api.status import Attempt

from chartspark_operator.admission.standing import is_admitted
from chartspark_operator.kueue_words import what_kueue_says
from chartspark_operator.observed import ChildJob, Observed, Refusal, Request
from chartspark_operator.planned import LONGEST_SENTENCE, Plan
from chartspark_operator.rules.ending import end, with_what_is_published
from chartspark_operator.rules.place import NOT_QUEUED, in_its_place, without_a_place
from chartspark_operator.rules.stuck import waiting_for_the_dead
from chartspark_operator.times import read, stamp


def follow_kueue(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Tell whether the live attempt's Job may have pods, and give up when it has waited for too long."""
    asked, attempt = observed.asked, draft.live_attempt
    if isinstance(asked, Refusal):
        return draft
    job = observed.job_of(attempt) if attempt is not None else None
    if attempt is None or job is None or not job.at_work:
        return draft.with_status(NOT_QUEUED) if asked.kueue_queue is not None else draft
    if not job.suspended:
        return draft if asked.kueue_queue is None else _let_in(observed, draft, job, now)
    waiting = _waiting(observed, _paused(draft, attempt), asked, job, now)
    return waiting if asked.kueue_queue is None else _within_its_time(observed, waiting, asked, now)


def _let_in(observed: Observed, draft: Plan, job: ChildJob, now: datetime) -> Plan:
    if is_admitted(draft.status):
        return draft
    workload = observed.workload_of(job)
    quota = f" with quota of the ClusterQueue {workload.cluster_queue}" if workload is not None else ""
    return in_its_place(observed, draft, now, f"Kueue admitted the Job {job.name}{quota}.")


def _paused(draft: Plan, attempt: Attempt) -> Plan:
    """Return the plan in which nothing that pods did before counts against those that come after the pause."""
    shards = tuple(
        shard.model_copy(update={"heard_time": None}) if shard.heard_attempt == attempt.number else shard
        for shard in draft.status.shards
    )
    return draft.with_last_attempt({"running_time": None}).with_status({"shards": shards})


def _waiting(observed: Observed, draft: Plan, asked: Request, job: ChildJob, now: datetime) -> Plan:
    words = what_kueue_says(observed, asked, job, now)
    told = draft.in_reason(words.reason, words.message)
    if words.look_again is not None:
        told = told.waking(words.look_again)
    if asked.kueue_queue is not None:
        since = draft.status.queued_time or stamp(now)
        message = words.message[:LONGEST_SENTENCE]
        told = without_a_place(observed, told, now, (words.reason, message)).with_status(
            {"queued_time": since}
        )
    return waiting_for_the_dead(observed, told, now)


def _within_its_time(observed: Observed, draft: Plan, asked: Request, now: datetime) -> Plan:
    if asked.queue_seconds is None or draft.status.queued_time is None:
        return draft
    due = read(draft.status.queued_time) + timedelta(seconds=asked.queue_seconds)
    if now < due:
        return draft.waking(due)
    cause = (
        f"The job waited {asked.queue_seconds} seconds, its spec.deadlines.queueSeconds, in the queue "
        f"{asked.kueue_queue}. {draft.status.message} {explain(Reason.QUEUED_TOO_LONG).remedy}"
    )
    given_up = draft.with_last_attempt(
        {"reason": Reason.QUEUED_TOO_LONG, "message": cause[:LONGEST_SENTENCE], "end_time": stamp(now)}
    )
    return end(observed, given_up, now, with_what_is_published(draft, asked, Reason.QUEUED_TOO_LONG, cause))
