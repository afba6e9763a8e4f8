"""Keeps who waits and who has a place, from what the caches show, and grants turns. Called by passes and the doorkeeper.

Everything here happens between two awaits of one process, so that one decision is made at a time. A turn that
is granted counts as used from that moment on, long before the status says so, and is given back only when a
newer version of the job shows that it was not used. So no view that lags behind can let too many run. After
a restart everything follows from the statuses and the children; nothing is decided before they are listed.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from chartspark_operator.admission.decision import View, decide
from chartspark_operator.admission.demand import Demand, Limits, Need, Scope, Ticket, beyond_any_turn, needs
from chartspark_operator.admission.lines import Lines
from chartspark_operator.admission.standing import (
    Standing,
    Where,
    is_admitted,
    left_behind,
    standing,
    wants_a_turn,
)
from chartspark_operator.admission.turn import GRANTED, NOT_WANTED, Turn
from chartspark_operator.cluster.parse_owner import OwnerFacts
from chartspark_operator.observe import World
from chartspark_operator.observed import Key, Refusal, Request

TOLD = 100
"""How many are told their place. It changes with every job that begins, and each change is a write."""


@dataclass(frozen=True, slots=True)
class Usage:
    """How full it is."""

    waiting: int
    jobs: int
    gpus: Mapping[str, int]
    """By resource."""
    limits: Limits


@dataclass(slots=True)
class Ledger:
    """Who waits, and what is in use."""

    world: World
    limits: Limits
    most_waiting: int
    wake: Callable[[Key], None]
    """Asks for a pass over a job whose turn has come."""
    lines: Lines = field(default_factory=Lines)
    in_place: dict[str, Demand] = field(default_factory=dict)
    """By uid, what those use whose turn was granted, and those who have their place."""
    news: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when there is something to take over."""
    _granted: dict[str, str] = field(default_factory=dict)
    """By uid, the version of those whose turn was granted, and of whom the caches do not show it yet."""
    _starting: set[str] = field(default_factory=set)
    """By uid, those whose Job is being created."""
    _doubts: dict[str, int] = field(default_factory=dict)
    """By uid, for how many counts nobody has known whether a Job was created."""
    _accepted: set[str] = field(default_factory=set)
    """Those that wait and were told so."""
    _used: Counter[Scope] = field(default_factory=Counter)
    _lacks: dict[Demand, Need] = field(default_factory=dict)
    _places: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By uid, the place of those that are told it, and how many waited then."""
    _changed: set[str] = field(default_factory=set)
    _stale: bool = False

    def __post_init__(self) -> None:
        self.world.owners.listen(lambda _, uid: self.look_again(uid))
        self.world.jobs.listen(lambda owner, _: self.look_again(owner))
        self.world.pods.listen(lambda owner, _: self.look_again(owner))

    def look_again(self, uid: str) -> None:
        """Note that something about a job changed."""
        self._changed.add(uid)
        self.news.set()

    def turn_of(self, uid: str, *, joining: bool = False) -> Turn:
        """Return whether a job may run now. One that is `joining` is willing, though its status does not say so yet."""
        self.settle()
        facts = self.world.owners.get(uid)
        if facts is None or isinstance(facts.asked, Refusal):
            return NOT_WANTED
        if not (joining or wants_a_turn(facts.owner, facts.asked, facts.status)):
            return NOT_WANTED
        if facts.asked.kueue_queue is not None or is_admitted(facts.status):
            return GRANTED
        if joining and uid not in self.in_place:
            self._wait(facts, facts.asked)
        self.grant(but=uid)
        if uid not in self.in_place:
            return self._waiting_turn(facts, facts.asked)
        # What a stopped attempt still uses is its own, and must not be given away while this pass goes on.
        self._granted[uid] = facts.resource_version
        return GRANTED

    def start(self, uid: str) -> None:
        """Note that a Job of the job is being created: it counts, whatever becomes of the job meanwhile."""
        self._starting.add(uid)

    def started(self, uid: str, *, in_doubt: bool = False) -> None:
        """Note that the creation is over, or that no answer came: then it counts until news must have come."""
        self._starting.discard(uid)
        self._doubts.pop(uid, None)
        if in_doubt:
            self._doubts[uid] = 0
        self.look_again(uid)

    def settle(self) -> None:
        """Take over what the caches show by now."""
        while self._changed:
            uid = self._changed.pop()
            self._take_over(uid, self._look(uid))

    def grant(self, but: str = "") -> None:
        """Grant every turn that can be granted, and wake those jobs, except one that is awake."""
        if not self._stale:
            return
        self._stale = False
        decision = decide(View(self.limits, self._used, self.lines.by_demand))
        for ticket, demand in decision.admitted:
            self.lines.drop(ticket.uid)
            self._accepted.discard(ticket.uid)
            facts = self.world.owners.get(ticket.uid)
            self._granted[ticket.uid] = facts.resource_version if facts is not None else ""
            self._use(ticket.uid, demand)
            if ticket.uid != but:
                self.wake(Key(ticket.namespace, ticket.name))
        self._lacks = dict(decision.lacks)

    def count_places(self) -> list[Key]:
        """Count the first hundred anew, and return the jobs whose place is another than they were told."""
        self.settle()
        self.grant()
        told, self._places = self._places, {}
        news = []
        for place, ticket in enumerate(self.lines.first(TOLD), 1):
            self._places[ticket.uid] = place, len(self.lines)
            if told.pop(ticket.uid, (0, 0))[0] != place:
                news.append(Key(ticket.namespace, ticket.name))
        pushed_back = (self.world.owners.group_of(uid) for uid in told if uid in self.lines)
        return news + [key for key in pushed_back if key is not None]

    def drop_old_doubts(self) -> None:
        """Take what has been in doubt for more than a minute for what the caches show. Called once a minute."""
        for uid, counts in list(self._doubts.items()):
            if counts:
                self.started(uid)
            else:
                self._doubts[uid] = counts + 1

    def usage(self) -> Usage:
        """Return what is in use, and how many wait, for the metrics."""
        gpus: Counter[str] = Counter()
        for demand in self.in_place.values():
            if demand.gpus:
                gpus[demand.resource] += demand.gpus
        return Usage(len(self.lines), len(self.in_place), gpus, self.limits)

    def _look(self, uid: str) -> Standing:
        facts = self.world.owners.get(uid)
        jobs, pods = self.world.jobs.of(uid), self.world.pods.of(uid)
        if facts is None:
            left = left_behind(jobs, pods)
            if uid in self._starting or uid in self._doubts:
                return Standing(Where.IN_PLACE, self.in_place.get(uid))
            # What is left of a job is known to need what the job needed.
            known = self.in_place.get(uid, left.demand)
            return Standing(left.where, known)
        now = standing(facts.owner, facts.asked, facts.status, jobs, pods)
        if uid in self._starting or uid in self._doubts:
            return Standing(Where.IN_PLACE, now.demand or self.in_place.get(uid))
        return now

    def _take_over(self, uid: str, now: Standing) -> None:
        facts = self.world.owners.get(uid)
        if facts is not None and self._granted.get(uid) == facts.resource_version:
            # That it was granted may be on its way into the status. Only a newer version tells.
            return
        self._granted.pop(uid, None)
        if now.where is Where.WAITING and facts is not None and not isinstance(facts.asked, Refusal):
            self._release(uid)
            self._wait(facts, facts.asked)
            return
        self._stale |= self.lines.drop(uid)
        self._accepted.discard(uid)
        if now.where is Where.IN_PLACE and now.demand is not None:
            self._use(uid, now.demand)
            return
        self._release(uid)

    def _wait(self, facts: OwnerFacts, asked: Request) -> None:
        owner = facts.owner
        ticket = Ticket(-asked.priority, owner.created, owner.key.namespace, owner.key.name, owner.uid)
        self._stale |= self.lines.put(ticket, asked.demand_in(owner.key.namespace))
        if facts.status.start_time is not None:
            self._accepted.add(owner.uid)

    def _use(self, uid: str, demand: Demand) -> None:
        if self.in_place.get(uid) == demand:
            return
        self._release(uid)
        self.in_place[uid] = demand
        for need in needs(demand, self.limits):
            self._used[need.scope] += need.amount

    def _release(self, uid: str) -> None:
        demand = self.in_place.pop(uid, None)
        if demand is None:
            return
        self._stale = True
        for need in needs(demand, self.limits):
            self._used[need.scope] -= need.amount
            if not self._used[need.scope]:
                del self._used[need.scope]

    def _waiting_turn(self, facts: OwnerFacts, asked: Request) -> Turn:
        uid, demand = facts.uid, asked.demand_in(facts.owner.key.namespace)
        lack, beyond = self._lacks.get(demand), beyond_any_turn(demand, self.limits)
        if uid not in self._accepted and len(self._accepted) >= self.most_waiting:
            return Turn(granted=False, lack=lack, beyond=beyond, queue_limit=self.most_waiting)
        self._accepted.add(uid)
        place, waiting = self._place(uid)
        return Turn(granted=False, lack=lack, position=place, waiting=waiting, beyond=beyond)

    def _place(self, uid: str) -> tuple[int | None, int]:
        if uid not in self._places:
            place = self.lines.position(uid)
            if place > TOLD:
                return None, len(self.lines)
            self._places[uid] = place, len(self.lines)
        return self._places[uid]
