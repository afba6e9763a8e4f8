"""Conditions of a ChartSparkJob. They mirror batch/v1 Job, so that `kubectl wait` and GitOps health checks work.

`Finished` is True together with either end, and ends are taken away when another round begins. `Admitted` and
`Suspended` stay once they were True or False, as they do in batch/v1.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from chartspark_api.base import ObservedModel, Sentence, Timestamp
from chartspark_api.reasons import Reason


class ConditionType(StrEnum):
    """What can be said of a job."""

    ADMITTED = "Admitted"
    """The job has its place among those that may run, and keeps it until its end or its suspension, or until Kueue takes it back."""
    SUSPENDED = "Suspended"
    """The job rests, because spec.suspend says so."""
    COMPLETE = "Complete"
    """The job has ended, and at least one chart is published."""
    FAILED = "Failed"
    """The job has ended without a chart."""
    FINISHED = "Finished"
    """The job has ended, either way."""


class ConditionStatus(StrEnum):
    """Whether a condition holds."""

    TRUE = "True"
    FALSE = "False"
    UNKNOWN = "Unknown"


class Condition(ObservedModel):
    """A metav1.Condition."""

    type: ConditionType
    """What is said of the job."""
    status: ConditionStatus
    """Whether it holds."""
    reason: Reason
    """Why, in one word."""
    message: Sentence
    """Why, in a sentence."""
    last_transition_time: Timestamp
    """When the status last changed."""
    observed_generation: Annotated[int, Field(ge=0, le=2**53)]
    """The generation of the spec that this was said of."""


def set_condition(conditions: Sequence[Condition], new: Condition) -> tuple[Condition, ...]:
    """Return `conditions` with `new` in the place of its type; its time moves only if its status does."""
    old = next((c for c in conditions if c.type == new.type), None)
    if old is None:
        return (*conditions, new)
    if old.status == new.status:
        new = new.model_copy(update={"last_transition_time": old.last_transition_time})
    return tuple(new if c.type == new.type else c for c in conditions)


def holds(conditions: Sequence[Condition], kind: ConditionType) -> bool:
    """Say whether a condition is True."""
    return any(c.type == kind and c.status is ConditionStatus.TRUE for c in conditions)


def since(conditions: Sequence[Condition], kind: ConditionType) -> Timestamp | None:
    """Return since when a condition is True. None if it is not."""
    return next(
        (c.last_transition_time for c in conditions if c.type == kind and c.status is ConditionStatus.TRUE),
        None,
    )
