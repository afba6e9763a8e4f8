"""A retry begins another round over what failed or is missing, once for each value of the annotation."""

from dataclasses import replace
from datetime import datetime

from chartspark_api.conditions import ConditionType
from chartspark_api.reasons import Reason
from chartspark_api.status import LastRetry, Shard

from chartspark_operator.observed import Observed, Refusal
from chartspark_operator.planned import Event, Plan
from chartspark_operator.retry import is_asked_for, refusal
from chartspark_operator.rules.place import NOT_QUEUED
from chartspark_operator.times import stamp_exactly

ENDS = frozenset({ConditionType.COMPLETE, ConditionType.FAILED, ConditionType.FINISHED})


def begin_another_round(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Take an ended job up again, or say why not. Either way the annotation is used up."""
    nonce = observed.owner.retry
    if not is_asked_for(observed):
        return draft
    if draft.status.start_time is None:
        # A manifest that is applied anew asks for nothing by an annotation that it once got.
        return draft.with_status(
            {"retry": LastRetry(nonce=nonce, message="It was there from the beginning.")}
        )
    why_not = refusal(observed)
    if why_not is not None:
        refused = draft.with_status({"retry": LastRetry(nonce=nonce, message=why_not)})
        notice = Event("Warning", Reason.RETRY_REFUSED, why_not, stamp_exactly(now), mark=nonce)
        return replace(refused, notices=(notice,))
    number = draft.status.round + 1
    return _taken_up(observed, draft, LastRetry(nonce=nonce, message=f"Round {number} began."), number)


def _taken_up(observed: Observed, draft: Plan, retry: LastRetry, number: int) -> Plan:
    status = draft.status
    progress = status.progress
    return draft.with_status(
        {
            **NOT_QUEUED,
            "retry": retry,
            "round": number,
            "failed_attempts": 0,
            "free_attempts": 0,
            "completion_time": None,
            "reason": None,
            "message": f"Round {number} makes what failed or is missing.",
            "conditions": tuple(
                c for c in status.conditions if c.type not in ENDS | {ConditionType.ADMITTED}
            ),
            "progress": progress and progress.model_copy(update={"charts_failed": 0}),
            "failed_charts": (),
            "shards": tuple(_to_be_tried(observed, shard) for shard in status.shards),
        }
    )


def _to_be_tried(observed: Observed, shard: Shard) -> Shard:
    """Return a share as another round finds it: nothing of it has failed, and it is finished if it lacks no chart."""
    asked = observed.asked
    whole = isinstance(asked, Refusal) or shard.charts_done >= len(asked.charts_of(shard.number))
    return shard if whole else shard.model_copy(update={"charts_failed": 0, "finished_attempt": None})
