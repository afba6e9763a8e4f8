"""How much larger than their cells pictograms are drawn. Pure; called by `compose`.

A first try leaves every pictogram almost whole. Where that covers too little of a bar, they lie over each other
like sheaves: as much as it takes, and at most until a pictogram hides the middle of its neighbour.
"""

import numpy as np

from chartspark_runner.charts.bar.tiling import CLOSE
from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.picture import opaque, resized
from chartspark_runner.stamps import fitted

_ENOUGH = 0.65
"""The share of an endless bar that pictograms cover; its end takes some of it."""
_GROWTH = tuple(round(1.0 + 0.1 * i, 1) for i in range(9))
"""Of what is usual. Larger ones lose their outlines at the bar's sides."""


def closeness(element: Element, cell: Box, lanes: int, *, upright: bool) -> tuple[float, float]:
    """Return the size of a pictogram's room by that of its cell, in width and height.

    Args:
        element: The pictogram.
        cell: Its cell.
        lanes: How many cells lie side by side across the bar.
        upright: Whether bars stand.
    """
    wide, high = CLOSE if upright else CLOSE[::-1]
    rooms = [(wide * growth, high * growth) for growth in _GROWTH]
    covered = (_covered(element, cell, room, lanes, upright=upright) for room in rooms)
    return next((room for room, share in zip(rooms, covered, strict=True) if share >= _ENOUGH), rooms[-1])


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
