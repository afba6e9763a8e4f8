"""One pass over one job: observe, ask for its turn, survey, plan, write the status, act, tell. Called by the workers.

The order is what keeps a kill harmless: an attempt stands in the status before its Job exists, and the
status is written under the version that was observed, so that a stale view writes nothing. The event of a
new reason comes last; one that is missing is told by the next pass, from the status.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from chartspark_operator.actions import StartAttempt
from chartspark_operator.admission.ledger import Ledger
from chartspark_operator.admission.standing import stands_aside
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
    UnreachableError,
)
from chartspark_operator.metrics import Metrics
from chartspark_operator.observe import World, observe
from chartspark_operator.observed import Key, Observed, Owner
from chartspark_operator.plan import plan
from chartspark_operator.planned import Event, Plan
from chartspark_operator.retry import is_taken_up
from chartspark_operator.rules.prerequisites import lacks_something
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
    ledger: Ledger
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
        live = observed.status.last_attempt_number
        structlog.contextvars.bind_contextvars(uid=observed.owner.uid, attempt=live)
        now = self.now()
        observed = await self._look_around(observed, now)
        planned = plan(observed, now)
        written = planned.status != observed.status
        failure = await self._tell(observed, planned.overdue)
        for notice in planned.notices:
            await self.hands.tell(observed.owner, notice)
        if written:
            await self._write(observed, planned, now)
        try:
            await self._act(observed, planned)
        finally:
            failure = await self._tell(observed, planned.events) or failure
        if failure is not None:
            raise failure
        return Outcome("written" if written or planned.actions else "unchanged", planned.requeue_at)

    async def _look_around(self, observed: Observed, now: datetime) -> Observed:
        """Add what the caches of the job's children do not hold: its turn, and what it needs and does not own."""
        uid = observed.owner.uid
        turn = self.ledger.turn_of(uid, joining=is_taken_up(observed))
        seen = await self.surveyor.survey(replace(observed, turn=turn), now)
        if stands_aside(seen.status) and seen.surroundings is not None and not lacks_something(seen):
            # What it lacked has come; now it is one of those that wait.
            seen = replace(seen, turn=self.ledger.turn_of(uid, joining=True))
        return seen

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
            if isinstance(action, StartAttempt):
                await self._start(observed.owner, action)
            else:
                await self.hands.apply(observed.owner, action)

    async def _start(self, owner: Owner, start: StartAttempt) -> None:
        """Start an attempt. Where no answer comes, its Job may be there all the same, and the ledger has to know."""
        in_doubt = True
        self.ledger.start(owner.uid)
        try:
            await self.hands.apply(owner, start)
            in_doubt = False
        except OperatorError as error:
            in_doubt = isinstance(error, UnreachableError) or (isinstance(error, ApiError) and error.may_pass)
            if _is_obstacle(error):
                self.world.obstacles[owner.key] = str(error)
            raise
        finally:
            self.ledger.started(owner.uid, in_doubt=in_doubt)
        self.world.obstacles.pop(owner.key, None)


def _is_obstacle(error: OperatorError) -> bool:
    """Say whether somebody has to do something about it: a quota, a policy, a taken name, a table that has just gone."""
    if isinstance(error, (ForeignObjectError, MissingTextError, NotAllowedError)):
        return True
    if isinstance(error, (NotFoundError, ConflictError)):
        return False
    return isinstance(error, ApiError) and not error.may_pass
