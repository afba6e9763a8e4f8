"""The marks of a bar chart, from its table. Called by `chart`; pure."""

from dataclasses import dataclass

from chartspark_api.charts import Chart

from chartspark_runner.errors import NegativeValue
from chartspark_runner.table import Table


@dataclass(frozen=True, slots=True)
class Series:
    """One label and one value per bar, in the table's order."""

    labels: tuple[str, ...]
    values: tuple[float, ...]
    decimals: int
    """The most digits after the point that the table spells a value with."""


def read_series(chart: Chart, table: Table) -> Series:
    """Return the columns `x` and `y` of the table.

    Raises:
        InvalidData: A column is missing, or a cell of `y` holds no number of zero or more.
    """
    labels, numbers = table.column(chart.x), table.numbers(chart.y, chart.x)
    for row, (label, value) in enumerate(zip(labels, numbers.values, strict=True), start=1):
        if value < 0:
            raise NegativeValue(
                f"row {row} ({label}), column {chart.y!r} is {value:g}: bars of pictograms show amounts of zero or more"
            )
    return Series(labels=labels, values=numbers.values, decimals=numbers.decimals)
