"""Where a scene's pictures may stand so that no mark hides them and they lie behind no letter. Pure. Called by the pipeline, once for all candidates; drawn by `backdrop`."""

from collections.abc import Iterable, Iterator

import numpy as np
from scipy.ndimage import distance_transform_cdt

from chartspark_runner.geometry import Box
from chartspark_runner.picture import Mask

_LEAST = 0.3
"""The side of the smallest single picture that is worth it, by the sheet's height."""
_LEAST_OF_SEVERAL, _MOST_OF_SEVERAL = 0.1, 0.42
"""Of several pictures, each."""
_AIR = 0.06
"""How much of a clearing stays empty on each side."""
_MARGIN = 0.03
"""Of the sheet's sides, by its height: nothing stands there."""
_CELLS = 240
"""Of a sheet's height. Looking at each pixel would find the same within a hair's breadth."""
_ROW = 1.5
"""How much smaller pictures may be for standing in a row: scattered among marks they could be taken for labels of these."""

_Square = tuple[float, float, float]
"""Its middle, from left and top, and half its side, in cells."""


def clearings(masks: Iterable[Mask], texts: Iterable[Box], many: int) -> tuple[Box, ...]:
    """Return so many squares of one size that neither marks nor letters reach into, from left to right.

    A single one stands between the marks' outermost sides, or else beside them; several wherever they can be largest.

    Args:
        masks: Of shape (height, width), one per mark, of the same sheet; at least one.
        texts: Where letters are.
        many: How many different pictures the scene has.

    Returns:
        None where all such squares are small.

    """
    first, *others = (_cells(mask) for mask in masks)
    taken, step = first
    for mask, _ in others:
        taken |= mask
    marks = taken.copy()
    for text in texts:
        taken[
            max(0, text.top // step) : -(-text.bottom // step),
            max(0, text.left // step) : -(-text.right // step),
        ] = True
    found = _single(_framed(taken), marks) if many == 1 else _several(_framed(taken), many)
    return tuple(_box(square, step) for square in found)


def _single(taken: Mask, marks: Mask) -> list[_Square]:
    height, width = taken.shape
    rows, columns = np.flatnonzero(marks.any(axis=1)), np.flatnonzero(marks.any(axis=0))
    # Not above and not below: a large picture beside the title would outdo it.
    for left, right in ((int(columns[0]), int(columns[-1]) + 1), (0, width)):
        found = _largest(taken[rows[0] : rows[-1] + 1, left:right])
        if found is not None and 2 * found[2] >= _LEAST * height:
            return [(found[0] + left, found[1] + int(rows[0]), found[2])]
    return []


def _several(taken: Mask, many: int) -> list[_Square]:
    row = next(_tried(taken, many, wide=many), [])
    scattered = next(_tried(taken, many, wide=1), [])
    return max(
        row, scattered, key=lambda found: found[0][2] * (_ROW if found is row else 1) if found else 0.0
    )


def _tried(taken: Mask, many: int, wide: int) -> Iterator[list[_Square]]:
    """Yield squares in blocks of so many side by side, the largest first."""
    height = taken.shape[0]
    for side in range(round(_MOST_OF_SEVERAL * height), round(_LEAST_OF_SEVERAL * height), -2):
        blocks = _packed(taken, side, side * wide, many // wide)
        if len(blocks) * wide == many:
            yield sorted(
                (x + side * (i + 0.5), y + side / 2, side / 2) for x, y in blocks for i in range(wide)
            )


def _packed(taken: Mask, high: int, wide: int, many: int) -> list[tuple[int, int]]:
    """Return the left and upper sides of up to so many free blocks, each as low as it can be and then as far to the left."""
    taken = taken.copy()
    found: list[tuple[int, int]] = []
    while len(found) < many:
        ys, xs = np.nonzero(_free(taken, high, wide))
        if ys.size == 0:
            break
        y = int(ys.max())
        x = int(xs[ys == y].min())
        taken[y : y + high, x : x + wide] = True
        found.append((x, y))
    return found


def _free(taken: Mask, high: int, wide: int) -> Mask:
    """Return from which cells on a block is free."""
    if taken.shape[0] < high or taken.shape[1] < wide:
        return np.zeros((0, 0), dtype=np.bool_)
    sums = np.pad(taken.astype(np.int32).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    return np.asarray(
        sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide] == 0
    )


def _framed(taken: Mask) -> Mask:
    rim = round(_MARGIN * taken.shape[0])
    framed = np.ones_like(taken)
    framed[rim:-rim, rim:-rim] = taken[rim:-rim, rim:-rim]
    return framed


def _box(square: _Square, step: int) -> Box:
    x, y, half = square
    reach = half * (1 - 2 * _AIR)
    return Box(*(round(side * step) for side in (x - reach, y - reach, x + reach, y + reach)))


def _cells(mask: Mask) -> tuple[Mask, int]:
    """Return which cells a mask reaches into, and a cell's side in pixels."""
    step = max(1, mask.shape[0] // _CELLS)
    rows, columns = (np.arange(0, length, step) for length in mask.shape)
    return np.logical_or.reduceat(np.logical_or.reduceat(mask, rows, axis=0), columns, axis=1), step


def _largest(taken: Mask) -> _Square | None:
    """Return the largest free square."""
    # A frame of taken cells keeps the square inside.
    reach = distance_transform_cdt(~np.pad(taken, 1, constant_values=True), metric="chessboard")
    y, x = np.unravel_index(int(reach.argmax()), reach.shape)
    return (int(x) - 0.5, int(y) - 0.5, int(reach[y, x]) - 0.5) if reach[y, x] else None
