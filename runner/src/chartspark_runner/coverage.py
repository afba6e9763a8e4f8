"""How much of a chart's marks is made of its elements. Called by the pipeline; pure.

It is measured on the drawing and not read from the picture: a picture cannot tell an element from a plain
mark of the same colour.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from chartspark_runner.picture import Mask

Depth = npt.NDArray[np.uint16]
"""Of shape (height, width): on how many marks each pixel lies."""

ENOUGH = 0.6
"""The share of a mark from which on it is made of the element; below, it is a plain mark with decoration."""


def depth(marks: Iterable[Mask]) -> Depth:
    """Return the marks in one array, counted once for all candidates of a chart. There is at least one mark."""
    each = iter(marks)
    deep = next(each).astype(np.uint16)
    for mark in each:
        deep += mark
    return deep


def coverage(elements: Mask, marks: Depth) -> float:
    """Return the share of the marks' pixels that elements cover, 0 to 1; 1 where no mark has a pixel.

    Args:
        elements: Where elements were laid down, half opaque or more.
        marks: Where the marks are.
    """
    total = int(marks.sum())
    return int(marks[elements].sum()) / total if total else 1.0


def too_little(share: float | None) -> tuple[str, ...]:
    """Return the warning for a chart whose marks are made of the element by less than is enough."""
    if share is None or share >= ENOUGH:
        return ()
    return (
        f"the elements cover {share:.0%} of the marks, and should cover {ENOUGH:.0%}: name a fuller subject or style",
    )
