"""Which part of the numbers the axes of a plot show, and where their ticks stand. Pure; called by `plot`."""

from chartspark_runner.charts.alike import refuse_alike
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
from chartspark_runner.charts.page import Sizes
from chartspark_runner.charts.traces import Traces
from chartspark_runner.lettering import ELLIPSIS, wrapped
from chartspark_runner.numerals import Numerals

_FAR_FROM_ZERO = 0.4
"""An axis begins at zero, unless the least value is more than this share of the largest."""
_EQUAL = 1e-9
"""Values that differ by less, relative to themselves, are one value."""
_SPARE = 0.5
"""The steps that an axis may go beyond the values for the sake of a tick."""
_AIR = 0.1
"""The steps that it goes beyond them otherwise."""


def y_axis(
    values: tuple[float, ...], most: int, numerals: Numerals, *, from_zero: bool
) -> tuple[float, float, tuple[Tick, ...]]:
    """Return the ends of the axis that measures, and its ticks, without outer ones that lie far from every value."""
    low, high = _span(min(values), max(values), from_zero=from_zero)
    ticks = number_ticks(low, high, most, numerals)
    step = ticks[1].value - ticks[0].value
    first, last = ticks[0].value, ticks[-1].value
    ends = (
        first if low - first <= _SPARE * step else low - _AIR * step,
        last if last - high <= _SPARE * step else high + _AIR * step,
    )
    return (*ends, tuple(tick for tick in ticks if ends[0] <= tick.value <= ends[1]))


def x_axis(traces: Traces, start: float, stop: float, sizes: Sizes, numerals: Numerals) -> Axis:
    """Return the axis along x between two pixel positions."""
    xs = traces.xs
    low, high = (0.0, len(traces.names) - 1.0) if traces.kind is Kind.NAMES else (xs[0], xs[-1])
    if low == high:
        # A single place stands in the middle.
        lone = Tick(low, wrapped(traces.series[0].points[0].label, sizes.small, stop - start, 2))
        return Axis(Scale(low - 1, high + 1, start, stop), (lone,))
    ticks = _x_ticks(traces, low, high, stop - start, sizes, numerals)
    return Axis(Scale(low, high, start, stop), tuple(tick for tick in ticks if low <= tick.value <= high))


def _x_ticks(  # noqa: PLR0913, PLR0917 - what stands where, and how it is spelled
    traces: Traces, low: float, high: float, room: float, sizes: Sizes, numerals: Numerals
) -> tuple[Tick, ...]:
    match traces.kind:
        case Kind.NAMES:
            return _name_ticks(traces.names, room / high, sizes)
        case Kind.NUMBERS:
            return most_that_fit(number_ticks, low, high, room, sizes.small, numerals)
        case Kind.YEARS:
            return most_that_fit(year_ticks, low, high, room, sizes.small, numerals)
        case Kind.TIMES:
            return most_that_fit(time_ticks, low, high, room, sizes.small, numerals)


def _span(low: float, high: float, *, from_zero: bool) -> tuple[float, float]:
    """Return the lowest and the highest value that the axis has to hold."""
    largest = max(abs(low), abs(high))
    if (
        from_zero
        # Of one value, or of none that differ, only the distance from zero says anything.
        or high - low <= largest * _EQUAL
        or 0 <= low <= high * _FAR_FROM_ZERO
        or low * _FAR_FROM_ZERO <= high <= 0
    ):
        low, high = min(low, 0.0), max(high, 0.0)
    return (low, high) if high > low else (0.0, 1.0)


def _name_ticks(names: tuple[str, ...], slot: float, sizes: Sizes) -> tuple[Tick, ...]:
    """Return every name, or every second, third and so on where they would not stand side by side."""
    most = max(1, len(names) // 3)
    every, lines = 1, _fitted(names, slot, sizes)
    while every < most and any(line.endswith(ELLIPSIS) for label in lines for line in label):
        every += 1
        lines = _fitted(names[::every], slot * every, sizes)
    refuse_alike(names[::every], lines)
    return tuple(Tick(float(i * every), label) for i, label in enumerate(lines))


def _fitted(names: tuple[str, ...], slot: float, sizes: Sizes) -> list[tuple[str, ...]]:
    return [wrapped(name, sizes.small, slot - sizes.small * 0.7, 2) for name in names]
