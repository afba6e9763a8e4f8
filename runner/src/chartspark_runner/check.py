"""Step 2, check: everything that can be refused is refused here, before a model is loaded. Called by `run` and `cli`; pure."""

from dataclasses import dataclass
from typing import assert_never

from chartspark_api.charts import Chart, ChartType

from chartspark_runner.charts.bar.layout import BarLayout, lay_out
from chartspark_runner.table import Series, read_series


@dataclass(frozen=True, slots=True)
class PlannedChart:
    """A chart that can be made: its table is sound, and everything has its place."""

    chart: Chart
    series: Series
    layout: BarLayout


def plan_chart(chart: Chart) -> PlannedChart:
    """Return how a chart is going to look.

    Raises:
        InvalidData: Its table does not hold what the chart needs.
    """
    series = read_series(chart)
    match chart.type:
        case ChartType.BAR:
            return PlannedChart(chart, series, lay_out(chart, series))
        case _:
            assert_never(chart.type)
