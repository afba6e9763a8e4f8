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
from chartspark_api.colours import EDGES

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.kind import Side
from chartspark_runner.charts.plot import LONE_DOT, Frame
from chartspark_runner.geometry import Box
from chartspark_runner.palette import Colour, reserved, shows
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

_Runs = list[tuple[float, npt.NDArray[np.float64], npt.NDArray[np.float64]]]
"""Per column: its middle, and the middles and lengths of its vertical runs of ink."""


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
    canvas: Canvas, frame: Frame, index: int, y: float, colour: Colour, side: Side
) -> None:
    """Draw half a stroke at a height through the place of a point, counted over all series."""
    x = [station for stations in frame.stations for station in stations][index]
    reach = 3 * frame.stroke
    canvas.line((x, y), (x - reach if side == "first" else x + reach, y), colour, frame.stroke)


def _ink(picture: Pixels, room: Box, edge: Colour) -> Mask:
    """Return where the room has the edge's colour."""
    return shows(_cut(picture, room), edge)


def _cut(picture: Pixels, box: Box) -> Pixels:
    return picture[box.top : box.bottom, box.left : box.right]


def _likeliest(frame: Frame, picture: Pixels) -> Colour:
    """Return the reserved colour in which most points can be read, among those that most columns show."""
    shown = {edge: float(_ink(picture, frame.room, edge).any(axis=0).mean()) for edge in EDGES}
    most = max(shown.values())
    likely = [edge for edge in EDGES if shown[edge] >= most * 0.8]
    if len(likely) == 1:
        return likely[0]
    return max(likely, key=lambda edge: _found(frame, picture, edge))


def _found(frame: Frame, picture: Pixels, edge: Colour) -> int:
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
    columns = _columns(ink, frame.room.left, left, right, min(keep_off, (right - left) / 3))
    best: tuple[int, float, float] | None = None
    for x0, ys0, _ in _spread([c for c in columns[: len(columns) // 2] if c[1].size]):
        for x1, ys1, _ in _spread([c for c in columns[len(columns) // 2 :] if c[1].size]):
            for y0 in ys0:
                for y1 in ys1:
                    slope = (y1 - y0) / (x1 - x0)
                    support = len(_agreeing(columns, y0 - slope * x0, slope, frame.stroke))
                    if best is None or support > best[0]:
                        best = (support, y0 - slope * x0, slope)
    if best is None or best[0] < max(_FEWEST if len(columns) > _FEWEST else 2, _AGREED * len(columns)):
        return None
    points = _agreeing(columns, best[1], best[2], frame.stroke)
    xs, ys = np.array(points).T
    slope, offset = np.polyfit(xs, ys, 1)
    return _Stroke(offset + slope * left, slope), _Stroke(offset + slope * right, slope)


def _spread(columns: _Runs) -> _Runs:
    return columns[:: max(1, math.ceil(len(columns) / _TRIED))]


def _columns(ink: Mask, origin: int, left: float, right: float, keep_off: float) -> _Runs:
    """Return the runs of ink in the columns between two points."""
    first, last = int(np.ceil(left + keep_off - 0.5)), int(np.floor(right - keep_off - 0.5))
    return [
        (x + 0.5, *_runs(ink[:, x - origin]))
        for x in range(max(first, origin), min(last, origin + ink.shape[1] - 1) + 1)
    ]


def _runs(column: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    steps = np.diff(np.concatenate(([0], column.astype(np.int8), [0])))
    starts, stops = np.nonzero(steps == 1)[0], np.nonzero(steps == -1)[0]
    return (starts + stops) / 2, (stops - starts).astype(np.float64)


def _agreeing(columns: _Runs, offset: float, slope: float, stroke: float) -> list[tuple[float, float]]:
    """Return the runs that lie on a stroke and are as long as it makes them, one per column."""
    long = stroke * float(np.hypot(1, slope))
    beside = _BESIDE + abs(slope) * 0.25
    agreeing: list[tuple[float, float]] = []
    for x, middles, lengths in columns:
        if middles.size == 0:
            continue
        off = np.abs(middles - offset - slope * x)
        off[np.abs(lengths - long) > 2 + 0.35 * long] = np.inf
        nearest = int(off.argmin())
        if off[nearest] <= beside:
            agreeing.append((x, float(middles[nearest])))
    return agreeing


def _lone(frame: Frame, ink: Mask, station: float) -> float | None:
    """Return the middle of a dot that no stroke leads to."""
    middles, lengths = _runs(ink[:, min(int(station) - frame.room.left, ink.shape[1] - 1)])
    if middles.size == 0:
        return None
    dot = 2 * LONE_DOT * frame.stroke
    nearest = int(np.abs(lengths - dot).argmin())
    return float(middles[nearest]) if abs(lengths[nearest] - dot) <= 2 + 0.3 * dot else None
