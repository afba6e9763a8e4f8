"""Those that wait, in lines of those who need the same. Called by the ledger; decides nothing.

A job comes and goes in logarithmic time and one move of memory, so that ten thousand of them can wait.
"""

import heapq
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping
from itertools import islice

from chartspark_operator.admission.demand import Demand, Ticket


class Lines:
    """Tickets by what their holders need."""

    def __init__(self) -> None:
        self._lines: dict[Demand, list[Ticket]] = {}
        self._of: dict[str, tuple[Ticket, Demand]] = {}

    @property
    def by_demand(self) -> Mapping[Demand, list[Ticket]]:
        """The lines. None is empty."""
        return self._lines

    def put(self, ticket: Ticket, demand: Demand) -> bool:
        """Let a job wait, and return whether it has another place than before."""
        if self._of.get(ticket.uid) == (ticket, demand):
            return False
        self.drop(ticket.uid)
        self._of[ticket.uid] = ticket, demand
        insort(self._lines.setdefault(demand, []), ticket)
        return True

    def drop(self, uid: str) -> bool:
        """Let a job wait no more, and return whether it did."""
        found = self._of.pop(uid, None)
        if found is None:
            return False
        ticket, demand = found
        line = self._lines[demand]
        del line[bisect_left(line, ticket)]
        if not line:
            del self._lines[demand]
        return True

    def position(self, uid: str) -> int:
        """Return a waiting job's place among all that wait, from 1."""
        ticket, _ = self._of[uid]
        return 1 + sum(bisect_left(line, ticket) for line in self._lines.values())

    def first(self, number: int) -> Iterator[Ticket]:
        """Yield the first tickets of all, in order."""
        return islice(heapq.merge(*self._lines.values()), number)

    def __contains__(self, uid: object) -> bool:
        return uid in self._of

    def __len__(self) -> int:
        return len(self._of)
