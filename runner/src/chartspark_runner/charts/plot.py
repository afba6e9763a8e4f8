"""Where everything of a chart with lines over an axis goes: lines, and the edges of areas. Pure.

Called by the charts of lines and areas; drawing, composing and decoding read the result.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from chartspark_api.charts import Chart

from chartspark_runner.charts.along import Kind
from chartspark_runner.charts.axis import Axis, Scale, Tick
from chartspark_runner.charts.legend import End, EndLabel, end_labels, label_width
from chartspark_runner.charts.page import Page, lay_out_page, unit_name
from chartspark_runner.charts.plot_axes import x_axis, y_axis
from chartspark_runner.charts.traces import Traces
from chartspark_runner.errors import ChartTooSmall, PointsCovered, TooManyPoints
from chartspark_runner.geometry import Box
from chartspark_runner.lettering import LINE, text_width
from chartspark_runner.numerals import Numerals, numerals_of
from chartspark_runner.stamps import Polygon

FULL_SIZE = 15.5
"""The size of letters on a chart of 1200 by 800 pixels: distances grow and shrink with them."""
LONE_DOT = 1.45
"""The radius of dots at points, in strokes."""
_STROKE, _THINNEST = 3.2, 2.5
"""Of data edges in pixels, at full size and at least."""
_SMALLEST_PLOT = 60
"""In pixels. Differences on a smaller plot cannot be read."""
_NEAREST = 3.0
"""The least distance of two points, in strokes: below, the bends of a line run into each other."""
_DOTTED = 7.0
"""The least distance of two points, in strokes, at which points are marked by dots; of several series twice as much,
since dots of one hide strokes of another."""
_WIDEST_LABELS = 0.24
"""Of the chart's width that labels beside the ends may take."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A plot without its marks: all that the decoder is told. It holds no value of any mark."""

    width: int
    height: int
    room: Box
    """Where marks may have ink."""
    y: Scale
    stations: tuple[tuple[float, ...], ...]
    """Per series where its points stand along x, in pixels."""
    stroke: float
    """The thickness of data edges; their middle marks the value."""
    dot: float
    """The radius of the dots at points; 0 where points stand too close for dots."""
    swatches: tuple[Box, ...]
    """Per series where its colour is shown beside its name; none for one series."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point as readers of SVG find it."""

    at: tuple[float, float]
    words: str
    row: int
    """Of the table, from 1."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart of lines, ready to be drawn."""

    page: Page
    frame: Frame
    x: Axis
    y: Axis
    lines: tuple[tuple[Polygon, ...], ...]
    """Per series its unbroken parts, in pixels."""
    labels: tuple[EndLabel, ...]
    left: int
    right: int
    base: int
    """Where the axis along x is drawn."""
    y_name: str
    x_name: str
    """Empty where the ticks say it themselves."""
    numerals: Numerals
    """How its values are spelled."""
    spots: tuple[Spot, ...]
    """Its points, series by series."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What differs between types."""

    from_zero: bool
    """Whether the axis must hold zero."""
    hanging: float
    """How far marks reach below their values at full size."""


def lay_out_plot(chart: Chart, drawn: Traces, told: Traces, manner: Manner) -> Plot:
    """Return the layout of a chart.

    Args:
        chart: What was asked for.
        drawn: Where edges run.
        told: The values that stand beside their ends: others than drawn where series are stacked.
        manner: What the type asks for.

    Raises:
        ChartTooSmall: The texts leave no room for marks.
        TooManyPoints: They would be too close to each other.
    """
    page, numerals = lay_out_page(chart), numerals_of(chart)
    room, sizes = page.room, page.sizes
    scale = sizes.label / FULL_SIZE
    stroke, hanging = max(_THINNEST, _STROKE * scale), manner.hanging * scale
    most = min(8, max(3, int((room.bottom - room.top) / (sizes.small * 5))))
    low, high, ticks = y_axis(drawn.values, most, numerals, from_zero=manner.from_zero)
    left = round(room.left + sizes.small * 0.6 + max(text_width(t.lines[0], sizes.small) for t in ticks))
    named = [tick.value for tick in ticks]
    texts = [numerals.near(trace.points[-1].value, named) for trace in told.series]
    names = [trace.name for trace in told.series]
    gap = sizes.label * 0.8
    right = math.floor(room.right - gap - label_width(names, texts, sizes, chart.width * _WIDEST_LABELS))
    inset = max(hanging * 0.5, 3 * stroke)
    _refuse_small(right - left - 2 * inset)
    x = x_axis(drawn, left + inset, right - inset, sizes, numerals)
    x_name = unit_name(chart.x) if drawn.kind is Kind.NUMBERS else ""
    base = round(room.bottom - sizes.small * (0.9 + LINE * (_lines(x.ticks) + bool(x_name))))
    top = round(room.top + sizes.small)
    _refuse_small(base - top)
    y = _y_scale(min(drawn.values), (low, high), (base, top), hanging)
    _refuse_small(y.start - y.stop)
    near = drawn.nearest * abs((x.scale.stop - x.scale.start) / (x.scale.high - x.scale.low))
    _refuse_crowd(near, stroke, x.scale)
    lines = tuple(
        tuple(tuple((x.scale.at(p.x), y.at(p.value)) for p in run) for run in trace.runs)
        for trace in drawn.series
    )
    _refuse_covered(lines, names, stroke)
    ends = [End(name, text, parts[-1][-1][1]) for name, text, parts in zip(names, texts, lines, strict=True)]
    labels = end_labels(ends, right + gap, Box(left, room.top, room.right, base), sizes, stroke)
    frame = Frame(
        width=chart.width,
        height=chart.height,
        room=Box(left, max(0, round(top - 3 * stroke)), right, min(chart.height, round(base + 2 * stroke))),
        y=y,
        stations=tuple(tuple(x.scale.at(p.x) for p in trace.points) for trace in drawn.series),
        stroke=stroke,
        dot=LONE_DOT * stroke if near >= _DOTTED * stroke * (1 + (len(names) > 1)) else 0.0,
        swatches=tuple(label.swatch for label in labels if label.swatch is not None),
    )
    return Plot(
        page=page, frame=frame, x=x, y=Axis(y, ticks), lines=lines, labels=labels, left=left, right=right, base=base,
        y_name=unit_name(chart.y), x_name=x_name, numerals=numerals,
        spots=tuple(_spots(lines, told, numerals)),
    )  # fmt: skip


def _spots(lines: tuple[tuple[Polygon, ...], ...], told: Traces, numerals: Numerals) -> Iterator[Spot]:
    for parts, trace in zip(lines, told.series, strict=True):
        places = [place for part in parts for place in part]
        for at, point in zip(places, trace.points, strict=True):
            name = f"{trace.name}, {point.label}" if trace.name else point.label
            yield Spot(at, f"{name}: {numerals.told(point.value)}", point.row)


def _lines(ticks: tuple[Tick, ...]) -> int:
    return max(len(tick.lines) for tick in ticks)


def _y_scale(least: float, span: tuple[float, float], ends: tuple[int, int], hanging: float) -> Scale:
    """Return the scale that measures. It ends above the base line by what low marks hang below their values."""
    low, high = span
    base, top = ends
    height = (least - low) / (high - low) * (base - top)
    # An axis that begins at zero ends there: below, marks would hang into what is less than nothing.
    drop = max(0.0, 1.2 * hanging - height) if hanging and low else 0.0
    return Scale(low, high, round(base - drop), top)


def _refuse_small(pixels: float) -> None:
    if pixels < _SMALLEST_PLOT:
        raise ChartTooSmall(
            f"title, labels and source leave {max(0, round(pixels))} pixels for the plot, and it needs "
            f"{_SMALLEST_PLOT}; take a larger width and height, or shorter texts"
        )


def _refuse_covered(lines: Sequence[tuple[Polygon, ...]], names: Sequence[str], stroke: float) -> None:
    alone = [
        (parts[0][0], name)
        for parts, name in zip(lines, names, strict=True)
        if len(parts) == len(parts[0]) == 1
    ]
    for (one, name), (other, its) in combinations(alone, 2):
        if math.dist(one, other) < 2 * LONE_DOT * stroke:
            raise PointsCovered(
                f"{name!r} and {its!r} are a single point each, and the one would cover the other; add rows, or take type Bar"
            )


def _refuse_crowd(near: float, stroke: float, scale: Scale) -> None:
    least = _NEAREST * stroke
    if near < least:
        raise TooManyPoints(
            f"two points would be {near:.1f} pixels apart and must be {least:.1f}: at this size a line has room "
            f"for {int((scale.stop - scale.start) // least) + 1} at equal distances; take means of longer "
            "spans, or a larger width"
        )
