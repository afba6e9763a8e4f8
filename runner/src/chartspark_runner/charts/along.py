"""What the x column of a line or an area is: names, numbers, years, or dates. Pure; called by `traces`, `points` and pies.

Names stand in equal distances, in the order of their first rows; everything else in its true distance.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from chartspark_runner.table import scalable

SECONDS = 86_400
"""Of a day."""
_FORMATS = (
    "%Y-%m-%d", "%Y-%m", "%Y/%m/%d", "%Y/%m", "%b %Y", "%B %Y", "%b %d %Y", "%B %d %Y", "%b %d, %Y", "%d %b %Y", "%d %B %Y",
)  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_YEAR_DIGITS = 4


class Kind(Enum):
    """How cells of an x column are understood."""

    NAMES = "names"
    NUMBERS = "numbers"
    YEARS = "years"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Along:
    """An x column, read."""

    kind: Kind
    values: tuple[float, ...]
    """Per row: a number, a year, days since 1970, or the place among the names."""
    names: tuple[str, ...]
    """The different names in order; empty for other kinds."""


def read_along(cells: Sequence[str], column: str) -> Along:
    """Return what the cells of a column say. Cells of several kinds are names, all of them.

    Raises:
        NotANumber: One is a number that no axis can show.
    """
    if (times := read_times(cells)) is not None:
        return times
    if numbers := _all(cells, _number):
        for row, (cell, number) in enumerate(zip(cells, numbers, strict=True), start=1):
            scalable(number, f"row {row}, column {column!r} is {cell}")
        return Along(Kind.NUMBERS, numbers, ())
    names = tuple(dict.fromkeys(cells))
    places = {name: float(i) for i, name in enumerate(names)}
    return Along(Kind.NAMES, tuple(places[cell] for cell in cells), names)


def read_times(cells: Sequence[str]) -> Along | None:
    """Return the years or the dates that cells are, if all of them are."""
    if all(_is_year(cell) for cell in cells):
        return Along(Kind.YEARS, tuple(float(cell) for cell in cells), ())
    days = _all(cells, _days)
    return Along(Kind.TIMES, days, ()) if days else None


def _all(cells: Sequence[str], read: Callable[[str], float | None]) -> tuple[float, ...]:
    """Return what all cells say, or nothing if one of them says something else."""
    values: list[float] = []
    for cell in cells:
        if (value := read(cell)) is None:
            return ()
        values.append(value)
    return tuple(values)


def _is_year(cell: str) -> bool:
    return len(cell) == _YEAR_DIGITS and cell.isdecimal() and _FIRST_YEAR <= int(cell) <= _LAST_YEAR


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _days(cell: str) -> float | None:
    moment = _iso(cell) or next((m for form in _FORMATS if (m := _formatted(cell, form))), None)
    if moment is None:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.timestamp() / SECONDS


def _iso(cell: str) -> datetime | None:
    # Of what ISO 8601 allows, only what has a hyphen: 20240101 is a number to everyone else.
    if "-" not in cell[1:]:
        return None
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        return None


def _formatted(cell: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(cell, form).replace(tzinfo=UTC)
    except ValueError:
        return None
