"""A plan in the making: what the rules hand from one to the next, and what `apply` carries out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chartspark_api.conditions import Condition, set_condition
from chartspark_api.reasons import Reason
from chartspark_api.status import Attempt, ChartSparkJobStatus

from chartspark_operator.actions import Action

LONGEST_SENTENCE = 1024
"""The API's limit on a message. A scheduler on a large cluster says more than that."""


@dataclass(frozen=True, slots=True)
class Event:
    """A Kubernetes event about a change of the job's reason."""

    type: Literal["Normal", "Warning"]
    reason: Reason
    message: str
    time: str
    """The transition's time, exactly as it stands in the status."""
    mark: str = ""
    """What tells the event from others if no transition does."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make good, the status to write, then what to do, then what to tell; and when to look again."""

    status: ChartSparkJobStatus
    actions: tuple[Action, ...] = ()
    overdue: tuple[Event, ...] = ()
    """What the status has said since before this pass, and perhaps no event has. Told before the status says something else."""
    notices: tuple[Event, ...] = ()
    """What is told beside the status, and before it is written: once written, nobody would know that it is to be told."""
    events: tuple[Event, ...] = ()
    requeue_at: datetime | None = None
    final: bool = False
    """Whether later rules have nothing to add."""

    def with_status(self, update: Mapping[str, object]) -> "Plan":
        """Return the plan with fields of the status replaced."""
        return replace(self, status=self.status.model_copy(update=update))

    def in_reason(self, reason: Reason | None, message: str) -> "Plan":
        """Return the plan with the job's reason and its sentence replaced."""
        return self.with_status({"reason": reason, "message": message[:LONGEST_SENTENCE]})

    def with_condition(self, condition: Condition) -> "Plan":
        """Return the plan with one condition set."""
        return self.with_status({"conditions": set_condition(self.status.conditions, condition)})

    def with_last_attempt(self, update: Mapping[str, object]) -> "Plan":
        """Return the plan with fields of the last attempt replaced. There must be one."""
        *earlier, last = self.status.attempts
        return self.with_status({"attempts": (*earlier, last.model_copy(update=update))})

    def doing(self, action: Action) -> "Plan":
        """Return the plan with one more action."""
        return replace(self, actions=(*self.actions, action))

    def waking(self, at: datetime) -> "Plan":
        """Return the plan that looks again at `at`, or earlier if it meant to."""
        return replace(self, requeue_at=at if self.requeue_at is None else min(at, self.requeue_at))

    def ending(self) -> "Plan":
        """Return the plan that later rules leave as it is."""
        return replace(self, final=True)

    @property
    def last_attempt(self) -> Attempt | None:
        """The attempt of this round that was decided on last."""
        last = self.status.attempts[-1] if self.status.attempts else None
        return last if last is not None and last.round == self.status.round else None

    @property
    def live_attempt(self) -> Attempt | None:
        """The attempt that has not ended. There is never more than one."""
        last = self.last_attempt
        return last if last is not None and last.reason is None else None
