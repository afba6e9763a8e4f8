"""Where a scene's largest picture may stand so that no mark hides it. Pure. Called by the pipeline, once for all candidates; drawn by `backdrop`."""

from collections.abc import Iterable

import numpy as np
from scipy.ndimage import distance_transform_cdt

from chartspark_runner.geometry import Box
from chartspark_runner.picture import Mask

_LEAST = 0.3
"""The side of the smallest that is worth it, by the sheet's height."""
_AIR = 0.06
"""How much of the clearing stays empty on each side."""
_CELLS = 240
"""Of a sheet's height. Looking at each pixel would find the same within a hair's breadth."""


def clearing(masks: Iterable[Mask]) -> Box | None:
    """Return the largest square that no mark reaches into: between the marks' outermost sides, or else beside them.

    Args:
        masks: Of shape (height, width), one per mark, of the same sheet; at least one.

    Returns:
        None where all such squares are small.

    """
    first, *others = (_cells(mask) for mask in masks)
    taken, step = first
    for mask, _ in others:
        taken |= mask
    rows, columns = np.flatnonzero(taken.any(axis=1)), np.flatnonzero(taken.any(axis=0))
    # Not above and not below: titles and labels are there.
    for left, right in ((int(columns[0]), int(columns[-1]) + 1), (0, taken.shape[1])):
        found = _largest(taken[rows[0] : rows[-1] + 1, left:right])
        if found is not None and 2 * found[2] >= _LEAST * taken.shape[0]:
            x, y, half = found[0] + left, found[1] + int(rows[0]), found[2] * (1 - 2 * _AIR)
            return Box(*(round(side * step) for side in (x - half, y - half, x + half, y + half)))
    return None


def _cells(mask: Mask) -> tuple[Mask, int]:
    """Return which cells a mask reaches into, and a cell's side in pixels."""
    step = max(1, mask.shape[0] // _CELLS)
    rows, columns = (np.arange(0, length, step) for length in mask.shape)
    return np.logical_or.reduceat(np.logical_or.reduceat(mask, rows, axis=0), columns, axis=1), step


def _largest(taken: Mask) -> tuple[float, float, float] | None:
    """Return the middle of the largest free square, from left and top, and half its side, in cells."""
    # A frame of taken cells keeps the square inside.
    reach = distance_transform_cdt(~np.pad(taken, 1, constant_values=True), metric="chessboard")
    y, x = np.unravel_index(int(reach.argmax()), reach.shape)
    return (int(x) - 0.5, int(y) - 0.5, int(reach[y, x]) - 0.5) if reach[y, x] else None
