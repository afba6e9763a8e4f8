"""Every text that a chart may draw. Called by `check`, which brings fonts for their letters; pure."""

from collections.abc import Iterator
from datetime import UTC, datetime

from chartspark_api.charts import Chart

from chartspark_runner.dates import day_of_year, month
from chartspark_runner.numerals import Numerals, numerals_of
from chartspark_runner.table import Table
from chartspark_runner.units import hundredths, ladder


def texts_of(chart: Chart, table: Table) -> Iterator[str]:
    """Yield the chart's texts, and those that its locale may add."""
    yield chart.title
    yield chart.subtitle or ""
    yield chart.source or ""
    yield chart.other or ""
    for column in (chart.x, chart.y, chart.size):
        yield column or ""
    for column in filter(None, (chart.x, chart.series, chart.label)):
        yield from table.column(column)
    yield from _of_locale(numerals_of(chart))


def _of_locale(numerals: Numerals) -> Iterator[str]:
    yield numerals.format.prefix or ""
    yield numerals.format.suffix or ""
    yield numerals.figures("0123456789")
    for unit in (
        *ladder(numerals.locale, "short"),
        *ladder(numerals.locale, "long"),
        hundredths(numerals.locale),
    ):
        yield unit.before + unit.after
    for number in range(1, 13):
        moment = datetime(2000, number, 1, tzinfo=UTC)
        yield month(moment, numerals) + day_of_year(moment, numerals)
