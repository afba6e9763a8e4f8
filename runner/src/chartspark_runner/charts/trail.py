"""Reads data edges over an axis back: those of lines and of areas. Called by their charts.

It knows the frame (scale, places of the points along x, swatches of the series) and the reserved colours;
values, masks and layers it does not know, so that it can find a chart wrong.

Between two neighbouring points an edge is straight. So each span is searched for the straight stroke that
most of its columns agree on, and a point is where the strokes on its two sides meet it.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from chartspark_api.colours import EDGES, Rgb

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.kind import Side
from chartspark_runner.charts.plot import LONE_DOT, Frame
from chartspark_runner.geometry import Box
from chartspark_runner.palette import reserved, shows
from chartspark_runner.picture import Mask, Pixels, paper
from chartspark_runner.reading import Reading

_AGREED = 0.18
"""The share of a span's columns that must show the stroke; edges that cross it or share its place hide the rest."""
_FEWEST = 3
"""Columns that must show the stroke at least, where a span has more."""
_BESIDE = 1.3
"""Pixels by which a column's ink may lie beside the stroke."""
_TRIED = 8
"""Columns of a span from which strokes are tried, out of each half."""

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Span:
    """The columns between two points, and the vertical runs of ink in each."""

    xs: _Floats
    """The columns' middles."""
    middles: _Floats
    """Of shape (columns, runs), from top to bottom; infinite where a column has fewer runs than another."""
    lengths: _Floats
    """Of the same runs."""


@dataclass(frozen=True, slots=True)
class _Stroke:
    at: float
    """Its height at the point, in pixels."""
    slope: float


def decode(frame: Frame, picture: Pixels) -> Reading:
    """Return the values at all stations, series by series."""
    edges = tuple(reserved(_cut(picture, box)) for box in frame.swatches) or (_likeliest(frame, picture),)
    values = tuple(
        value
        for edge, stations in zip(edges, frame.stations, strict=True)
        for value in _values(frame, _ink(picture, frame.room, edge), stations)
    )
    return Reading(edges=edges, background=paper(picture), values=values)


def flag(  # noqa: PLR0913, PLR0917 - what a flag is
    canvas: Canvas, frame: Frame, index: int, y: float, colour: Rgb, side: Side
) -> None:
    """Draw half a stroke at a height through the place of a point, counted over all series."""
    x = [station for stations in frame.stations for station in stations][index]
    reach = 3 * frame.stroke
    canvas.line((x, y), (x - reach if side == "first" else x + reach, y), colour, frame.stroke)


def _ink(picture: Pixels, room: Box, edge: Rgb) -> Mask:
    """Return where the room has the edge's colour."""
    return shows(_cut(picture, room), edge)


def _cut(picture: Pixels, box: Box) -> Pixels:
    return picture[box.top : box.bottom, box.left : box.right]


def _likeliest(frame: Frame, picture: Pixels) -> Rgb:
    """Return the reserved colour in which most points can be read, among those that most columns show."""
    shown = {edge: float(_ink(picture, frame.room, edge).any(axis=0).mean()) for edge in EDGES}
    most = max(shown.values())
    likely = [edge for edge in EDGES if shown[edge] >= most * 0.8]
    if len(likely) == 1:
        return likely[0]
    return max(likely, key=lambda edge: _found(frame, picture, edge))


def _found(frame: Frame, picture: Pixels, edge: Rgb) -> int:
    values = _values(frame, _ink(picture, frame.room, edge), frame.stations[0])
    return sum(value is not None for value in values)


def _values(frame: Frame, ink: Mask, stations: Sequence[float]) -> Iterator[float | None]:
    keep_off = max(frame.dot, frame.stroke / 2) + 1
    strokes = [_strokes(frame, ink, left, right, keep_off) for left, right in pairwise(stations)]
    for i, station in enumerate(stations):
        sides = [
            *(stroke[1] for stroke in strokes[i - 1 : i] if i and stroke),
            *(stroke[0] for stroke in strokes[i : i + 1] if stroke),
        ]
        y = _met(sides) if sides else _lone(frame, ink, station)
        yield None if y is None else frame.y.value(y + frame.room.top)


def _met(sides: Sequence[_Stroke]) -> float:
    """Return the height at which strokes meet a point. A steep one says less about it."""
    weights = [1 / (1 + side.slope**2) for side in sides]
    return sum(w * side.at for w, side in zip(weights, sides, strict=True)) / sum(weights)


def _strokes(
    frame: Frame, ink: Mask, left: float, right: float, keep_off: float
) -> tuple[_Stroke, _Stroke] | None:
    """Return the straight stroke of a span as seen from its left and from its right point."""
    span = _span(ink, frame.room.left, left, right, min(keep_off, (right - left) / 3))
    half = len(span.xs) // 2
    best: tuple[int, float, float] | None = None
    for x0, y0 in _spread(span, 0, half):
        for x1, y1 in _spread(span, half, len(span.xs)):
            slope = (y1 - y0) / (x1 - x0)
            support = int(_agreeing(span, y0 - slope * x0, slope, frame.stroke)[0].sum())
            if best is None or support > best[0]:
                best = (support, y0 - slope * x0, slope)
    enough = max(_FEWEST if len(span.xs) > _FEWEST else 2, _AGREED * len(span.xs))
    if best is None or best[0] < enough:
        return None
    agreeing, heights = _agreeing(span, best[1], best[2], frame.stroke)
    slope, offset = np.polyfit(span.xs[agreeing], heights[agreeing], 1)
    return _Stroke(offset + slope * left, slope), _Stroke(offset + slope * right, slope)


def _spread(span: _Span, first: int, stop: int) -> list[tuple[float, float]]:
    """Return the middles of all runs of some columns, out of those from `first` that have ink."""
    inked = [i for i in range(first, stop) if np.isfinite(span.middles[i, 0])]
    return [
        (float(span.xs[i]), float(y))
        for i in inked[:: max(1, math.ceil(len(inked) / _TRIED))]
        for y in span.middles[i, np.isfinite(span.middles[i])]
    ]


def _span(ink: Mask, origin: int, left: float, right: float, keep_off: float) -> _Span:
    """Return the runs of ink in the columns between two points."""
    first, last = int(np.ceil(left + keep_off - 0.5)), int(np.floor(right - keep_off - 0.5))
    columns = range(max(first, origin), min(last, origin + ink.shape[1] - 1) + 1)
    runs = [_runs(ink[:, x - origin]) for x in columns]
    shape = (len(runs), max((middles.size for middles, _ in runs), default=0) or 1)
    span = _Span(np.array(columns, dtype=np.float64) + 0.5, np.full(shape, np.inf), np.zeros(shape))
    for i, (middles, lengths) in enumerate(runs):
        span.middles[i, : middles.size] = middles
        span.lengths[i, : lengths.size] = lengths
    return span


def _runs(column: npt.NDArray[np.bool_]) -> tuple[_Floats, _Floats]:
    steps = np.diff(np.concatenate(([0], column.astype(np.int8), [0])))
    starts, stops = np.nonzero(steps == 1)[0], np.nonzero(steps == -1)[0]
    return (starts + stops) / 2, (stops - starts).astype(np.float64)


def _agreeing(
    span: _Span, offset: float, slope: float, stroke: float
) -> tuple[npt.NDArray[np.bool_], _Floats]:
    """Return which columns have a run that lies on a stroke and is as long as it makes them, and each nearest one's middle."""
    long = stroke * float(np.hypot(1, slope))
    off = np.abs(span.middles - offset - slope * span.xs[:, None])
    off[np.abs(span.lengths - long) > 2 + 0.35 * long] = np.inf
    each, nearest = np.arange(len(off)), off.argmin(axis=1)
    return off[each, nearest] <= _BESIDE + abs(slope) * 0.25, span.middles[each, nearest]


def _lone(frame: Frame, ink: Mask, station: float) -> float | None:
    """Return the middle of a dot that no stroke leads to."""
    middles, lengths = _runs(ink[:, min(int(station) - frame.room.left, ink.shape[1] - 1)])
    if middles.size == 0:
        return None
    dot = 2 * LONE_DOT * frame.stroke
    nearest = int(np.abs(lengths - dot).argmin())
    return float(middles[nearest]) if abs(lengths[nearest] - dot) <= 2 + 0.3 * dot else None
