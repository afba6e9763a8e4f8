"""Fills an area with a heap of one element, as dense as it has to be. Pure; called by the `compose` of chart types."""

import math
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

import numpy as np
import numpy.typing as npt

from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.picture import Mask, opaque, resized
from chartspark_runner.stamps import Polygon, Stamp, fitted

_ENOUGH = 0.74
"""The share of a wide area that a heap covers: what is cut off at the rim and under data edges takes some of it."""
_ENOUGH_CLOSE = 0.64
"""That a heap of thin elements covers where it has to: no more than that, so that each can still be seen."""
_MOST_OVERLAP = 1.5
"""Of a thin element's own share of its box: closer together, thin elements are a tangle that nobody can name."""
_PITCHES = tuple(round(1.12 - 0.04 * i, 2) for i in range(20))
"""Distances that are tried, in sizes of the element."""
_ROW = 0.866
"""The distance of rows in distances of neighbours: each element lies in the gap between two of the row before."""
_MOST_TURN = 14.0
"""Degrees."""


_Points = npt.NDArray[np.float64]


class Spacing(Enum):
    """How near each other the elements of a heap lie."""

    APART = "apart"
    """Clear of each other."""
    EASY = "easy"
    """As near as the area needs, and thin ones not so near that they are a tangle."""
    CLOSE = "close"
    """As near as the area needs."""


@dataclass(frozen=True, slots=True)
class _Lattice:
    wide: int
    high: int
    """Of an element."""
    across: float
    down: float
    """From one to the next."""


def heap(
    element: Element, clip: Polygon, middle: tuple[float, float], size: int, spacing: Spacing
) -> list[Stamp]:
    """Return stamps that fill a polygon.

    Args:
        element: What the heap is made of.
        clip: The polygon.
        middle: Where one of them lies whole.
        size: The longer side of the element, in pixels.
        spacing: How near each other they lie.
    """
    lattice = _lattice(element, size, spacing)
    xs, ys = [x for x, _ in clip], [y for _, y in clip]
    reach = size * 0.6
    rows = range(
        math.floor((min(ys) - reach - middle[1]) / lattice.down),
        math.ceil((max(ys) + reach - middle[1]) / lattice.down) + 1,
    )
    columns = range(
        math.floor((min(xs) - reach - middle[0]) / lattice.across) - 1,
        math.ceil((max(xs) + reach - middle[0]) / lattice.across) + 2,
    )
    return [
        _stamp(lattice, clip, middle, row, column)
        for row in rows
        for column in columns
        if _touches(clip, middle, lattice, row, column, reach)
    ]


def is_thin(element: Element) -> bool:
    """Return whether an element covers too little of a heap unless it becomes a tangle."""
    return _MOST_OVERLAP * float(opaque(element.pixels).mean()) < _ENOUGH_CLOSE


def _lattice(element: Element, size: int, spacing: Spacing) -> _Lattice:
    box = fitted(element, Box(0, 0, size, size))
    outline = opaque(resized(element.pixels, box.width, box.height))
    steps = [
        (max(2, round(box.width * pitch)), max(2, round(box.height * pitch * _ROW))) for pitch in _PITCHES
    ]
    match spacing:
        case Spacing.APART:
            enough = 0.0
        case Spacing.EASY:
            enough = min(_ENOUGH, _MOST_OVERLAP * float(outline.mean()))
        case Spacing.CLOSE:
            enough = _ENOUGH_CLOSE
        case _:
            assert_never(spacing)
    across, down = next((step for step in steps if _covered(outline, *step) >= enough), steps[-1])
    return _Lattice(box.width, box.height, across, down)


def _covered(outline: Mask, across: int, down: int) -> float:
    """Return which share of an endless area is covered: what leaves the cell on one side enters it on the other."""
    cell = np.zeros((2 * down, across), dtype=np.bool_)
    ys, xs = np.nonzero(outline)
    cell[ys % (2 * down), xs % across] = True
    cell[(ys + down) % (2 * down), (xs + across // 2) % across] = True
    return float(cell.mean())


def _centre(lattice: _Lattice, middle: tuple[float, float], row: int, column: int) -> tuple[float, float]:
    shift = 0.5 if row % 2 else 0.0
    return middle[0] + (column + shift) * lattice.across, middle[1] + row * lattice.down


def _stamp(lattice: _Lattice, clip: Polygon, middle: tuple[float, float], row: int, column: int) -> Stamp:
    x, y = _centre(lattice, middle, row, column)
    left, top = round(x - lattice.wide / 2), round(y - lattice.high / 2)
    # The golden ratio's multiples: neighbours differ, and the same chart is the same again.
    turn = ((row * 0.618 + column * 0.382) % 1.0 * 2 - 1) * _MOST_TURN
    return Stamp(Box(left, top, left + lattice.wide, top + lattice.high), turn=round(turn, 1), clip=clip)


def _touches(  # noqa: PLR0913, PLR0917 - where a place is
    clip: Polygon, middle: tuple[float, float], lattice: _Lattice, row: int, column: int, reach: float
) -> bool:
    at = np.array(_centre(lattice, middle, row, column))
    starts = np.array(clip)
    sides = np.roll(starts, -1, axis=0) - starts
    lengths = np.maximum((sides**2).sum(axis=1), 1e-9)
    along = np.clip(((at - starts) * sides).sum(axis=1) / lengths, 0, 1)
    nearest = np.linalg.norm(starts + sides * along[:, None] - at, axis=1).min()
    return bool(nearest < reach) or _inside(starts, sides, at)


def _inside(starts: _Points, sides: _Points, at: _Points) -> bool:
    """Return whether a ray to the right crosses an odd number of sides."""
    ends = starts + sides
    crossed = (starts[:, 1] > at[1]) != (ends[:, 1] > at[1])
    heights = np.where(crossed, sides[:, 1], 1.0)
    xs = starts[:, 0] + (at[1] - starts[:, 1]) / heights * sides[:, 0]
    return bool((crossed & (at[0] < xs)).sum() % 2)
