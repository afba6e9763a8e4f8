"""Decides who of those that wait may run now. Pure: the same view gives the same decision. Called by the ledger.

Jobs go in the order of their tickets, and these rules keep a large job from waiting for ever while small
ones slip past it:

- Where a job lacks something of its namespace's share, its whole need is set aside in the namespace's
  shares, for the jobs behind it there. Other namespaces owe it nothing.
- Where its namespace has room, and it lacks something of the whole, nobody behind it gets of that.

Jobs that need the same are a line. When the first of a line has to wait, so have those behind it, and a
decision costs as many steps as there are lines and jobs admitted, however many wait.
"""

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chartspark_operator.admission.demand import (
    Demand,
    Limits,
    Need,
    Scope,
    Ticket,
    beyond_any_turn,
    needs,
)


@dataclass(frozen=True, slots=True)
class View:
    """All that a decision depends on."""

    limits: Limits
    used: Mapping[Scope, int]
    """What is in use, wherever there is a limit."""
    lines: Mapping[Demand, Sequence[Ticket]]
    """Those that wait, by what they need; each line in the order of its tickets, and none empty."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who may run, in the order of their turns, and what the others lack."""

    admitted: tuple[tuple[Ticket, Demand], ...]
    lacks: Mapping[Demand, Need]


@dataclass(slots=True)
class _Room:
    """What is left while one decision is made."""

    limits: Limits
    used: Counter[Scope]
    closed: set[Scope] = field(default_factory=set)
    """What somebody further ahead waits for."""

    def lacks(self, need: Need) -> bool:
        return need.scope in self.closed or self.used[need.scope] + need.amount > need.limit

    def take(self, demand: Demand) -> Need | None:
        """Give `demand` its place; or set aside what it has a right to, and return what it lacks."""
        wanted = needs(demand, self.limits)
        if (never := beyond_any_turn(demand, self.limits)) is not None:
            # It will be refused. Nothing is set aside for what can never be.
            return never
        lacking = [need for need in wanted if self.lacks(need)]
        its_own_to_wait_for = any(need.namespace is not None for need in lacking)
        for need in wanted:
            if not lacking or need.namespace is not None:
                self.used[need.scope] += need.amount
        if lacking and not its_own_to_wait_for:
            self.closed.update(need.scope for need in lacking)
        return lacking[0] if lacking else None


def decide(view: View) -> Decision:
    """Return who may run now."""
    room = _Room(view.limits, Counter(view.used))
    admitted: list[tuple[Ticket, Demand]] = []
    lacks: dict[Demand, Need] = {}
    # The demand is never compared: no two tickets are the same.
    heads = [(tickets[0], 0, demand) for demand, tickets in view.lines.items()]
    heapq.heapify(heads)
    while heads:
        ticket, at, demand = heapq.heappop(heads)
        lack = room.take(demand)
        if lack is not None:
            lacks[demand] = lack
            continue
        admitted.append((ticket, demand))
        if at + 1 < len(tickets := view.lines[demand]):
            heapq.heappush(heads, (tickets[at + 1], at + 1, demand))
    return Decision(tuple(admitted), lacks)
