"""Step 2, check, first half: a chart's CSV becomes labels and values. Called by `charts`; draws nothing.

Sizes are judged by the chart type; this file only promises finite numbers of zero or more.
"""

import csv
import io
import math
from dataclasses import dataclass
from difflib import get_close_matches

from chartspark_api.charts import Chart

from chartspark_runner.errors import (
    ColumnMissing,
    EmptyTable,
    InvalidData,
    NegativeValue,
    NotANumber,
    TableElsewhere,
)


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
        InvalidData: The text is no table, a column is missing, there are no rows, or a cell of `y` holds no
            number of zero or more.
    """
    rows = _rows(chart)
    if not rows:
        raise EmptyTable("the table is empty; write a header line and one line for each mark")
    header = [cell.strip() for cell in rows[0]]
    x, y = _column(header, chart.x), _column(header, chart.y)
    if len(rows) == 1:
        raise EmptyTable("the table has a header and no rows; write one line for each mark")
    body = [_fitted(row, i, len(header)) for i, row in enumerate(rows[1:], start=1)]
    labels = tuple(row[x].strip() for row in body)
    cells = tuple(row[y].strip() for row in body)
    values = tuple(_number(cell, i, labels[i - 1], chart.y) for i, cell in enumerate(cells, start=1))
    return Series(labels=labels, values=values, decimals=max(map(_decimals, cells)))


def _rows(chart: Chart) -> list[list[str]]:
    if (csv_text := chart.data.csv) is None:
        raise TableElsewhere(
            "the table lies in a ConfigMap, which only the operator reads; to try it here, write it as data.csv"
        )
    reader = csv.reader(io.StringIO(csv_text.strip("\ufeff\n"), newline=""), skipinitialspace=True)
    return [row for row in reader if any(cell.strip() for cell in row)]


def _fitted(row: list[str], number: int, width: int) -> list[str]:
    """Return the row with as many cells as the header has. What is missing is empty; what is too much has a cause."""
    if any(cell.strip() for cell in row[width:]):
        raise InvalidData(
            f"row {number} ({row[0].strip()}) has {len(row)} cells and the header has {width}; "
            "write 1234, not 1,234, and put a text that holds a comma in double quotes"
        )
    return [*row[:width], *[""] * (width - len(row))]


def _column(header: list[str], name: str) -> int:
    if name in header:
        return header.index(name)
    near = get_close_matches(name.casefold(), [column.casefold() for column in header], n=1, cutoff=0.5)
    hint = next((f"; did you mean {column!r}?" for column in header if near == [column.casefold()]), "")
    if len(header) == 1 and (separator := next((s for s in ";\t|" if s in header[0]), None)):
        hint = f"; its cells seem to be separated by {separator!r}: separate them by commas"
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
