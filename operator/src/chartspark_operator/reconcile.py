"""One pass over one job: observe, survey, plan, write the status, act, tell. Called by the workers.

The order is what keeps a kill harmless: an attempt stands in the status before its Job exists, and the
status is written under the version that was observed, so that a stale view writes nothing. The event of a
new reason comes last; one that is missing is told by the next pass, from the status.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from chartspark_operator.actions import StartAttempt
from chartspark_operator.apply import Hands
from chartspark_operator.cluster.api import Api
from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.cluster.parse_owner import parse_owner
from chartspark_operator.cluster.paths import CHARTSPARKJOBS, member
from chartspark_operator.errors import (
    ApiError,
    ConflictError,
    ForeignObjectError,
    MissingTextError,
    NotAllowedError,
    NotFoundError,
    OperatorError,
)
from chartspark_operator.metrics import Metrics
from chartspark_operator.observe import World, observe
from chartspark_operator.observed import Key, Observed
from chartspark_operator.plan import plan
from chartspark_operator.planned import Event, Plan
from chartspark_operator.survey import Surveyor
from chartspark_operator.transitions import count_transitions


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a pass ended."""

    result: str
    """The word for it in metrics."""
    requeue_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reconciler:
    """What a pass needs."""

    world: World
    api: Api
    surveyor: Surveyor
    hands: Hands
    metrics: Metrics
    now: Callable[[], datetime]

    async def reconcile(self, key: Key) -> Outcome:
        """Bring the job called `key` one step on. Raises OperatorError where the pass has to be repeated."""
        observed = observe(self.world, key)
        if observed is None:
            self.world.obstacles.pop(key, None)
            self.world.told.forget(key)
            return Outcome("unchanged")
        if observed.live_attempt is None:
            self.world.pods.forget(observed.owner.uid)
        live = observed.status.attempts[-1].number if observed.status.attempts else 0
        structlog.contextvars.bind_contextvars(uid=observed.owner.uid, attempt=live)
        now = self.now()
        observed = await self.surveyor.survey(observed, now)
        planned = plan(observed, now)
        written = planned.status != observed.status
        failure = await self._tell(observed, planned.overdue)
        if written:
            await self._write(observed, planned, now)
        try:
            await self._act(observed, planned)
        finally:
            failure = await self._tell(observed, planned.events) or failure
        if failure is not None:
            raise failure
        return Outcome("written" if written or planned.actions else "unchanged", planned.requeue_at)

    async def _write(self, observed: Observed, planned: Plan, now: datetime) -> None:
        owner = observed.owner
        operations: list[JsonObject] = [
            # This makes the API server refuse the write if anything changed since.
            {"op": "replace", "path": "/metadata/resourceVersion", "value": owner.resource_version},
            {"op": "add", "path": "/status", "value": planned.status.to_json_object()},
        ]
        stored = await self.api.patch(f"{member(CHARTSPARKJOBS, owner.key)}/status", operations)
        self.world.owners.put(owner.key, parse_owner(stored, self.hands.settings))
        count_transitions(self.metrics, observed.status, planned.status, now)

    async def _tell(self, observed: Observed, events: tuple[Event, ...]) -> OperatorError | None:
        """Create events, and return why one could not be created: no reason to leave the work undone."""
        for event in events:
            try:
                await self.hands.tell(observed.owner, event)
            except OperatorError as error:
                return error
            self.world.told.add(observed.owner.key, event.time)
        return None

    async def _act(self, observed: Observed, planned: Plan) -> None:
        for action in planned.actions:
            try:
                await self.hands.apply(observed.owner, action)
            except (ApiError, ForeignObjectError, MissingTextError, NotAllowedError) as error:
                if isinstance(action, StartAttempt) and _is_obstacle(error):
                    self.world.obstacles[observed.owner.key] = str(error)
                raise
            if isinstance(action, StartAttempt):
                self.world.obstacles.pop(observed.owner.key, None)


def _is_obstacle(error: ApiError | ForeignObjectError | MissingTextError | NotAllowedError) -> bool:
    """Say whether somebody has to do something about it: a quota, a policy, a taken name, a table that has just gone."""
    if isinstance(error, (ForeignObjectError, MissingTextError, NotAllowedError)):
        return True
    if isinstance(error, (NotFoundError, ConflictError)):
        return False
    return not error.may_pass
