"""Where everything of a scatter chart goes, decided before anything is drawn or generated. Pure.

Called by `chart`; `draw`, `compose` and `decode` read the result.
"""

import math
from dataclasses import dataclass

import numpy as np
from chartspark_api.charts import Chart

from chartspark_runner.charts.along import Kind
from chartspark_runner.charts.axis import (
    Axis,
    Scale,
    Tick,
    most_that_fit,
    number_ticks,
    time_ticks,
    year_ticks,
)
from chartspark_runner.charts.page import Page, Sizes, lay_out_page, unit_name
from chartspark_runner.charts.plot_axes import y_axis
from chartspark_runner.charts.scatter.frame import Frame
from chartspark_runner.charts.scatter.names import Name, place_names
from chartspark_runner.charts.scatter.points import Point, Points
from chartspark_runner.errors import ChartTooSmall, TooManyPoints
from chartspark_runner.geometry import Box
from chartspark_runner.lettering import LINE, text_width
from chartspark_runner.numerals import Numerals, numerals_of
from chartspark_runner.steps import nice_steps

MOST_ELEMENTS = 150
"""More of them hide each other."""
_SMALLEST_PLOT = 80
"""In pixels, either way."""
_FULL_SIZE = 15.5
"""The size of letters on a chart of 1200 by 800 pixels."""
_LARGEST, _MOST_PIXELS = 2400.0, 4000.0
"""The area of the largest mark in square pixels, at full size and at most: a slim element of 128 pixels has no more to give."""
_MOST_INK = 0.22
"""The share of the plot that marks may cover together."""
_SMALL = 700.0
"""The area of the largest mark, at full size, however near the points are."""
_NEAR = 1.3
"""The side of the largest mark in distances of neighbours."""
_EQUAL = 1e-9
"""Values that differ by less, relative to themselves, are one value."""
_APART = 2.6
"""The least distance, in radii, of a dot that can be told from its neighbour."""


@dataclass(frozen=True, slots=True)
class ScatterLayout:
    """A scatter chart, ready to be drawn."""

    page: Page
    frame: Frame
    x: Axis
    y: Axis
    places: tuple[tuple[float, float], ...]
    """Where each point lies, in pixels."""
    areas: tuple[float, ...]
    """Of each mark, in square pixels; all zero where there are dots alone."""
    apart: tuple[bool, ...]
    """Which points' dots stand apart from all others, so that they can be read."""
    alone: tuple[bool, ...]
    """Which marks touch no other and are larger than their dots, so that their sizes can be read."""
    names: tuple[Name, ...]
    key: float
    """The round size that is explained; 0 where sizes mean nothing."""
    words: tuple[str, ...]
    """What each point says."""
    x_name: str
    y_name: str
    size_name: str
    numerals: Numerals
    notes: tuple[str, ...]
    """What a reader of the metadata should know."""


def lay_out(chart: Chart, points: Points) -> ScatterLayout:
    """Return the layout of a chart.

    Raises:
        ChartTooSmall: The texts leave no room for points.
        TooManyPoints: Every point lies on another.
    """
    page, numerals = lay_out_page(chart), numerals_of(chart)
    sizes, room = page.sizes, page.room
    scale = sizes.label / _FULL_SIZE
    base = round(room.bottom - sizes.small * (0.9 + LINE * 2))
    most = min(8, max(3, int((base - room.top) / (sizes.small * 5))))
    low, high, y_ticks = _number_axis(tuple(p.y for p in points.points), most, numerals)
    left = round(room.left + sizes.small * 0.6 + max(text_width(t.lines[0], sizes.small) for t in y_ticks))
    plot = Box(left, round(room.top), room.right, base)
    if min(plot.width, plot.height) < _SMALLEST_PLOT:
        raise ChartTooSmall(
            f"title, labels and source leave {max(0, plot.width)} by {max(0, plot.height)} pixels for the points, and they need "
            f"{_SMALLEST_PLOT} by {_SMALLEST_PLOT}; take a larger width and height, or shorter texts"
        )
    crowded = len(points.points) > MOST_ELEMENTS
    largest = max(point.size for point in points.points)
    area = _largest_area(points, plot, scale)
    inset = 6 * scale + 4 if crowded else max(4 * scale + 4, 0.8 * math.sqrt(area))
    x_low, x_high, x_ticks = _x_axis(points, plot.width - 2 * inset, sizes, numerals)
    frame = Frame(
        width=chart.width,
        height=chart.height,
        room=plot,
        x=Scale(x_low, x_high, plot.left + inset, plot.right - inset),
        y=Scale(low, high, plot.bottom - inset, plot.top + inset),
        dot=max(2.5, 3.2 * scale),
        rim=max(1.5, 1.6 * scale),
        area_per_size=area / largest if largest and not crowded else 0.0,
    )
    places = tuple((frame.x.at(point.x), frame.y.at(point.y)) for point in points.points)
    apart, alone = _told_apart(frame, places, points)
    if not any(apart):
        raise TooManyPoints(
            "every point lies on another one, so that none can be read; leave repeated rows out, or add them up"
        )
    areas = tuple(frame.area_per_size * point.size for point in points.points)
    named = [point.label for point in points.points] if points.named and not crowded else []
    names = place_names(frame, places, areas, named, sizes)
    return ScatterLayout(
        page=page,
        frame=frame,
        x=Axis(frame.x, x_ticks),
        y=Axis(frame.y, y_ticks),
        places=places,
        areas=areas,
        apart=apart,
        alone=alone,
        names=names,
        key=_key(frame, largest, sizes) if points.sized else 0.0,
        words=tuple(_words(point, points, numerals) for point in points.points),
        x_name=chart.x.replace("_", " ") if points.kind is Kind.NUMBERS else "",
        y_name=chart.y.replace("_", " "),
        size_name=unit_name(chart.size or ""),
        numerals=numerals,
        notes=tuple(_notes(points, apart, alone, len(named) - len(names))),
    )


def _x_axis(
    points: Points, room: float, sizes: Sizes, numerals: Numerals
) -> tuple[float, float, tuple[Tick, ...]]:
    values = tuple(point.x for point in points.points)
    low, high = min(values), max(values)
    if points.kind is Kind.NUMBERS or low == high:
        return _number_axis(values, min(9, max(3, int(room / (sizes.small * 8)))), numerals)
    ticks = most_that_fit(
        year_ticks if points.kind is Kind.YEARS else time_ticks, low, high, room, sizes.small, numerals
    )
    return low, high, tuple(tick for tick in ticks if low <= tick.value <= high)


def _number_axis(
    values: tuple[float, ...], most: int, numerals: Numerals
) -> tuple[float, float, tuple[Tick, ...]]:
    """Return an axis that ends where the values do: no length stands for an amount, so that it needs no zero."""
    low, high = min(values), max(values)
    if high - low <= max(abs(low), abs(high)) * _EQUAL:
        return y_axis(values, most, numerals, from_zero=False)
    return (
        low,
        high,
        tuple(tick for tick in number_ticks(low, high, most + 2, numerals) if low <= tick.value <= high),
    )


def _largest_area(points: Points, plot: Box, scale: float) -> float:
    """Return how large the largest mark is: the nearer most points are to their neighbours, the smaller."""
    sides = (plot.width, plot.height)
    columns = [[p.x for p in points.points], [p.y for p in points.points]]
    at = np.array(
        [
            (np.array(column) - min(column)) / ((max(column) - min(column)) or 1.0) * side * 0.9
            for column, side in zip(columns, sides, strict=True)
        ]
    ).T
    away = np.linalg.norm(at[:, None] - at[None], axis=2)
    np.fill_diagonal(away, plot.width)
    near = float(np.median(away.min(axis=1)))
    return min(
        _LARGEST * scale**2,
        _MOST_PIXELS,
        _MOST_INK * plot.width * plot.height / len(points.points),
        max(_SMALL * scale**2, (_NEAR * near) ** 2),
    )


def _key(frame: Frame, largest: float, sizes: Sizes) -> float:
    """Return the largest round size whose mark fits the key's line."""
    if not frame.area_per_size:
        return 0.0
    most = (sizes.label * 1.75) ** 2 * 0.6 / frame.area_per_size
    return max((step for step in nice_steps(largest, 1, 1000) if step <= most), default=0.0)


def _words(point: Point, points: Points, numerals: Numerals) -> str:
    size = f", {numerals.told(point.size)}" if points.sized else ""
    named = f"{point.label}: " if points.named else ""
    return f"{named}{point.place}, {numerals.told(point.y)}{size}"


def _told_apart(
    frame: Frame, places: tuple[tuple[float, float], ...], points: Points
) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    at = np.array(places)
    reach = np.array([frame.reach(point.size) for point in points.points])
    away = np.linalg.norm(at[:, None] - at[None], axis=2)
    np.fill_diagonal(away, np.inf)
    apart = away.min(axis=1) >= _APART * frame.dot
    clear = (
        frame.area_per_size * np.array([p.size for p in points.points])
        >= 3 * math.pi * (frame.dot + frame.rim) ** 2
    )
    alone = apart & clear & (away > reach[:, None] + reach[None] + 4 * frame.rim).all(axis=1)
    return tuple(map(bool, apart)), tuple(map(bool, alone))


def _notes(points: Points, apart: tuple[bool, ...], alone: tuple[bool, ...], unnamed: int) -> list[str]:
    number = len(points.points)
    said: list[str] = []
    if number > MOST_ELEMENTS:
        said.append(
            f"{number} points are drawn as dots without elements: of more than {MOST_ELEMENTS} elements most hide each other"
        )
    if hidden := apart.count(False):
        said.append(f"{hidden} of {number} points lie on others, and cannot be read back")
    if points.sized and (touching := alone.count(False)) and number <= MOST_ELEMENTS:
        said.append(
            f"the sizes of {touching} of {number} points, which may touch others or hide under their dots, cannot be read back"
        )
    if unnamed > 0:
        said.append(f"{unnamed} of {number} names are left out, for which there is no room")
    return said
