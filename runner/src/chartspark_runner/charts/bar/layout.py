"""Where everything of a bar chart goes, decided before anything is drawn or generated. Pure.

Called by `chart`; `draw`, `compose` and `decode` read the result.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from chartspark_api.charts import Chart, Orientation

from chartspark_runner.charts.bar.frame import Band, Frame
from chartspark_runner.charts.bar.series import Series
from chartspark_runner.charts.bar.tiling import Tiling, choose_tiling
from chartspark_runner.charts.page import Page, Room, Sizes, lay_out_page, unit_name
from chartspark_runner.errors import ChartTooSmall, TooManyBars
from chartspark_runner.lettering import ELLIPSIS, LINE, text_width, wrapped
from chartspark_runner.numbers import nice_steps, spell

_SOLID_SHARE = 0.68
"""Of a slot that a solid bar takes."""
_THICKEST_SOLID = 0.35
"""Of the longest bar's reach: a thicker one would leave no length beside the icon on its head."""
_SHORTEST_REACH = 40
"""In pixels. Differences between shorter bars cannot be read."""
_WIDEST_LABELS = 0.34
"""Of the chart's width that labels beside horizontal bars may take."""
_MOST_VERTICAL = 14


@dataclass(frozen=True, slots=True)
class BarLayout:
    """A bar chart, ready to be drawn."""

    page: Page
    frame: Frame
    tiling: Tiling | None
    """None where pictograms would be too small: then bars are solid."""
    values: tuple[float, ...]
    value_texts: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    """The lines of each label."""
    ticks: tuple[float, ...]
    tick_texts: tuple[str, ...]
    unit_name: str
    """What the values count, for the key."""
    plot_left: int
    plot_right: int
    alternative: str
    """What the chart says, for those who cannot see it."""


def lay_out(chart: Chart, series: Series) -> BarLayout:
    """Return the layout of a chart.

    Raises:
        ChartTooSmall: The texts leave no room for bars.
        TooManyBars: The bars would be too thin.
    """
    page = lay_out_page(chart)
    room, sizes = page.room, page.sizes
    largest = max(series.values)
    texts = tuple(spell(value, series.decimals, largest) for value in series.values)
    orientation = chart.orientation or _suitable_orientation(series, sizes, room)
    place = _vertical if orientation is Orientation.VERTICAL else _horizontal
    frame, tiling, labels = place(chart, series, texts, sizes, room)
    ticks = _ticks(frame)
    return BarLayout(
        page=page,
        frame=frame,
        tiling=tiling,
        values=series.values,
        value_texts=texts,
        labels=labels,
        ticks=ticks,
        tick_texts=_tick_texts(ticks),
        unit_name=unit_name(chart.y),
        plot_left=room.left + _tick_room(series, sizes)
        if orientation is Orientation.VERTICAL
        else frame.base,
        plot_right=room.right,
        alternative=f"{chart.title}. " + ", ".join(map(" ".join, zip(series.labels, texts, strict=True))),
    )


def _suitable_orientation(series: Series, sizes: Sizes, room: Room) -> Orientation:
    slot = (room.right - room.left) / len(series.labels)
    words = (word for label in series.labels for word in label.split())
    fits = all(text_width(word, sizes.label) <= slot * 0.94 for word in words) and not any(
        line.endswith(ELLIPSIS)
        for label in series.labels
        for line in wrapped(label, sizes.label, slot * 0.96, 2)
    )
    return Orientation.VERTICAL if fits and len(series.labels) <= _MOST_VERTICAL else Orientation.HORIZONTAL


_Placed = tuple[Frame, Tiling | None, tuple[tuple[str, ...], ...]]


def _vertical(chart: Chart, series: Series, texts: tuple[str, ...], sizes: Sizes, room: Room) -> _Placed:
    left = room.left + _tick_room(series, sizes)
    slot = (room.right - left) / len(series.labels)
    _refuse_crowd(
        slot, max(text_width(text, sizes.small, bold=True) for text in texts) * 0.9, room.right - left
    )
    labels = tuple(wrapped(label, sizes.label, slot * 0.96, 2) for label in series.labels)
    base = round(room.bottom - sizes.label * (0.9 + LINE * max(map(len, labels))))
    reach = round(base - room.top - sizes.label * 1.7)
    frame, tiling = _frame(chart, Orientation.VERTICAL, series, base, reach, left, slot)
    return frame, tiling, labels


def _horizontal(chart: Chart, series: Series, texts: tuple[str, ...], sizes: Sizes, room: Room) -> _Placed:
    slot = (room.bottom - sizes.small * 1.9 - room.top) / len(series.labels)
    _refuse_crowd(slot, sizes.label * 1.15, round(room.bottom - sizes.small * 1.9 - room.top))
    lines = 2 if slot >= sizes.label * LINE * 2.1 else 1
    labels = tuple(wrapped(text, sizes.label, chart.width * _WIDEST_LABELS, lines) for text in series.labels)
    widest = max(text_width(line, sizes.label) for label in labels for line in label)
    base = round(room.left + widest + sizes.label * 0.9)
    reach = round(room.right - base - max(text_width(t, sizes.label, bold=True) for t in texts) - sizes.label)
    frame, tiling = _frame(chart, Orientation.HORIZONTAL, series, base, reach, room.top, slot)
    return frame, tiling, labels


def _frame(  # noqa: PLR0913, PLR0917 - what both ways of running have in common
    chart: Chart, orientation: Orientation, series: Series, base: int, reach: int, start: float, slot: float
) -> tuple[Frame, Tiling | None]:
    if reach < _SHORTEST_REACH:
        raise ChartTooSmall(
            f"title, labels and source leave {max(0, reach)} pixels for the longest bar, and it needs "
            f"{_SHORTEST_REACH}; take a larger width and height, or shorter texts"
        )
    largest = max(series.values) or 1.0
    tiling = choose_tiling(largest, reach, slot)
    if tiling is None:
        # A solid bar wears one icon on its head, and needs the room for it.
        thickness = max(3, round(min(slot * _SOLID_SHARE, reach * _THICKEST_SOLID)))
        scale = (reach - _head(thickness)) / largest
    else:
        thickness, scale = tiling.cell * tiling.lanes, tiling.cell / tiling.row
    middles = (start + slot * (i + 0.5) for i in range(len(series.labels)))
    starts = [round(middle - thickness / 2) for middle in middles]
    frame = Frame(
        width=chart.width,
        height=chart.height,
        orientation=orientation,
        base=base,
        reach=reach,
        pixels_per_value=scale,
        bands=tuple(Band(at, at + thickness) for at in starts),
        stroke=max(2, round(4 * min(chart.width, chart.height) / 800)),
    )
    return frame, tiling


def _head(thickness: int) -> int:
    return round(thickness * 1.3)


def _tick_room(series: Series, sizes: Sizes) -> int:
    """Return the width of the tick labels left of vertical bars, in pixels."""
    largest = max(series.values) or 1.0
    steps = nice_steps(largest, 2, 9)
    return round(max(text_width(spell(largest, _decimals(steps), largest), sizes.small), 3 * sizes.small))


def _tick_texts(ticks: tuple[float, ...]) -> tuple[str, ...]:
    return tuple(spell(tick, _decimals(ticks), max(ticks)) for tick in ticks)


def _decimals(amounts: Iterable[float]) -> int:
    return 0 if all(amount == int(amount) for amount in amounts) else 2


def _ticks(frame: Frame) -> tuple[float, ...]:
    top = frame.reach / frame.pixels_per_value
    step = max(nice_steps(top, 3, 9))
    return tuple(step * i for i in range(1, math.floor(top / step) + 1))


def _refuse_crowd(slot: float, least: float, room: int) -> None:
    if slot < least:
        raise TooManyBars(
            f"the bars would be {slot:.0f} pixels apart and must be {least:.0f}: at this size "
            f"the chart has room for {int(room // least)}; take fewer rows, or a larger width and height"
        )
