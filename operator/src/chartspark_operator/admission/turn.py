"""What a pass is told about a job's turn. Made by the ledger, read by the rules."""

from dataclasses import dataclass

from chartspark_operator.admission.demand import Need


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether a job may run now, and if not, what it waits for."""

    granted: bool
    lack: Need | None = None
    """What it waits for."""
    position: int | None = None
    """Its place among those that wait, if it is one of the first hundred."""
    waiting: int = 0
    """How many wait, itself included."""
    beyond: Need | None = None
    """A need that is never met, because it is more than its limit."""
    queue_limit: int | None = None
    """How many may wait, if that many do already and this one is new."""


GRANTED = Turn(granted=True)
NOT_WANTED = Turn(granted=False)
"""A job that rests, or is over, is told nothing about a turn."""
