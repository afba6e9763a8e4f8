"""Where a job stands: in the queue, in its place, or in neither. Pure. Called by the ledger and by the survey.

A place is taken from the moment that the status says Admitted until the job has ended or rests, and as long
as any Job or pod of it is at work: what is being stopped still holds its GPUs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from chartspark_api.conditions import ConditionType, holds
from chartspark_api.reasons import Reason
from chartspark_api.status import ChartSparkJobStatus

from chartspark_operator.admission.demand import Demand
from chartspark_operator.observed import ChildJob, ChildPod, Owner, Refusal, Request

ASIDE = frozenset({Reason.BLOCKED, Reason.MISSING_CLAIM, Reason.MISSING_CONFIG_MAP})
"""A job without a place in one of these lacks something that others have to bring. It lets them pass."""


class Where(Enum):
    """Where a job stands."""

    NOWHERE = auto()
    WAITING = auto()
    IN_PLACE = auto()
    """It uses what it needs."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a job stands, and with what need."""

    where: Where
    demand: Demand | None = None


NOWHERE = Standing(Where.NOWHERE)


def standing(
    owner: Owner,
    asked: Request | Refusal,
    status: ChartSparkJobStatus,
    jobs: Iterable[ChildJob],
    pods: Iterable[ChildPod],
) -> Standing:
    """Return where a job stands."""
    left = left_behind(jobs, pods)
    if isinstance(asked, Refusal):
        return left
    if asked.kueue_queue is not None:
        # Its room is Kueue's to count.
        return NOWHERE
    demand = asked.demand_in(owner.key.namespace)
    if is_admitted(status) or left.where is Where.IN_PLACE:
        return Standing(Where.IN_PLACE, demand)
    return Standing(Where.WAITING, demand) if wants_a_turn(owner, asked, status) else NOWHERE


def left_behind(jobs: Iterable[ChildJob], pods: Iterable[ChildPod]) -> Standing:
    """Return where a job stands whose object is gone, or says nothing: in its place while something is at work."""
    at_work = [job for job in jobs if job.at_work]
    if at_work or any(not pod.ended for pod in pods):
        return Standing(Where.IN_PLACE, at_work[0].demand if at_work else None)
    return NOWHERE


def is_admitted(status: ChartSparkJobStatus) -> bool:
    """Say whether the job has its place by its status."""
    return status.completion_time is None and holds(status.conditions, ConditionType.ADMITTED)


def wants_a_turn(owner: Owner, asked: Request, status: ChartSparkJobStatus) -> bool:
    """Say whether the job waits for nothing but its turn, or has had it."""
    over = owner.deleting or status.completion_time is not None
    unwilling = asked.suspend or asked.cancel
    return not (over or unwilling or stands_aside(status))


def stands_aside(status: ChartSparkJobStatus) -> bool:
    """Say whether the job lets others pass, because something is missing that it needs."""
    return status.reason in ASIDE and not is_admitted(status)
