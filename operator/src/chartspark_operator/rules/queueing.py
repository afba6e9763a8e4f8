"""A job begins when its turn has come. The ledger says whether it has; this says what follows."""

from datetime import datetime, timedelta

from chartspark_api.conditions import ConditionType
from chartspark_api.names import RETRY_ANNOTATION
from chartspark_api.reasons import Reason, explain

from chartspark_operator.admission.demand import Need
from chartspark_operator.admission.standing import is_admitted
from chartspark_operator.admission.turn import Turn
from chartspark_operator.observed import Observed, Refusal
from chartspark_operator.planned import Plan
from chartspark_operator.rules.ending import Verdict, end
from chartspark_operator.rules.place import in_its_place, without_a_place
from chartspark_operator.times import read, stamp


def wait_for_the_turn(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Take the place, wait for it, or give up. What is written here is all that waiting costs."""
    asked, turn = observed.asked, observed.turn
    if isinstance(asked, Refusal) or asked.kueue_queue is not None or is_admitted(draft.status):
        return draft
    if turn.granted:
        return _admitted(observed, draft, now)
    if (verdict := _hopeless(observed, turn)) is not None:
        return end(observed, draft, now, verdict)
    since = read(draft.status.queued_time) if draft.status.queued_time is not None else now
    waiting = _waiting(observed, draft, now).with_status({"queued_time": stamp(since)})
    if asked.queue_seconds is None:
        return waiting.ending()
    due = since + timedelta(seconds=asked.queue_seconds)
    if now < due:
        return waiting.waking(due).ending()
    return end(observed, draft, now, _out_of_time(asked.queue_seconds, turn.lack))


def _admitted(observed: Observed, draft: Plan, now: datetime) -> Plan:
    message = explain(Reason.ADMITTED).cause
    return in_its_place(observed, draft, now, message).in_reason(Reason.ADMITTED, message)


def _waiting(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Return the plan that tells what the job waits for. Beyond the first hundred it is told once."""
    turn, status = observed.turn, draft.status
    if status.reason is Reason.QUEUED and turn.position == status.queue_position:
        return draft
    lack = f"It waits for {turn.lack}" if turn.lack is not None else "It waits for its turn"
    place = (
        f"position {turn.position} of {turn.waiting}"
        if turn.position is not None
        else "more than 100 wait before it"
    )
    message = f"{lack}; {place}."
    told = without_a_place(observed, draft, now, (Reason.QUEUED, message))
    return told.in_reason(Reason.QUEUED, message).with_status({"queue_position": turn.position})


def _hopeless(observed: Observed, turn: Turn) -> Verdict | None:
    if turn.beyond is not None:
        message = (
            f"The job asks for {turn.beyond}, and will never get it: lower spec.parallelism or "
            "spec.pod.gpu.count, or have the limit raised."
        )
        return Verdict(ConditionType.FAILED, Reason.INVALID_REQUEST, message)
    if turn.queue_limit is not None and observed.status.start_time is None:
        message = (
            f"{turn.queue_limit} jobs wait already, and the queue holds no more. Once fewer wait (kubectl get "
            f"csj -A | grep -c Queued), annotate the job with {RETRY_ANNOTATION}=1 to try again."
        )
        return Verdict(ConditionType.FAILED, Reason.QUEUE_FULL, message)
    return None


def _out_of_time(seconds: int, lack: Need | None) -> Verdict:
    waited = f"The job waited {seconds} seconds, its spec.deadlines.queueSeconds,"
    message = f"{waited} for {lack or 'its turn'}. {explain(Reason.QUEUED_TOO_LONG).remedy}"
    return Verdict(ConditionType.FAILED, Reason.QUEUED_TOO_LONG, message)
