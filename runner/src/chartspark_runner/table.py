"""Step 2, check, first half: a chart's CSV becomes a table. Called by `check`; knows no chart type.

Each type reads its own columns, and judges how many rows it can show.
"""

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from chartspark_api.charts import Chart

from chartspark_runner.errors import ColumnMissing, EmptyTable, InvalidData, NotANumber, TableElsewhere

_LEAST, _MOST = 1e-12, 1e15
"""The sizes of numbers that charts can spell and scale: beyond them floating point runs out of digits."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of finite numbers."""

    values: tuple[float, ...]
    decimals: int
    """The most digits after the point that the table spells a value with."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a header."""

    header: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    """At least one. Every row has a cell for every column."""

    def column(self, name: str) -> tuple[str, ...]:
        """Return the cells of a column.

        Raises:
            ColumnMissing: The header has no such name.
        """
        self.require(name)
        return tuple(row[name] for row in self.rows)

    def numbers(self, name: str, label: str) -> Numbers:
        """Return a column of numbers.

        Args:
            name: The column.
            label: The column that tells rows apart, for the sentence about a bad cell.

        Raises:
            ColumnMissing: The header has no such name.
            NotANumber: A cell holds no finite number.
        """
        cells, labels = self.column(name), self.column(label)
        values = tuple(_number(cell, i + 1, labels[i], name) for i, cell in enumerate(cells))
        return Numbers(values, max(map(_decimals, cells)))

    def numbers_with_gaps(self, name: str, label: str) -> tuple[float | None, ...]:
        """Return a column of numbers in which cells may be empty.

        Raises:
            ColumnMissing: The header has no such name.
            NotANumber: A cell holds something that is no finite number.
        """
        cells, labels = self.column(name), self.column(label)
        return tuple(_number(cell, i + 1, labels[i], name) if cell else None for i, cell in enumerate(cells))

    def require(self, name: str) -> None:
        """Refuse a table without the column.

        Raises:
            ColumnMissing: The header has no such name; the sentence tells those it has, and the nearest.
        """
        if name in self.header:
            return
        near = get_close_matches(
            name.casefold(), [column.casefold() for column in self.header], n=1, cutoff=0.5
        )
        hint = next(
            (f"; did you mean {column!r}?" for column in self.header if near == [column.casefold()]), ""
        )
        if len(self.header) == 1 and (separator := next((s for s in ";\t|" if s in self.header[0]), None)):
            hint = f"; its cells seem to be separated by {separator!r}: separate them by commas"
        raise ColumnMissing(
            f"the table has no column {name!r}; it has {', '.join(map(repr, self.header))}{hint}"
        )


def read_table(chart: Chart) -> Table:
    """Return the chart's table.

    Raises:
        InvalidData: The text is no table, or has no rows.
    """
    lines = _lines(chart)
    if not lines:
        raise EmptyTable("the table is empty; write a header line and one line for each mark")
    header = tuple(cell.strip() for cell in lines[0])
    if twice := [name for i, name in enumerate(header) if name and name in header[:i]]:
        raise InvalidData(f"the table has two columns {twice[0]!r}; give each a name of its own")
    table = Table(
        header,
        tuple(
            dict(zip(header, _fitted(line, i, len(header)), strict=True))
            for i, line in enumerate(lines[1:], start=1)
        ),
    )
    # A wrong separator is told first: it is the cause of a missing column, and often of missing rows.
    table.require(chart.x)
    table.require(chart.y)
    if not table.rows:
        raise EmptyTable("the table has a header and no rows; write one line for each mark")
    return table


def _lines(chart: Chart) -> list[list[str]]:
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
    return [cell.strip() for cell in [*row[:width], *[""] * (width - len(row))]]


def _number(cell: str, row: int, label: str, column: str) -> float:
    where = f"row {row} ({label}), column {column!r}"
    try:
        value = float(cell)
    except ValueError as error:
        found = f"is {cell!r}" if cell else "is empty"
        raise NotANumber(f"{where} {found}, and must be a number such as 1234.5") from error
    if not math.isfinite(value):
        raise NotANumber(f"{where} is {cell}, and must be a finite number")
    return scalable(value, f"{where} is {cell}")


def scalable(value: float, told: str) -> float:
    """Return a number that an axis can show.

    Args:
        value: The number.
        told: The beginning of the sentence that refuses it: where it stands, and how it is spelled.

    Raises:
        NotANumber: It is too large or too small.
    """
    if value and not _LEAST <= abs(value) <= _MOST:
        raise NotANumber(
            f"{told}, and must be zero or between {_LEAST:g} and {_MOST:g} in size: take another unit"
        )
    return value


def _decimals(cell: str) -> int:
    digits = cell.lstrip("+-")
    return len(digits.partition(".")[2]) if digits.replace(".", "", 1).isdigit() else 2
