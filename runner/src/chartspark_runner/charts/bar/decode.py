"""Reads a finished bar chart back. Called by `chart`.

It knows the frame (where bars may stand and the scale) and the reserved colours; values, masks and layers
it does not know, so that it can find a chart wrong.
"""

import numpy as np
import numpy.typing as npt
from chartspark_api.charts import Orientation

from chartspark_runner.charts.bar.frame import Frame
from chartspark_runner.palette import EDGES, Colour
from chartspark_runner.picture import Mask, Pixels, commonest
from chartspark_runner.reading import Reading

_SAME = 30.0
"""RGB distance within which a pixel has the reserved colour: other programs' JPEG and scaling stay below it."""
_ACROSS = 0.85
"""The share of a bar's thickness that a data edge must span; no pictogram has such a straight line at its end."""


def decode(frame: Frame, picture: Pixels) -> Reading:
    """Return what an RGB picture of the frame's size says about each of its bars."""
    slabs = [_upright(picture, frame)[:, band.start : band.stop].astype(np.int32) for band in frame.bands]
    best: tuple[Colour, tuple[float | None, ...]] | None = None
    for colour in EDGES:
        values = tuple(_read(((slab - colour) ** 2).sum(axis=2) < _SAME**2, frame) for slab in slabs)
        if best is None or _found(values) > _found(best[1]):
            best = (colour, values)
    assert best is not None  # noqa: S101 - EDGES is not empty
    return Reading(edges=(best[0],), background=commonest(picture), values=best[1])


def _upright(picture: Pixels, frame: Frame) -> Pixels:
    """Return the picture so that a row is a distance from the base, growing downwards, and a column lies across."""
    margin = frame.stroke
    match frame.orientation:
        case Orientation.VERTICAL:
            return picture[max(0, frame.base - frame.reach - margin) : frame.base + margin][::-1]
        case Orientation.HORIZONTAL:
            return picture[:, frame.base - margin : frame.base + frame.reach + margin].transpose(1, 0, 2)


def _read(near: Mask, frame: Frame) -> float | None:
    """Return the value at the furthest row of a bar's slab that the reserved colour spans."""
    spanned: npt.NDArray[np.intp] = np.nonzero(near.mean(axis=1) >= _ACROSS)[0]
    if spanned.size == 0:
        return None
    return (float(spanned[-1]) + 1 - frame.stroke) / frame.pixels_per_value


def _found(values: tuple[float | None, ...]) -> int:
    return sum(value is not None for value in values)
