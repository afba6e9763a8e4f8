"""The marks of a scatter chart, from its table. Called by `chart`; pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from chartspark_api.charts import Chart

from chartspark_runner.charts.along import Kind, read_along
from chartspark_runner.errors import InvalidData, NegativeValue, TooManyPoints
from chartspark_runner.table import Table

_MOST = 2000


@dataclass(frozen=True, slots=True)
class Point:
    """One point."""

    x: float
    y: float
    size: float
    """1 where the table has no sizes."""
    label: str
    """What tells it from the others."""
    row: Mapping[str, str]
    place: str
    """Its x as the table spells it."""


@dataclass(frozen=True, slots=True)
class Points:
    """Every point of a chart, in the table's order."""

    points: tuple[Point, ...]
    kind: Kind
    """How the x column is understood."""
    sized: bool
    named: bool
    """Whether the chart names its points."""


def read_points(chart: Chart, table: Table) -> Points:
    """Return the columns of x, y, size and label.

    Raises:
        InvalidData: A column is missing, or a cell holds something else than it should.
    """
    cells = table.column(chart.x)
    along = read_along(cells, chart.x)
    if along.kind is Kind.NAMES:
        raise InvalidData(
            f"column {chart.x!r} holds {cells[0]!r}, and a scatter chart places its points by numbers or dates; "
            "take type Bar for names"
        )
    ys = table.numbers(chart.y, chart.x).values
    sizes = table.numbers(chart.size, chart.x).values if chart.size else (1.0,) * len(ys)
    labels = (
        table.column(chart.label)
        if chart.label
        else tuple(f"{x}, {row[chart.y]}" for x, row in zip(cells, table.rows, strict=True))
    )
    if len(ys) > _MOST:
        raise TooManyPoints(
            f"the table has {len(ys)} rows, and a scatter chart shows {_MOST} points at most; take a sample, or means"
        )
    points = tuple(
        Point(*values) for values in zip(along.values, ys, sizes, labels, table.rows, cells, strict=True)
    )
    for number, (point, cell) in enumerate(zip(points, cells, strict=True), start=1):
        if point.size < 0:
            raise NegativeValue(
                f"row {number} ({cell}), column {chart.size!r} is {point.size:g}: areas show amounts of zero or more"
            )
    return Points(points, along.kind, chart.size is not None, chart.label is not None)
