"""Step 2, check, first half: a chart's CSV becomes labels and values. Called by `charts`; draws nothing.

Sizes are judged by the chart type; this file only promises finite numbers of zero or more.
"""

import csv
import io
import math
from dataclasses import dataclass
from difflib import get_close_matches

from chartspark_api.charts import Chart

from chartspark_runner.errors import ColumnMissing, EmptyTable, NegativeValue, NotANumber


@dataclass(frozen=True, slots=True)
class Series:
    """The marks of a chart, in the table's order: one label and one value each."""

    labels: tuple[str, ...]
    values: tuple[float, ...]
    decimals: int
    """The most digits after the point that the table spells a value with."""


def read_series(chart: Chart) -> Series:
    """Return the columns `x` and `y` of the chart's table.

    Raises:
        InvalidData: A column is missing, there are no rows, or a cell of `y` holds no number of zero or more.
    """
    rows = list(csv.reader(io.StringIO(chart.data.csv.strip("\ufeff\n"), newline=""), skipinitialspace=True))
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    header = [cell.strip() for cell in rows[0]] if rows else []
    x, y = _column(header, chart.x), _column(header, chart.y)
    if len(rows) == 1:
        raise EmptyTable("the table has a header and no rows")
    body = [[*row, *[""] * (len(header) - len(row))] for row in rows[1:]]
    labels = tuple(row[x].strip() for row in body)
    cells = tuple(row[y].strip() for row in body)
    values = tuple(_number(cell, i, labels[i - 1], chart.y) for i, cell in enumerate(cells, start=1))
    return Series(labels=labels, values=values, decimals=max(map(_decimals, cells)))


def _column(header: list[str], name: str) -> int:
    if name in header:
        return header.index(name)
    near = get_close_matches(name.casefold(), [column.casefold() for column in header], n=1, cutoff=0.5)
    hint = next((f"; did you mean {column!r}?" for column in header if near == [column.casefold()]), "")
    raise ColumnMissing(f"the table has no column {name!r}; it has {', '.join(map(repr, header))}{hint}")


def _number(cell: str, row: int, label: str, column: str) -> float:
    where = f"row {row} ({label}), column {column!r}"
    try:
        value = float(cell)
    except ValueError as error:
        found = f"is {cell!r}" if cell else "is empty"
        raise NotANumber(f"{where} {found}, and must be a number such as 1234.5") from error
    if not math.isfinite(value):
        raise NotANumber(f"{where} is {cell}, and must be a finite number")
    if value < 0:
        raise NegativeValue(f"{where} is {cell}: bars of pictograms show amounts of zero or more")
    return value


def _decimals(cell: str) -> int:
    return len(cell.partition(".")[2]) if cell.replace(".", "", 1).isdigit() else 2
