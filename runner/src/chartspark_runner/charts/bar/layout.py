"""Where everything of a bar chart goes, decided before anything is drawn or generated. Pure.

Called by `chart`; `draw`, `compose` and `decode` read the result.
"""

import math
from dataclasses import dataclass

from chartspark_api.charts import Chart, Orientation

from chartspark_runner.charts.alike import refuse_alike
from chartspark_runner.charts.bar.bars import Bars
from chartspark_runner.charts.bar.frame import Band, Frame
from chartspark_runner.charts.bar.legend import Entry, lay_out_legend
from chartspark_runner.charts.bar.tiling import SMALLEST_CELL
from chartspark_runner.charts.page import Page, Room, Sizes, lay_out_page, unit_name
from chartspark_runner.errors import ChartTooSmall, TooManyBars
from chartspark_runner.geometry import Box
from chartspark_runner.lettering import ELLIPSIS, LINE, text_width, wrapped
from chartspark_runner.numerals import Numerals, numerals_of
from chartspark_runner.steps import nice_steps

_SMALLEST_HEAD = 24
"""In pixels: the pictogram that a bar wears which is too thin to be made of pictograms."""
_SHARE = 0.72
"""Of a category's slot that its bars take; the rest is the gap that tells categories apart."""
_THICKEST = 0.42
"""Of the longest bar's reach: a thicker bar is a block, and its length says nothing."""
_SHORTEST_REACH = 40
"""In pixels. Differences between shorter bars cannot be read."""
_THINNEST = 3
"""In pixels."""
_WIDEST_LABELS = 0.34
"""Of the chart's width that labels beside horizontal bars may take."""
_MOST_VERTICAL = 14
_AXIS = 1.9
"""The height of the tick labels under horizontal bars, in their letter size."""
_LINE_APART = 1.15
"""The least distance of horizontal bars, in the letter size of their labels."""


@dataclass(frozen=True, slots=True)
class BarLayout:
    """A bar chart, ready to be drawn."""

    page: Page
    frame: Frame
    bars: Bars
    head: int
    """What a bar wears beyond its end, in pixels; 0 where bars are made of pictograms."""
    value_texts: tuple[str, ...]
    """Per bar; of a stack, per category: its sum."""
    labels: tuple[tuple[str, ...], ...]
    """The lines of each category's label."""
    labels_at: int
    """Where labels stand along the value axis: beyond the lowest bar, in pixels of the sheet."""
    ticks: tuple[float, ...]
    tick_texts: tuple[str, ...]
    legend: tuple[Entry, ...]
    unit_name: str
    """What the values count, for the key."""
    numerals: Numerals
    plot_left: int
    plot_right: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """A frame in the making, from one way of running."""

    room: Room
    sizes: Sizes
    orientation: Orientation
    slot: float
    """From category to category, in pixels."""
    start: float
    """Where the first slot begins."""
    near: int
    """Where the value axis begins: the lower end, or the left."""
    far: int
    """Where it ends."""
    labels: tuple[tuple[str, ...], ...]
    labels_at: int


def lay_out(chart: Chart, bars: Bars) -> BarLayout:
    """Return the layout of a chart.

    Raises:
        ChartTooSmall: The texts leave no room for bars.
        TooManyBars: The bars would be too thin.
    """
    page = lay_out_page(chart)
    sizes = page.sizes
    legend, page = lay_out_legend(page, bars.series)
    room = page.room
    numerals = numerals_of(chart)
    texts = numerals.beside(_told(bars), bars.decimals)
    _refuse_by_count(chart, bars, texts, sizes, room)
    orientation = chart.orientation or _suitable_orientation(bars, sizes, room)
    plan = (_vertical if orientation is Orientation.VERTICAL else _horizontal)(
        chart, bars, texts, sizes, room
    )
    refuse_alike(bars.categories, plan.labels)
    frame, head = _frame(chart, bars, plan, tuple(entry.swatch for entry in legend))
    ticks = _ticks(frame)
    return BarLayout(
        page=page,
        frame=frame,
        bars=bars,
        head=head,
        value_texts=texts,
        labels=plan.labels,
        labels_at=plan.labels_at,
        ticks=ticks,
        tick_texts=numerals.ticks(ticks),
        legend=legend,
        unit_name=unit_name(chart.y),
        numerals=numerals,
        plot_left=room.left + _tick_room(bars, sizes, numerals)
        if orientation is Orientation.VERTICAL
        else plan.near,
        plot_right=room.right,
    )


def _refuse_by_count(chart: Chart, bars: Bars, texts: tuple[str, ...], sizes: Sizes, room: Room) -> None:
    """Refuse more bars than could ever stand there, before the letters of thousands are measured."""
    if chart.orientation is Orientation.VERTICAL:
        wide = room.right - room.left - _tick_room(bars, sizes, numerals_of(chart))
        longest = text_width(max(texts, key=len), sizes.small, bold=True) * 0.9
        least = longest if len(texts) == len(bars.categories) else 0
        _refuse_crowd(bars, wide / len(bars.categories), least, wide)
    elif chart.orientation is Orientation.HORIZONTAL or len(bars.categories) > _MOST_VERTICAL:
        high = room.bottom - room.top - sizes.small * _AXIS
        _refuse_crowd(bars, high / len(bars.categories), sizes.label * _LINE_APART, round(high))


def _told(bars: Bars) -> tuple[float, ...]:
    """Return the amounts that are written beside bars."""
    if not bars.stacked:
        return tuple(mark.end for mark in bars.marks)
    return tuple(
        max(mark.end for mark in bars.marks if mark.category == category)
        for category in range(len(bars.categories))
    )


def _suitable_orientation(bars: Bars, sizes: Sizes, room: Room) -> Orientation:
    slot = (room.right - room.left) / len(bars.categories)
    words = (word for label in bars.categories for word in label.split())
    fits = all(text_width(word, sizes.label) <= slot * 0.94 for word in words) and not any(
        line.endswith(ELLIPSIS)
        for label in bars.categories
        for line in wrapped(label, sizes.label, slot * 0.96, 2)
    )
    few = len(bars.categories) <= _MOST_VERTICAL
    return Orientation.VERTICAL if fits and few else Orientation.HORIZONTAL


def _vertical(chart: Chart, bars: Bars, texts: tuple[str, ...], sizes: Sizes, room: Room) -> _Plan:
    left = room.left + _tick_room(bars, sizes, numerals_of(chart))
    slot = (room.right - left) / len(bars.categories)
    widest = max(text_width(text, sizes.small, bold=True) for text in texts) * 0.9
    _refuse_crowd(bars, slot, widest if len(texts) == len(bars.categories) else 0, room.right - left)
    labels = tuple(wrapped(label, sizes.label, slot * 0.96, 2) for label in bars.categories)
    foot = round(room.bottom - sizes.label * (0.9 + LINE * max(map(len, labels))))
    # Values are written above the highest bar, and under the lowest where there is one below zero.
    near = round(foot - sizes.label * 1.6) if bars.lowest else foot
    far = round(room.top + sizes.label * 1.7)
    return _Plan(room, sizes, Orientation.VERTICAL, slot, left, near, far, labels, foot)


def _horizontal(chart: Chart, bars: Bars, texts: tuple[str, ...], sizes: Sizes, room: Room) -> _Plan:
    bottom = room.bottom - sizes.small * _AXIS
    slot = (bottom - room.top) / len(bars.categories)
    _refuse_crowd(bars, slot, sizes.label * _LINE_APART, round(bottom - room.top))
    lines = 2 if slot >= sizes.label * LINE * 2.1 else 1
    labels = tuple(
        wrapped(text, sizes.label, chart.width * _WIDEST_LABELS, lines) for text in bars.categories
    )
    widest = max(text_width(line, sizes.label) for label in labels for line in label)
    foot = round(room.left + widest + sizes.label * 0.9)
    beside = max(text_width(text, sizes.label, bold=True) for text in texts) + sizes.label
    near = round(foot + beside) if bars.lowest else foot
    return _Plan(
        room, sizes, Orientation.HORIZONTAL, slot, room.top, near, round(room.right - beside), labels, foot
    )


def _frame(chart: Chart, bars: Bars, plan: _Plan, swatches: tuple[Box, ...]) -> tuple[Frame, int]:
    """Return the frame, and what bars wear on their heads."""
    length = abs(plan.far - plan.near)
    if length < _SHORTEST_REACH:
        raise ChartTooSmall(
            f"title, labels and source leave {max(0, length)} pixels for the longest bar, and it needs "
            f"{_SHORTEST_REACH}; take a larger width and height, or shorter texts"
        )
    thickness = max(
        _THINNEST, round(min(plan.slot * _SHARE, length * _THICKEST * _side_by_side(bars) ** 0.5))
    )
    lane = thickness if bars.stacked else thickness // len(bars.series)
    head = 0 if lane >= SMALLEST_CELL else _SMALLEST_HEAD
    # Several series would wear their pictograms on top of each other: then the legend alone shows them.
    head = 0 if len(bars.series) > 1 else min(head, round(plan.slot))
    span = (bars.highest - bars.lowest) or 1.0
    scale = (length - head * (2 if bars.lowest and bars.highest else 1)) / span
    depth = math.ceil(-bars.lowest * scale) + (head if bars.lowest else 0)
    towards = -1 if plan.orientation is Orientation.VERTICAL else 1
    middles = (plan.start + plan.slot * (i + 0.5) for i in range(len(bars.categories)))
    frame = Frame(
        width=chart.width,
        height=chart.height,
        orientation=plan.orientation,
        base=plan.near + towards * depth,
        reach=length - depth,
        depth=depth,
        pixels_per_value=scale,
        bands=tuple(Band(at, at + thickness) for at in (round(m - thickness / 2) for m in middles)),
        series=len(bars.series),
        stacked=bars.stacked,
        stroke=max(2, round(4 * min(chart.width, chart.height) / 800)),
        swatches=swatches,
    )
    return frame, head


def _side_by_side(bars: Bars) -> int:
    return 1 if bars.stacked else len(bars.series)


def _tick_room(bars: Bars, sizes: Sizes, numerals: Numerals) -> int:
    """Return the width of the tick labels left of vertical bars, in pixels."""
    low, high = bars.lowest, bars.highest if bars.highest > bars.lowest else 1.0
    # Where the bars will end is not known yet: every step that their ticks may have is tried.
    texts = (
        text
        for step in nice_steps(high - low, 2, 9)
        for text in numerals.ticks(_multiples(step, low - step, high + step))
    )
    return round(max(3 * sizes.small, *(text_width(text, sizes.small) for text in texts)))


def _ticks(frame: Frame) -> tuple[float, ...]:
    low, high = -frame.depth / frame.pixels_per_value, frame.reach / frame.pixels_per_value
    step = max(nice_steps(high - low, 3, 9))
    return _multiples(step, low, high)


def _multiples(step: float, low: float, high: float) -> tuple[float, ...]:
    """Return the multiples of a step other than zero."""
    return tuple(step * i for i in range(math.ceil(low / step), math.floor(high / step) + 1) if i)


def _refuse_crowd(bars: Bars, slot: float, least: float, room: int) -> None:
    thinnest = _THINNEST / _SHARE * _side_by_side(bars) + 2 * (_side_by_side(bars) - 1)
    least = max(least, thinnest)
    if slot < least:
        raise TooManyBars(
            f"the bars would be {slot:.0f} pixels apart and must be {least:.0f}: at this size "
            f"the chart has room for {int(room // least)}; set top, take fewer rows, or a larger width and height"
        )
