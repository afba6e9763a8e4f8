"""Where everything of a chart with lines over an axis goes: lines, and the edges of areas. Pure.

Called by the charts of lines and areas; drawing, composing and decoding read the result.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

from chartspark_api.charts import Chart

from chartspark_runner.charts.along import Kind
from chartspark_runner.charts.axis import (
    Axis,
    Scale,
    Tick,
    most_that_fit,
    number_ticks,
    spell_value,
    time_ticks,
    year_ticks,
)
from chartspark_runner.charts.legend import End, EndLabel, end_labels, label_width
from chartspark_runner.charts.page import Page, Sizes, lay_out_page, unit_name
from chartspark_runner.charts.traces import Trace, Traces
from chartspark_runner.errors import ChartTooSmall, TooManyPoints
from chartspark_runner.geometry import Box
from chartspark_runner.lettering import ELLIPSIS, LINE, text_width, wrapped
from chartspark_runner.stamps import Polygon

_SMALLEST_PLOT = 60
"""In pixels. Differences on a smaller plot cannot be read."""
_NEAREST = 3.0
"""The least distance of two points, in strokes: below, the bends of a line run into each other."""
_WIDEST_LABELS = 0.24
"""Of the chart's width that labels beside the ends may take."""
LONE_DOT = 1.45
"""The radius of dots at points, in strokes."""
_FAR_FROM_ZERO = 0.4
"""A line's axis begins at zero, unless the least value is more than this share of the largest."""
_SPARE = 0.5
"""The steps that an axis may go beyond the values for the sake of a tick."""
_AIR = 0.1
"""The steps that it goes beyond them otherwise."""
_MOST_NAMES = 12
"""Of values in the text for those who cannot see the chart, per series."""


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
    alternative: str


@dataclass(frozen=True, slots=True)
class Manner:
    """What differs between types."""

    from_zero: bool
    """Whether the axis must hold zero."""
    overhang: float
    """How far marks reach beyond their values at a letter size of 15.5 pixels."""


def lay_out_plot(chart: Chart, traces: Traces, manner: Manner) -> Plot:
    """Return the layout of a chart.

    Raises:
        ChartTooSmall: The texts leave no room for marks.
        TooManyPoints: They would be too close to each other.
    """
    page = lay_out_page(chart)
    room, sizes = page.room, page.sizes
    scale = sizes.label / 15.5
    over = manner.overhang * scale
    stroke = max(2.5, 3.2 * scale)
    low, high = _span(traces.values, from_zero=manner.from_zero)
    low, high, y_ticks = _trimmed(low, high, number_ticks(low, high, min(8, max(3, int((room.bottom - room.top) / (sizes.small * 5))))))
    left = round(room.left + sizes.small * 0.6 + max(text_width(t.lines[0], sizes.small) for t in y_ticks))
    ends = [spell_value(trace.points[-1].value, y_ticks) for trace in traces.series]
    names = [trace.name for trace in traces.series]
    gap = sizes.label * 0.7
    beside = label_width(names, ends, sizes, chart.width * _WIDEST_LABELS)
    right = math.floor(room.right - beside - gap)
    inset = max(over * 0.3, 3 * stroke)
    x = _x_axis(traces, left + inset, right - inset, sizes)
    lines_below = max(len(tick.lines) for tick in x.ticks)
    x_name = unit_name(chart.x) if traces.kind is Kind.NUMBERS else ""
    below = sizes.small * (0.9 + LINE * (lines_below + bool(x_name)))
    y_scale, base = _y_scale(traces, (low, high), room.top + sizes.small, room.bottom - below, over)
    if min(right - left - 2 * inset, base - y_scale.stop) < _SMALLEST_PLOT:
        raise ChartTooSmall(
            f"title, labels and source leave less than {_SMALLEST_PLOT} pixels for the plot; "
            "take a larger width and height, or shorter texts"
        )
    near = traces.nearest * abs((x.scale.stop - x.scale.start) / (x.scale.high - x.scale.low))
    _refuse_crowd(near, stroke, x.scale)
    lines = tuple(
        tuple(tuple((x.scale.at(p.x), y_scale.at(p.value)) for p in run) for run in trace.runs)
        for trace in traces.series
    )
    marks = Box(left, room.top, right, room.bottom)
    labels = end_labels(
        [
            End(name, value, parts[-1][-1][1])
            for name, value, parts in zip(names, ends, lines, strict=True)
        ],
        right + gap, Box(left, room.top, room.right, base), sizes, stroke,
    )  # fmt: skip
    frame = Frame(
        width=chart.width,
        height=chart.height,
        room=Box(left, max(0, round(y_scale.stop - 3 * stroke)), right, min(chart.height, round(base + stroke))),
        y=y_scale,
        stations=tuple(tuple(x.scale.at(p.x) for p in trace.points) for trace in traces.series),
        stroke=stroke,
        dot=LONE_DOT * stroke if near >= stroke * 7 else 0.0,
        swatches=tuple(label.swatch for label in labels if label.swatch is not None),
    )
    return Plot(
        page=page,
        frame=frame,
        x=x,
        y=Axis(y_scale, y_ticks),
        lines=lines,
        labels=labels,
        left=left,
        right=right,
        base=base,
        y_name=unit_name(chart.y),
        x_name=x_name,
        alternative=_alternative(chart, traces, y_ticks),
    )


def _span(values: tuple[float, ...], *, from_zero: bool) -> tuple[float, float]:
    """Return the lowest and the highest value that the axis has to hold."""
    low, high = min(values), max(values)
    if high - low <= max(abs(low), abs(high)) * 1e-9:
        # One value, or none that differ: only the distance from zero says anything.
        low, high = min(low, 0.0), max(high, 0.0)
    elif from_zero or 0 <= low <= high * _FAR_FROM_ZERO or low * _FAR_FROM_ZERO <= high <= 0:
        low, high = min(low, 0.0), max(high, 0.0)
    return (low, high) if high > low else (0.0, 1.0)


def _trimmed(low: float, high: float, ticks: tuple[Tick, ...]) -> tuple[float, float, tuple[Tick, ...]]:
    """Return the ends of the axis and its ticks, without those outer ticks that lie far from every value."""
    step = ticks[1].value - ticks[0].value
    first, last = ticks[0].value, ticks[-1].value
    ends = (
        first if low - first <= _SPARE * step else low - _AIR * step,
        last if last - high <= _SPARE * step else high + _AIR * step,
    )
    return (*ends, tuple(tick for tick in ticks if ends[0] <= tick.value <= ends[1]))


def _x_axis(traces: Traces, start: float, stop: float, sizes: Sizes) -> Axis:
    xs = traces.xs
    low, high = (xs[0], xs[-1])
    if traces.kind is Kind.NAMES:
        low, high = 0.0, float(len(traces.names) - 1)
    if low == high:
        # A single place stands in the middle.
        low, high = low - 1, high + 1
    room = stop - start
    match traces.kind:
        case Kind.NAMES:
            ticks = _name_ticks(traces.names, room / max(1, len(traces.names) - 1), sizes)
        case Kind.NUMBERS:
            ticks = most_that_fit(number_ticks, low, high, room, sizes.small)
        case Kind.YEARS:
            ticks = most_that_fit(year_ticks, low, high, room, sizes.small)
        case Kind.TIMES:
            ticks = most_that_fit(time_ticks, low, high, room, sizes.small)
    inside = tuple(tick for tick in ticks if low <= tick.value <= high)
    return Axis(Scale(low, high, start, stop), inside)


def _name_ticks(names: tuple[str, ...], slot: float, sizes: Sizes) -> tuple[Tick, ...]:
    """Return every name, or every second, third and so on where they would not stand side by side."""
    most = max(1, len(names) // 3)
    for every in range(1, most + 1):
        room = slot * every - sizes.small * 0.7
        lines = [wrapped(name, sizes.small, room, 2) for name in names[::every]]
        if every == most or not any(line.endswith(ELLIPSIS) for label in lines for line in label):
            return tuple(Tick(float(i * every), label) for i, label in enumerate(lines))
    return ()


def _y_scale(
    traces: Traces, span: tuple[float, float], top: float, bottom: float, over: float
) -> tuple[Scale, int]:
    """Return the scale, and where the axis along x lies: lower by what marks near the lowest tick reach over."""
    low, high = span
    least = (min(traces.values) - low) / (high - low)
    drop = max(0.0, over * 1.2 - least * (bottom - top)) if over else 0.0
    return Scale(low, high, round(bottom - drop), round(top)), round(bottom)


def _refuse_crowd(near: float, stroke: float, scale: Scale) -> None:
    least = _NEAREST * stroke
    if near < least:
        raise TooManyPoints(
            f"two points would be {near:.1f} pixels apart and must be {least:.1f}: at this size a line has room "
            f"for {int((scale.stop - scale.start) // least) + 1} at equal distances; take means of longer "
            "spans, or a larger width"
        )


def _alternative(chart: Chart, traces: Traces, ticks: tuple[Tick, ...]) -> str:
    told = (_told(trace, ticks) for trace in traces.series)
    return f"{chart.title}. " + "; ".join(told)


def _told(trace: Trace, ticks: tuple[Tick, ...]) -> str:
    points = trace.points
    every = math.ceil(len(points) / _MOST_NAMES)
    kept = [*points[:-1:every], points[-1]]
    values = ", ".join(f"{point.label} {spell_value(point.value, ticks)}" for point in kept)
    return f"{trace.name}: {values}" if trace.name else values
