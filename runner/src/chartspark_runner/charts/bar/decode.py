"""Reads a finished bar chart back. Called by `score`.

It knows the frame (where bars may stand and the scale) and the reserved colours; values, masks and layers
it does not know, so that it can find a chart wrong.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chartspark_api.charts import Orientation
from chartspark_runner.geometry import Band, Frame
from chartspark_runner.palette import EDGES, Colour
from chartspark_runner.picture import Mask, Pixels

_SAME = 30.0
"""RGB distance within which a pixel has the reserved colour: other programs' JPEG and scaling stay below it."""
_ACROSS = 0.85
"""The share of a bar's thickness that a data edge must span; no pictogram has such a straight line at its end."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a picture says."""

    edge: Colour
    """The reserved colour that its marks end in."""
    background: Colour
    """The colour that most of it has."""
    values: tuple[float | None, ...]
    """One per bar, None where no data edge was found."""


def decode(frame: Frame, picture: Pixels) -> Reading:
    """Return what an RGB picture of the frame's size says about each of its bars."""
    rotated = _upright(picture, frame)
    best: tuple[Colour, tuple[float | None, ...]] | None = None
    for colour in EDGES:
        near = np.linalg.norm(rotated.astype(np.float64) - colour, axis=2) < _SAME
        values = tuple(_read(near, frame, band) for band in frame.bands)
        if best is None or _found(values) > _found(best[1]):
            best = (colour, values)
    assert best is not None  # noqa: S101 - EDGES is not empty
    return Reading(edge=best[0], background=_commonest(picture), values=best[1])


def _upright(picture: Pixels, frame: Frame) -> Pixels:
    """Return the picture so that a row is a distance from the base, growing downwards, and a column lies across."""
    margin = frame.stroke
    match frame.orientation:
        case Orientation.VERTICAL:
            return picture[max(0, frame.base - frame.reach - margin) : frame.base + margin][::-1]
        case Orientation.HORIZONTAL:
            return picture[:, frame.base - margin : frame.base + frame.reach + margin].transpose(1, 0, 2)


def _read(near: Mask, frame: Frame, band: Band) -> float | None:
    """Return the value at the furthest row that the reserved colour spans."""
    spanned: npt.NDArray[np.intp] = np.nonzero(near[:, band.start : band.stop].mean(axis=1) >= _ACROSS)[0]
    if spanned.size == 0:
        return None
    return (float(spanned[-1]) + 1 - frame.stroke) / frame.pixels_per_value


def _found(values: tuple[float | None, ...]) -> int:
    return sum(value is not None for value in values)


def _commonest(picture: Pixels) -> Colour:
    colours, counts = np.unique(picture.reshape(-1, 3), axis=0, return_counts=True)
    red, green, blue = (int(channel) for channel in colours[counts.argmax()])
    return red, green, blue
