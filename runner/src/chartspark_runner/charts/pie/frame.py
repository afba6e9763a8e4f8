"""Where a pie lies and how angles lie on it. Pure; called by layout, drawing and decoder of pies."""

import math
from dataclasses import dataclass

from chartspark_runner.stamps import Polygon

_STEP = 1.5
"""The longest straight piece, in pixels, that stands for an arc."""


@dataclass(frozen=True, slots=True)
class Sector:
    """A part of a pie between two shares of the full turn, clockwise from twelve o'clock."""

    start: float
    stop: float

    @property
    def share(self) -> float:
        """Of the full turn."""
        return self.stop - self.start

    @property
    def middle(self) -> float:
        """Where its bisector lies, as a share of the full turn."""
        return (self.start + self.stop) / 2


@dataclass(frozen=True, slots=True)
class Frame:
    """A pie without its sectors: all that the decoder is told. It holds no value of any mark."""

    width: int
    height: int
    x: int
    y: int
    """The centre, in pixels."""
    radius: int
    hole: int
    """The radius of a donut's hole; 0 in a pie."""
    sectors: int
    """How many there are. The first begins at twelve o'clock."""
    stroke: int
    """The width of separators, in pixels; their middle marks the value."""

    def at(self, turn: float, radius: float) -> tuple[float, float]:
        """Return the point at a share of the full turn and a distance from the centre."""
        angle = 2 * math.pi * turn
        return self.x + radius * math.sin(angle), self.y - radius * math.cos(angle)

    def outline(self, sector: Sector) -> Polygon:
        """Return a sector's corners."""
        pieces = max(2, math.ceil(2 * math.pi * self.radius * sector.share / _STEP))
        turns = [sector.start + sector.share * i / pieces for i in range(pieces + 1)]
        outer = [self.at(turn, self.radius) for turn in turns]
        whole = sector.share >= 1
        inner = [self.at(turn, self.hole) for turn in reversed(turns)] if self.hole else [(self.x, self.y)]
        corners = outer if whole and not self.hole else outer + inner
        return tuple((round(x, 2), round(y, 2)) for x, y in corners)
