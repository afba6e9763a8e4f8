"""Reads a finished bar chart back. Called by `chart`.

It knows the frame (where bars may stand and the scale) and the reserved colours; values, masks and layers
it does not know, so that it can find a chart wrong. The colour of each of several series it reads off the legend.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from chartspark_api.charts import Orientation
from chartspark_api.colours import EDGES, Rgb

from chartspark_runner.charts.bar.frame import Frame
from chartspark_runner.palette import reserved, shows
from chartspark_runner.picture import Mask, Pixels, paper
from chartspark_runner.reading import Reading

_ACROSS = 0.85
"""The share of a bar's thickness that a data edge must span; no pictogram has such a straight line at its end."""

Place = tuple[int, int]
"""Category and series."""


def decode(frame: Frame, places: Sequence[Place], picture: Pixels) -> Reading:
    """Return what an RGB picture of the frame's size says about the bar at each place."""
    ends = _one_series(frame, places, picture) if frame.series == 1 else _several(frame, places, picture)
    colours, pixels = ends
    lengths = _parts(places, pixels) if frame.stacked else pixels
    values = tuple(None if length is None else length / frame.pixels_per_value for length in lengths)
    return Reading(edges=colours, background=paper(picture), values=values)


_Ends = tuple[tuple[Rgb, ...], tuple[float | None, ...]]
"""Colours of the series, and per place the end's distance from the base in pixels."""


def _one_series(frame: Frame, places: Sequence[Place], picture: Pixels) -> _Ends:
    found = [((colour,), _ends(frame, places, picture, (colour,))) for colour in EDGES]
    return max(found, key=lambda ends: sum(end is not None for end in ends[1]))


def _several(frame: Frame, places: Sequence[Place], picture: Pixels) -> _Ends:
    colours = tuple(reserved(picture[box.top : box.bottom, box.left : box.right]) for box in frame.swatches)
    return colours, _ends(frame, places, picture, colours)


def _ends(
    frame: Frame, places: Sequence[Place], picture: Pixels, colours: tuple[Rgb, ...]
) -> tuple[float | None, ...]:
    upright = _upright(picture, frame)
    lanes = [frame.lane(*place) for place in places]
    return tuple(
        _end(shows(upright[:, lane.start : lane.stop], colours[series]), frame)
        for lane, (_, series) in zip(lanes, places, strict=True)
    )


def _upright(picture: Pixels, frame: Frame) -> Pixels:
    """Return the picture so that a row is a distance from the lowest end, growing upwards, and a column lies across."""
    low, high = frame.depth + frame.stroke, frame.reach + frame.stroke
    match frame.orientation:
        case Orientation.VERTICAL:
            return picture[max(0, frame.base - high) : frame.base + low][::-1]
        case Orientation.HORIZONTAL:
            return picture[:, max(0, frame.base - low) : frame.base + high].transpose(1, 0, 2)


def _end(near: Mask, frame: Frame) -> float | None:
    """Return the distance from the base of the outer side of what the reserved colour spans, in pixels."""
    spanned: npt.NDArray[np.intp] = np.nonzero(near.mean(axis=1) >= _ACROSS)[0]
    if spanned.size == 0:
        return None
    lowest, highest = (int(spanned[i]) - frame.depth - frame.stroke for i in (0, -1))
    if not frame.depth:
        return float(highest + 1)
    middle = (lowest + highest + 1) / 2
    return 0.0 if middle == 0 else float(highest + 1) if middle > 0 else float(lowest)


def _parts(places: Sequence[Place], ends: Sequence[float | None]) -> list[float | None]:
    """Return the lengths of stacked parts. One without an edge has no length."""
    tops: dict[int, float] = {}
    lengths: list[float | None] = []
    for (category, _), end in zip(places, ends, strict=True):
        foot = tops.get(category, 0.0)
        tops[category] = foot if end is None else end
        lengths.append(tops[category] - foot)
    return lengths
