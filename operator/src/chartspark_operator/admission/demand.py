"""What a job needs, what there is, and what it lacks. Plain data, shared by the decision, the ledger and the rules."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from typing_extensions import override

JOBS: Final = "jobs"
"""The name under which running jobs are counted. Resources of GPUs have a slash in theirs."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be in use at once. 0 stands for no limit."""

    jobs: int = 0
    jobs_per_namespace: int = 0
    gpus: int = 0
    """Of each resource by itself: a whole GPU and a slice of one are not the same thing."""
    gpus_per_namespace: int = 0


@dataclass(frozen=True, slots=True)
class Demand:
    """What a job uses while it has its place: this, and one running job."""

    namespace: str
    gpus: int = 0
    """Of all its pods together."""
    resource: str = ""
    """The resource that counts them. Empty without GPUs."""


@dataclass(frozen=True, slots=True)
class Need:
    """So much of one resource, in one namespace or in all of them together, and the limit on it."""

    namespace: str | None
    resource: str
    amount: int
    limit: int

    @property
    def scope(self) -> "Scope":
        """What is counted together."""
        return self.namespace, self.resource

    @override
    def __str__(self) -> str:
        what = "running job" if self.resource == JOBS else self.resource
        where = f" in namespace {self.namespace}" if self.namespace is not None else ""
        return f"{self.amount} {what} of limit {self.limit}{where}"


Scope = tuple[str | None, str]
"""A namespace, or None for all of them, and a resource."""


class Ticket(NamedTuple):
    """A job's place among those that wait: tickets are compared from left to right, the lowest is first."""

    urgency: int
    """The priority, negated."""
    created: str
    namespace: str
    name: str
    """Jobs of one manifest are created in the same second."""
    uid: str


@lru_cache(maxsize=4096)
def needs(demand: Demand, limits: Limits) -> tuple[Need, ...]:
    """Return what `demand` takes of everything that is limited: first of the namespace, then of the whole."""
    listed = (
        Need(demand.namespace, JOBS, 1, limits.jobs_per_namespace),
        Need(demand.namespace, demand.resource, demand.gpus, limits.gpus_per_namespace),
        Need(None, JOBS, 1, limits.jobs),
        Need(None, demand.resource, demand.gpus, limits.gpus),
    )
    return tuple(need for need in listed if need.amount and need.limit)


def beyond_any_turn(demand: Demand, limits: Limits) -> Need | None:
    """Return a need that is more than its limit, so that it is never met."""
    return next((need for need in needs(demand, limits) if need.amount > need.limit), None)
