"""Axes with round ticks: numbers, years, and dates in their true distances. Pure; called by the layouts of chart types.

Values of time are days since 1970.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import numpy as np
from matplotlib.ticker import MaxNLocator

from chartspark_runner.dates import day_of_year, month, month_and_year
from chartspark_runner.lettering import text_width
from chartspark_runner.numerals import Numerals

MOST_TICKS = 9
_Unit = Literal["Y", "M", "D", "h", "m", "s"]
_STEPS: tuple[tuple[_Unit, int], ...] = (
    ("s", 1), ("s", 10), ("m", 1), ("m", 5), ("m", 15), ("h", 1), ("h", 3), ("h", 6), ("h", 12),
    ("D", 1), ("D", 2), ("D", 7), ("D", 14), ("M", 1), ("M", 2), ("M", 3), ("M", 6),
)  # fmt: skip
_PHASE = {"Y": 1970, "D": 3}
"""Added to numpy's count since 1970, so that multiples of decades and Mondays are round."""
_SECONDS = 86_400
_MINUTE = 0.99 / 1440
_DAY = 1.0
_MONTH = 27.0
_YEAR = 360.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high`, laid from one pixel position to another; the latter may be the smaller."""

    low: float
    high: float
    start: float
    stop: float

    def at(self, value: float) -> float:
        """Return where a value lies, in pixels."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.stop - self.start)

    def value(self, pixel: float) -> float:
        """Return what lies at a pixel position."""
        return self.low + (pixel - self.start) / (self.stop - self.start) * (self.high - self.low)

    @property
    def value_per_pixel(self) -> float:
        """Return what one pixel is worth."""
        return abs((self.high - self.low) / (self.stop - self.start))


@dataclass(frozen=True, slots=True)
class Tick:
    """A value that the axis names."""

    value: float
    lines: tuple[str, ...]
    """What stands there; a second line is what many ticks share, for instance the year of a month."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale and its ticks."""

    scale: Scale
    ticks: tuple[Tick, ...]


Ticks = Callable[[float, float, int, Numerals], tuple[Tick, ...]]
"""From the lowest and highest value, the most ticks that there is room for and how they are spelled, to the ticks."""


def number_ticks(low: float, high: float, most: int, numerals: Numerals) -> tuple[Tick, ...]:
    """Return round numbers of which the first is at most `low` and the last at least `high`."""
    values = _round_numbers(low, high, most, whole=False)
    return tuple(Tick(value, (text,)) for value, text in zip(values, numerals.ticks(values), strict=True))


def year_ticks(low: float, high: float, most: int, numerals: Numerals) -> tuple[Tick, ...]:
    """Return round years around `low` and `high`."""
    years = _round_numbers(low, high, most, whole=True)
    return tuple(Tick(year, (numerals.figures(f"{year:.0f}"),)) for year in years)


def time_ticks(low: float, high: float, most: int, numerals: Numerals) -> tuple[Tick, ...]:
    """Return the round dates from `low` to `high`, in the finest unit of which there are at most `most`."""
    days = next((d for step in _ladder() if len(d := _dates(low, high, *step)) <= most), ())
    if not days:
        days = (low,)
    step = min((b - a for a, b in itertools.pairwise(days)), default=_YEAR)
    moments = [datetime.fromtimestamp(day * _SECONDS, UTC) for day in days]
    return tuple(
        Tick(day, _spell_time(moment, moments[i - 1] if i else None, step, numerals))
        for i, (day, moment) in enumerate(zip(days, moments, strict=True))
    )


def most_that_fit(  # noqa: PLR0913, PLR0917 - what is spelled how, and where
    ticks: Ticks, low: float, high: float, room: float, size: float, numerals: Numerals
) -> tuple[Tick, ...]:
    """Return as many ticks as can stand side by side in `room` pixels with letters of `size`, at least two."""
    chosen = ticks(low, high, 2, numerals)
    for most in range(3, MOST_TICKS + 1):
        closer = ticks(low, high, most, numerals)
        widest = max(text_width(line, size) for tick in closer for line in tick.lines)
        gap = min((b.value - a.value for a, b in itertools.pairwise(closer)), default=high - low)
        if gap / (high - low) * room < widest + size:
            break
        chosen = closer
    return chosen


def _round_numbers(low: float, high: float, most: int, *, whole: bool) -> tuple[float, ...]:
    locator = MaxNLocator(nbins=max(1, most - 1), steps=[1, 2, 5, 10], integer=whole, min_n_ticks=1)
    # Adding a zero takes the sign off a negative one.
    return tuple(float(value) + 0.0 for value in locator.tick_values(low, high))


def _ladder() -> Iterator[tuple[_Unit, int]]:
    yield from _STEPS
    yield from (("Y", lead * 10**power) for power in range(4) for lead in (1, 2, 5))


def _dates(low: float, high: float, unit: _Unit, every: int) -> tuple[float, ...]:
    """Return the days from `low` to `high` at which a multiple of `every` units begins."""
    ends = [np.datetime64(round(day * _SECONDS), "s").astype(f"datetime64[{unit}]") for day in (low, high)]
    first, last = (int(end.astype(np.int64)) + _PHASE.get(unit, 0) for end in ends)
    if (last - first) // every > MOST_TICKS * 4:
        # There would be too many, and perhaps more than fit into memory.
        return (low,) * (MOST_TICKS + 1)
    counts = range(first // every * every, last + 1, every)
    begins = [np.datetime64(count - _PHASE.get(unit, 0), unit).astype("datetime64[s]") for count in counts]
    days = (int(begin.astype(np.int64)) / _SECONDS for begin in begins)
    return tuple(day for day in days if low <= day <= high)


def _spell_time(
    moment: datetime, before: datetime | None, step: float, numerals: Numerals
) -> tuple[str, ...]:
    year = numerals.figures(f"{moment.year}")
    if step >= _YEAR:
        return (year,)
    if step >= _MONTH:
        name = month(moment, numerals)
        return (name, year) if before is None or before.year != moment.year else (name,)
    if step >= _DAY:
        new = before is None or (before.year, before.month) != (moment.year, moment.month)
        day = numerals.figures(f"{moment.day}")
        return (day, month_and_year(moment, numerals)) if new else (day,)
    new = before is None or before.date() != moment.date()
    clock = numerals.figures(f"{moment:%H:%M}" if step >= _MINUTE else f"{moment:%H:%M:%S}")
    return (clock, day_of_year(moment, numerals)) if new else (clock,)
