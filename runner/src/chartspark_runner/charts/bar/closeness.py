"""How pictograms lie in their cells. Pure; called by `compose`.

A first try leaves every pictogram almost whole. Where that covers too little of a bar, they are drawn a little larger,
and where even that is too little, as of wheat or of a wind turbine, they stand whole and clear of each other before a
pale heap of themselves: enlarged further they would lie over each other, and could not be counted.
"""

from dataclasses import dataclass

import numpy as np

from chartspark_runner.charts.bar.tiling import CLOSE
from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.picture import opaque, resized
from chartspark_runner.stamps import fitted

_ENOUGH = 0.65
"""The share of an endless bar that pictograms cover; its end takes some of it."""
_GROWTH = (1.0, 1.1, 1.2)
"""Of what is usual. Larger ones hide the middle of their neighbours."""
_WHOLE = (0.96, 0.96)
"""Of a cell, before a heap."""


@dataclass(frozen=True, slots=True)
class Lying:
    """How a pictogram lies."""

    room: tuple[float, float]
    """The size of its room by that of its cell, in width and height."""
    heaped: bool = False
    """Whether it stands before a heap."""


def closeness(element: Element, cell: Box, lanes: int, *, upright: bool) -> Lying:
    """Return how a pictogram lies so that enough of a bar is covered.

    Args:
        element: The pictogram.
        cell: Its cell.
        lanes: How many cells lie side by side across the bar.
        upright: Whether bars stand.
    """
    wide, high = CLOSE if upright else CLOSE[::-1]
    rooms = [(wide * growth, high * growth) for growth in _GROWTH]
    covered = (_covered(element, cell, room, lanes, upright=upright) for room in rooms)
    enough = (room for room, share in zip(rooms, covered, strict=True) if share >= _ENOUGH)
    room = next(enough, None)
    return Lying(_WHOLE, heaped=True) if room is None else Lying(room)


def grown(cell: Box, room: tuple[float, float]) -> Box:
    """Return the room of a cell's pictogram, which reaches over the cell's sides."""
    x, y = round(cell.width * (room[0] - 1) / 2), round(cell.height * (room[1] - 1) / 2)
    return Box(cell.left - x, cell.top - y, cell.right + x, cell.bottom + y)


def _covered(element: Element, cell: Box, room: tuple[float, float], lanes: int, *, upright: bool) -> float:
    """Return which share of an endless bar is covered: what leaves a row along the bar enters the next, and what leaves its sides is cut."""
    box = fitted(element, grown(cell, room))
    outline = opaque(resized(element.pixels, box.width, box.height))
    ys, xs = np.nonzero(outline if upright else outline.T)
    top, left, high, wide = box.top, box.left, cell.height, cell.width
    if not upright:
        top, left, high, wide = left, top, wide, high
    seen = np.zeros((max(1, high), max(1, wide) * lanes), dtype=np.bool_)
    for lane in range(lanes):
        across = xs + left + lane * wide
        inside = (across >= 0) & (across < seen.shape[1])
        seen[(ys[inside] + top) % seen.shape[0], across[inside]] = True
    return float(seen.mean())
