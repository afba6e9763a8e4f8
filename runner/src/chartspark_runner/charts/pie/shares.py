"""The marks of a pie, from its table. Called by `chart`; pure."""

from dataclasses import dataclass
from itertools import accumulate, pairwise

from chartspark_api.charts import Chart

from chartspark_runner.charts.pie.frame import Sector
from chartspark_runner.errors import NegativeValue, NothingToShare, TooManySectors
from chartspark_runner.table import Table

MOST_SECTORS = 6
"""Angles of more cannot be compared by eye."""


@dataclass(frozen=True, slots=True)
class Shares:
    """One label, one amount and one sector per row, in the table's order."""

    labels: tuple[str, ...]
    values: tuple[float, ...]
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
                f"row {row} ({label}), column {chart.y!r} is {value:g}: a pie shows parts of a whole, which are zero or more; "
                "take type Bar for amounts below zero"
            )
    if len(labels) > MOST_SECTORS:
        raise TooManySectors(
            f"the table has {len(labels)} rows, and a pie shows {MOST_SECTORS} sectors at most; "
            "add up the smallest rows to one, or take type Bar"
        )
    largest = max(numbers.values)
    if largest == 0:
        raise NothingToShare(
            f"column {chart.y!r} adds up to zero, and a pie shows parts of a whole; write amounts above zero"
        )
    # Divided by the largest first: a sum of the largest numbers there are is no number any more.
    parts = [value / largest for value in numbers.values]
    total = sum(parts)
    turns = [0.0, *(reached / total for reached in accumulate(parts))]
    sectors = tuple(Sector(start, stop) for start, stop in pairwise(turns))
    return Shares(labels, numbers.values, sectors, numbers.decimals)
