"""The marks of a bar chart, from its table. Called by `chart`; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from chartspark_api.charts import Chart, Sort, Stacking
from chartspark_api.colours import MOST_SERIES

from chartspark_runner.errors import InvalidData, NegativeValue, TooManySeries
from chartspark_runner.table import Table


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, or one part of a stacked one."""

    category: int
    series: int
    start: float
    """Where it begins on the value axis: zero, unless it stands on another."""
    end: float
    row: Mapping[str, str]
    number: int
    """Of the row, from 1."""

    @property
    def value(self) -> float:
        """What it shows."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Bars:
    """Every bar of a chart, by category and within it by series."""

    categories: tuple[str, ...]
    series: tuple[str, ...]
    """The names of the series; one empty name where the table holds one series."""
    marks: tuple[Bar, ...]
    stacked: bool
    decimals: int
    """The most digits after the point that the table spells a value with."""

    @property
    def highest(self) -> float:
        """The furthest end above zero, or zero."""
        return max(0.0, *(mark.end for mark in self.marks))

    @property
    def lowest(self) -> float:
        """The furthest end below zero, or zero."""
        return min(0.0, *(mark.end for mark in self.marks))

    def label(self, mark: Bar) -> str:
        """Return what tells a bar from all others."""
        name = self.series[mark.series]
        return f"{self.categories[mark.category]}, {name}" if name else self.categories[mark.category]


def read_bars(chart: Chart, table: Table) -> Bars:
    """Return the bars of the table, in the order and number that the chart asks for.

    Raises:
        InvalidData: A column is missing, a cell is no number, two rows tell the same bar, a stacked bar would
            be negative, or there are too many series.
    """
    labels, numbers = table.column(chart.x), table.numbers(chart.y, chart.x)
    names = table.column(chart.series) if chart.series else ("",) * len(labels)
    series = tuple(dict.fromkeys(names))
    if len(series) > MOST_SERIES:
        raise TooManySeries(
            f"column {chart.series!r} names {len(series)} series, and {MOST_SERIES} can be told apart; "
            "leave some out, or draw a chart for each"
        )
    # Without series every row is a bar, and two may have the same name.
    keys = labels if chart.series else tuple(map(str, range(len(labels))))
    categories = tuple(dict.fromkeys(keys))
    # By name: to look a place up in the tuple for every row would take seconds for ten thousands of rows.
    place, lane = ({name: i for i, name in enumerate(them)} for them in (categories, series))
    marks = tuple(
        Bar(place[key], lane[name], 0.0, value, row, number)
        for number, (key, name, value, row) in enumerate(
            zip(keys, names, numbers.values, table.rows, strict=True), start=1
        )
    )
    _refuse_repeated(marks, categories, series, chart)
    bars = Bars(
        categories if chart.series else labels,
        series,
        tuple(sorted(marks, key=lambda mark: (mark.category, mark.series))),
        chart.stacking is Stacking.STACKED and bool(chart.series),
        numbers.decimals,
    )
    chosen = _chosen(bars, chart)
    return replace(chosen, marks=tuple(_stacked(chosen, chart))) if chosen.stacked else chosen


def _refuse_repeated(
    marks: tuple[Bar, ...], categories: tuple[str, ...], series: tuple[str, ...], chart: Chart
) -> None:
    seen: set[tuple[int, int]] = set()
    for mark in marks:
        place = mark.category, mark.series
        if place in seen:
            raise InvalidData(
                f"two rows tell of {chart.x} {categories[place[0]]!r} and {chart.series} {series[place[1]]!r}; "
                "write one row for each bar, for instance their sum"
            )
        seen.add(place)


def _chosen(bars: Bars, chart: Chart) -> Bars:
    """Return the bars sorted and cut as the chart asks."""
    sums = [0.0] * len(bars.categories)
    for mark in bars.marks:
        sums[mark.category] += mark.value
    order = list(range(len(sums)))
    kept = set(sorted(order, key=lambda i: -sums[i])[: chart.top]) if chart.top else set(order)
    if chart.sort is not None:
        order.sort(key=lambda i: sums[i], reverse=chart.sort is Sort.DESCENDING)
    places = {category: place for place, category in enumerate(i for i in order if i in kept)}
    marks = (replace(mark, category=places[mark.category]) for mark in bars.marks if mark.category in places)
    return replace(
        bars,
        categories=tuple(bars.categories[i] for i in places),
        marks=tuple(sorted(marks, key=lambda mark: (mark.category, mark.series))),
    )


def _stacked(bars: Bars, chart: Chart) -> Iterator[Bar]:
    tops = [0.0] * len(bars.categories)
    for mark in bars.marks:
        if mark.value < 0:
            raise NegativeValue(
                f"{bars.label(mark)}: column {chart.y!r} is {mark.value:g}, and stacked bars show amounts of zero "
                "or more; set stacking to Grouped"
            )
        start = tops[mark.category]
        tops[mark.category] = start + mark.value
        yield replace(mark, start=start, end=start + mark.value)
