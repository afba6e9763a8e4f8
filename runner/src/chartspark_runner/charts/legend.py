"""Direct labels: the names of series, and their last values, beside the ends of their marks. Pure; called by `plot`.

Each name has a swatch in its series' reserved colour, from which readers and decoders learn which mark is whose.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chartspark_runner.charts.alike import refuse_alike
from chartspark_runner.charts.page import Sizes
from chartspark_runner.errors import ChartTooSmall
from chartspark_runner.geometry import Box
from chartspark_runner.lettering import LINE, text_width, wrapped

_GAP = 0.25
"""Between two labels, in letter sizes."""


@dataclass(frozen=True, slots=True)
class EndLabel:
    """What stands beside the end of a series."""

    name: tuple[str, ...]
    """Its lines; none where there is one series."""
    value: str
    """The last value; empty where there is no room for it."""
    swatch: Box | None
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class End:
    """The last point of a series."""

    name: str
    value: str
    y: float
    """In pixels."""


def label_width(names: Sequence[str], values: Sequence[str], sizes: Sizes, room: float) -> float:
    """Return the width that the labels take, at most `room`."""
    lines = [line for name in names for line in _name_lines(name, sizes, room, 2)]
    widest = max((text_width(line, sizes.label) for line in lines), default=0)
    figures = max(text_width(value, sizes.label, bold=True) for value in values)
    return (swatch_width(sizes) if any(names) else 0) + max(widest, figures)


def swatch_width(sizes: Sizes) -> float:
    """Return the room that a swatch takes left of its name."""
    return sizes.label * 1.5


def end_labels(
    ends: Sequence[End], left: float, room: Box, sizes: Sizes, thickness: float
) -> tuple[EndLabel, ...]:
    """Return the labels beside their ends, moved apart where they would overlap.

    Args:
        ends: Per series.
        left: Where labels begin.
        room: Where labels may stand.
        sizes: Of letters.
        thickness: Of swatches, as that of data edges.

    Raises:
        ChartTooSmall: The names do not fit.
    """
    wide = room.right - left - (swatch_width(sizes) if len(ends) > 1 else 0)
    names, values = [_name_lines(end.name, sizes, wide, 2) for end in ends], [end.value for end in ends]
    if sum(_heights(names, values, sizes)) > room.height:
        # Names matter more than the last values, which the axis tells as well.
        names, values = [_name_lines(end.name, sizes, wide, 1) for end in ends], [""] * len(ends)
    heights = _heights(names, values, sizes)
    refuse_alike([end.name for end in ends], names)
    if sum(heights) > room.height:
        raise ChartTooSmall(
            f"the names of {len(ends)} series need {sum(heights):.0f} pixels beside the plot, and there are "
            f"{room.height}; take a larger height, or fewer series"
        )
    tops = _apart([end.y - high / 2 for end, high in zip(ends, heights, strict=True)], heights, room)
    return tuple(
        EndLabel(lines, value, _swatch(left, top, sizes, thickness) if lines else None, left, top)
        for lines, value, top in zip(names, values, tops, strict=True)
    )


def _name_lines(name: str, sizes: Sizes, room: float, most: int) -> tuple[str, ...]:
    return wrapped(name, sizes.label, room, most) if name else ()


def _heights(names: Sequence[tuple[str, ...]], values: Sequence[str], sizes: Sizes) -> list[float]:
    return [
        sizes.label * (LINE * (len(lines) + bool(value)) + _GAP)
        for lines, value in zip(names, values, strict=True)
    ]


def _swatch(left: float, top: float, sizes: Sizes, thickness: float) -> Box:
    high = max(4, round(thickness * 1.5))
    middle = round(top + sizes.label * LINE / 2)
    return Box(round(left), middle - high // 2, round(left + sizes.label * 1.1), middle - high // 2 + high)


def _apart(wanted: Sequence[float], heights: Sequence[float], room: Box) -> tuple[float, ...]:
    """Return tops near those wanted, in the same order, without overlaps and inside of the room if there is enough."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i] + heights[i] / 2)
    tops = list(wanted)
    below = float(room.top)
    for i in order:
        tops[i] = max(tops[i], below)
        below = tops[i] + heights[i]
    above = float(room.bottom)
    for i in reversed(order):
        tops[i] = min(tops[i], above - heights[i])
        above = tops[i]
    return tuple(tops)
