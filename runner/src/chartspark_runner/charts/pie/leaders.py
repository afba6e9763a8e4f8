"""The lines from sectors to labels that do not stand right beside them. Pure; called by `draw`.

Each runs along the rim first: a straight line to a label far from its sector would cross the pie. Where one passes the
beginning of another it keeps further out, so that two never share a piece of their way.
"""

import math
from dataclasses import dataclass

import numpy as np

from chartspark_runner.charts.pie.frame import Frame
from chartspark_runner.charts.pie.layout import PieLayout
from chartspark_runner.stamps import Polygon

_BESIDE = 1.2
"""In sizes of letters along the rim: a label so near needs no line."""
_NEAREST, _STEP = 0.25, 0.25
"""Of the innermost line from the rim, and of each other from the one before; in sizes of letters."""


@dataclass(frozen=True, slots=True)
class _Way:
    start: float
    """Where the sector's middle lies, and where the label is; as shares of the full turn."""
    stop: float
    end: tuple[float, float]

    def passes(self, other: "_Way") -> bool:
        """Return whether another one begins under this one, which then has to lie further out."""
        low, high = sorted((self.start, self.stop))
        return other is not self and low < other.start < high

    def meets(self, other: "_Way", near: float) -> bool:
        """Return whether the two come near each other if they are equally far from the rim."""
        (low, high), (begin, stop) = sorted((self.start, self.stop)), sorted((other.start, other.stop))
        return low - near < stop and begin < high + near


def leaders(layout: PieLayout) -> tuple[Polygon, ...]:
    """Return the points of every line that is needed."""
    frame, size = layout.frame, layout.page.sizes.label
    ways = [way for i in range(len(layout.labels)) if (way := _way(layout, i)) is not None]
    # Those that pass most others are laid last.
    ways.sort(key=lambda way: sum(way.passes(other) for other in ways))
    levels: list[int] = []
    for way in ways:
        below = [
            level
            for level, other in zip(levels, ways, strict=False)
            if way.meets(other, _STEP * size / (2 * math.pi * frame.radius))
        ]
        levels.append(1 + max(below, default=-1))
    return tuple(
        _points(frame, way, size, frame.radius + size * (_NEAREST + _STEP * level))
        for way, level in zip(ways, levels, strict=True)
    )


def _way(layout: PieLayout, index: int) -> _Way | None:
    frame, label, size = layout.frame, layout.labels[index], layout.page.sizes.label
    middle = label.top + label.wording.height(layout.page.sizes) / 2
    end = (label.x + (-1 if label.anchor == "left" else 1) * size * 0.3, middle)
    way = _Way(layout.sectors[index].middle, _turn(frame, end), end)
    far = 2 * math.pi * frame.radius * abs(way.stop - way.start) > size * _BESIDE
    return way if far else None


def _points(frame: Frame, way: _Way, size: float, away: float) -> Polygon:
    arc = [frame.at(at, away) for at in np.linspace(way.start, way.stop, 24).tolist()]
    return (frame.at(way.start, frame.radius + size * 0.1), *arc, way.end)


def _turn(frame: Frame, place: tuple[float, float]) -> float:
    """Return at which share of the full turn a place lies."""
    return math.atan2(place[0] - frame.x, frame.y - place[1]) / (2 * math.pi) % 1.0
