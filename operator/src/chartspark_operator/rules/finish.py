"""A job ends when every shard was tried, or when another attempt is pointless or used up."""

from datetime import datetime

from chartspark_api.conditions import ConditionType
from chartspark_api.names import RETRY_ANNOTATION
from chartspark_api.reasons import Reason, Retry, explain
from chartspark_api.status import Attempt, Progress

from chartspark_operator.observed import Observed, Refusal, Request
from chartspark_operator.planned import Plan
from chartspark_operator.rules.ending import Verdict, end
from chartspark_operator.rules.shards import unfinished_shards


def finish_when_nothing_is_left(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """End the job whose last attempt ended well, ended for good, or was the last that it had."""
    asked, attempt, progress = observed.asked, draft.last_attempt, draft.status.progress
    if isinstance(asked, Refusal) or attempt is None or attempt.reason is None or progress is None:
        return draft
    if not unfinished_shards(draft.status, attempt):
        return end(observed, draft, now, _all_tried(progress, asked))
    if explain(attempt.reason).retry is not Retry.NEVER and draft.status.failed_attempts < asked.attempts:
        return draft
    return end(observed, draft, now, _given_up(progress, attempt, attempt.reason))


def _all_tried(progress: Progress, asked: Request) -> Verdict:
    if progress.charts_done == 0:
        explanation = explain(Reason.ALL_CHARTS_FAILED)
        message = f"{explanation.cause} {explanation.remedy}"
        return Verdict(ConditionType.FAILED, Reason.ALL_CHARTS_FAILED, message)
    counts = f"{progress.charts_done} of {progress.charts_total} charts are published in {asked.results_path}"
    if progress.charts_below_minimum:
        counts += f"; {progress.charts_below_minimum} of them below minScorePercent, which index.html names"
    if progress.charts_done == progress.charts_total:
        return Verdict(ConditionType.COMPLETE, Reason.COMPLETE, f"{counts}.")
    remedy = explain(Reason.COMPLETE_WITH_FAILURES).remedy
    told = f"{counts}. {_what_a_retry_does(progress)} {remedy}"
    return Verdict(ConditionType.COMPLETE, Reason.COMPLETE_WITH_FAILURES, told)


def _given_up(progress: Progress, attempt: Attempt, reason: Reason) -> Verdict:
    cause = f"Attempt {attempt.number} was the last, and ended with {reason}: {attempt.message}"
    remedy = explain(reason).remedy
    if progress.charts_done == 0:
        return Verdict(ConditionType.FAILED, reason, f"{cause} {remedy}")
    counts = f"{progress.charts_done} of {progress.charts_total} charts are published."
    told = f"{counts} {cause} {remedy} {_what_a_retry_does(progress)}"
    return Verdict(ConditionType.COMPLETE, Reason.COMPLETE_WITH_FAILURES, told)


def _what_a_retry_does(progress: Progress) -> str:
    missing = progress.charts_total - progress.charts_done
    return f"The annotation {RETRY_ANNOTATION}=1 would try the {missing} missing again, and leave the rest as it is."
