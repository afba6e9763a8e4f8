"""The marks of a pie, from its table. Called by `chart`; pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from chartspark_api.charts import Chart, Sort

from chartspark_runner.charts.pie.frame import Sector
from chartspark_runner.errors import NegativeValue, NothingToShare, TooManySectors
from chartspark_runner.lettering import ELLIPSIS
from chartspark_runner.table import Table

MOST_SECTORS = 6
"""Angles of more cannot be compared by eye."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a sector shows."""

    label: str
    value: float
    row: Mapping[str, str]
    """Its row of the table; of several rows, the largest."""
    numbers: tuple[int, ...]
    """Of its rows, from 1."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The parts of a whole, in the order of the pie."""

    parts: tuple[Part, ...]
    sectors: tuple[Sector, ...]
    decimals: int
    """The most digits after the point that the table spells a value with."""


def read_shares(chart: Chart, table: Table) -> Shares:
    """Return the columns `x` and `y` of the table as parts of a whole.

    Raises:
        InvalidData: A column is missing, a cell of `y` holds no number of zero or more, or they are too many.
    """
    labels, numbers = table.column(chart.x), table.numbers(chart.y, chart.x)
    for row, (label, value) in enumerate(zip(labels, numbers.values, strict=True), start=1):
        if value < 0:
            raise NegativeValue(
                f"row {row} ({label}), column {chart.y!r} is {value:g}: a pie shows parts of a whole, which are zero "
                "or more; take type Bar for amounts below zero"
            )
    everything = [
        Part(label, value, row, (number,))
        for number, (label, value, row) in enumerate(
            zip(labels, numbers.values, table.rows, strict=True), start=1
        )
    ]
    parts = _chosen(everything, chart)
    if len(parts) > MOST_SECTORS:
        raise TooManySectors(
            f"the pie would have {len(parts)} sectors, and {MOST_SECTORS} can be told apart; set top to {MOST_SECTORS - 1}, "
            "which adds up the rest, or take type Bar"
        )
    if not any(numbers.values):
        raise NothingToShare(
            f"column {chart.y!r} adds up to zero, and a pie shows parts of a whole; write amounts above zero"
        )
    return Shares(tuple(parts), _sectors([part.value for part in parts]), numbers.decimals)


def _chosen(parts: Sequence[Part], chart: Chart) -> list[Part]:
    """Return the parts sorted as the chart asks, and what is beyond its `top` as one, at the end."""
    order = list(parts)
    if chart.sort is not None:
        order.sort(key=lambda part: part.value, reverse=chart.sort is Sort.DESCENDING)
    # To name a single rest says more than to call it other.
    if chart.top is None or len(order) <= chart.top + 1:
        return order
    ranked = sorted(parts, key=lambda part: -part.value)
    kept, rest = ranked[: chart.top], ranked[chart.top :]
    other = Part(
        _rest(chart),
        math.fsum(part.value for part in rest),
        rest[0].row,
        tuple(sorted(number for part in rest for number in part.numbers)),
    )
    return [part for part in order if any(part is one for one in kept)] + [other]


def _rest(chart: Chart) -> str:
    """Return what the rest is called: in a language of which no word is known, by what says that something goes on."""
    return chart.other or ("Other" if (chart.locale or "en").split("-")[0] == "en" else ELLIPSIS)


def _sectors(values: Sequence[float]) -> tuple[Sector, ...]:
    # Divided by the largest first: a sum of the largest numbers there are is no number any more.
    largest = max(values)
    parts = [value / largest for value in values]
    total = sum(parts)
    turns = [0.0, *(reached / total for reached in accumulate(parts))]
    return tuple(Sector(start, stop) for start, stop in pairwise(turns))
