"""The marks of lines and areas, from their table. Called by their charts; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chartspark_api.charts import Chart
from chartspark_api.colours import MOST_SERIES

from chartspark_runner.charts.along import Along, Kind, read_along
from chartspark_runner.errors import InvalidData, TooManySeries
from chartspark_runner.table import Table


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series."""

    x: float
    value: float
    label: str
    """Its x as the table spells it."""
    row: int
    """Of the table, from 1."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One series."""

    name: str
    """Empty where the table has one series."""
    row: int
    """The table's row in which the series begins."""
    runs: tuple[tuple[Point, ...], ...]
    """The points in order, parted where a cell is missing."""

    @property
    def points(self) -> tuple[Point, ...]:
        """All of them."""
        return tuple(point for run in self.runs for point in run)


@dataclass(frozen=True, slots=True)
class Traces:
    """The series of a table, and the axis that they share."""

    kind: Kind
    names: tuple[str, ...]
    """Of the places along x, where these are names."""
    series: tuple[Trace, ...]

    @property
    def xs(self) -> tuple[float, ...]:
        """All positions along x, ascending."""
        return tuple(sorted({point.x for trace in self.series for point in trace.points}))

    @property
    def values(self) -> tuple[float, ...]:
        """All values."""
        return tuple(point.value for trace in self.series for point in trace.points)

    @property
    def nearest(self) -> float:
        """The least distance of two neighbours along x; infinite where there are none."""
        gaps = (b.x - a.x for trace in self.series for a, b in pairwise(trace.points))
        return min(gaps, default=float("inf"))


_Cell = tuple[float, float | None, str, int]
"""Position along x, value, x as it is spelled, row."""


def read_traces(chart: Chart, table: Table) -> Traces:
    """Return the columns of x, y and series.

    Raises:
        InvalidData: A column is missing, a cell holds something else than it should, or a point stands twice.
        TooManySeries: More than can be told apart.
    """
    cells = table.column(chart.x)
    if "" in cells:
        raise InvalidData(
            f"row {cells.index('') + 1}, column {chart.x!r} is empty; say in every row where it stands"
        )
    along = read_along(cells, chart.x)
    values = table.numbers_with_gaps(chart.y, chart.x)
    names = ("",) * len(cells) if chart.series is None else table.column(chart.series)
    different = tuple(dict.fromkeys(names))
    if len(different) > MOST_SERIES:
        raise TooManySeries(
            f"column {chart.series!r} has {len(different)} different cells, and a chart takes {MOST_SERIES} series: "
            "keep the most important, or make several charts"
        )
    rows = list(zip(along.values, values, cells, range(len(cells)), strict=True))
    series = tuple(
        _trace(chart, along, name, [row for row, owner in zip(rows, names, strict=True) if owner == name])
        for name in different
    )
    return Traces(along.kind, along.names, series)


def _trace(chart: Chart, along: Along, name: str, rows: Sequence[_Cell]) -> Trace:
    ordered = sorted(rows, key=lambda row: row[0])
    whose = f" of {name}" if name else ""
    for one, other in pairwise(ordered):
        if one[0] == other[0]:
            advice = "add the two up" if chart.series else "add the two up, or name the column of series"
            raise InvalidData(
                f"rows {one[3] + 1} and {other[3] + 1}{whose} both stand at {other[2]!r} in column {chart.x!r}; {advice}"
            )
    runs = tuple(_runs(ordered, step=1.0 if along.kind is Kind.NAMES else None))
    if not runs:
        raise InvalidData(f"column {chart.y!r}{whose} has no value; write at least one number")
    return Trace(name, rows[0][3], runs)


def _runs(rows: Sequence[_Cell], step: float | None) -> Iterable[tuple[Point, ...]]:
    """Yield the points between gaps: empty cells, and names that a series lacks."""
    run: list[Point] = []
    for x, value, label, row in rows:
        skipped = step is not None and run and x - run[-1].x > step
        if (value is None or skipped) and run:
            yield tuple(run)
            run = []
        if value is not None:
            run.append(Point(x, value, label, row + 1))
    if run:
        yield tuple(run)
