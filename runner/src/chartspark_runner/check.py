"""Step 2, check: everything that can be refused is refused here, before a model is loaded. Called by `run` and `cli`; pure."""

from dataclasses import dataclass
from typing import assert_never

from chartspark_api.charts import Chart, ChartType
from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.area.chart import lay_out_areas
from chartspark_runner.charts.bar.chart import lay_out_bars
from chartspark_runner.charts.kind import LaidOutChart
from chartspark_runner.charts.line.chart import lay_out_lines
from chartspark_runner.charts.pie.chart import lay_out_pie
from chartspark_runner.charts.pie.course import course_of_time
from chartspark_runner.charts.scatter.chart import lay_out_scatter
from chartspark_runner.colouring import colours_of
from chartspark_runner.dye import swatch
from chartspark_runner.element import Cast
from chartspark_runner.fonts import bring_fonts
from chartspark_runner.subjects import subjects_of
from chartspark_runner.table import Table, read_table
from chartspark_runner.texts import texts_of


@dataclass(frozen=True, slots=True)
class PlannedChart:
    """A chart that can be made: its table is sound, and everything has its place."""

    chart: Chart
    drawing: LaidOutChart
    subjects: tuple[str | None, ...]
    """One per slot of the drawing. None where the title has to tell."""
    colours: tuple[Rgb | None, ...]
    """One per slot of the drawing. None where the element keeps its own."""
    advice: tuple[str, ...]
    """What its author should know, though it can be made."""

    def plain(self) -> Canvas:
        """Return the chart with plain marks, in the colours that are named for them."""
        named = tuple(swatch(colour) for colour in self.colours if colour is not None)
        return self.drawing.plain(Cast(named) if named else None)


def plan_chart(chart: Chart) -> PlannedChart:
    """Return how a chart is going to look.

    Raises:
        InvalidData: Its table does not hold what the chart needs.
    """
    table = read_table(chart)
    bring_fonts(texts_of(chart, table), chart.locale or "")
    drawing = _lay_out(chart, table)
    subjects = subjects_of(chart, table, drawing.slots)
    advice = course_of_time(chart, table.column(chart.x)) if chart.type is ChartType.PIE else ()
    return PlannedChart(chart, drawing, subjects, colours_of(chart, drawing.series), advice)


def _lay_out(chart: Chart, table: Table) -> LaidOutChart:
    match chart.type:
        case ChartType.BAR:
            return lay_out_bars(chart, table)
        case ChartType.AREA:
            return lay_out_areas(chart, table)
        case ChartType.LINE:
            return lay_out_lines(chart, table)
        case ChartType.PIE:
            return lay_out_pie(chart, table)
        case ChartType.SCATTER:
            return lay_out_scatter(chart, table)
        case _:
            assert_never(chart.type)
