"""Line charts, as the pipeline sees them. Called by `check`; what it does lies in the files beside it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from chartspark_api.charts import Chart
from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.alternative import alternative, of_traces
from chartspark_runner.charts.colours import ChartColours, chart_colours
from chartspark_runner.charts.fit import LOOSE, Fit
from chartspark_runner.charts.kind import Side
from chartspark_runner.charts.line.ribbon import Ribbon
from chartspark_runner.charts.outline import draw_axes, draw_edges
from chartspark_runner.charts.plot import FULL_SIZE, Manner, Plot, lay_out_plot
from chartspark_runner.charts.telling import expected_values
from chartspark_runner.charts.traced import TracedChart
from chartspark_runner.charts.traces import read_traces
from chartspark_runner.charts.trail import decode, flag
from chartspark_runner.dye import paled
from chartspark_runner.element import Cast
from chartspark_runner.geometry import Box
from chartspark_runner.picture import Mask, Pixels
from chartspark_runner.reading import Expected, Reading
from chartspark_runner.rim import Rim
from chartspark_runner.stamps import Polygon
from chartspark_runner.table import Table

_THICKEST, _THINNEST = 48.0, 14.0
"""Of a ribbon at full size."""
_SHRUNK = 0.2
"""How much thinner each further series makes the ribbons."""
_MOST_INK = 0.3
"""The share of the plot that ribbons may cover together: more of them is a tangle."""
_RIM = 0.3
"""The width of the background's colour around each element, in strokes: it parts neighbours, and ribbons that cross."""
_PALED = 0.72
"""How much of the band's colour is in elements that lie behind others."""
_CASING = 5.0
"""The width of a named colour around a line over a scene, in strokes."""


@dataclass(frozen=True)
class LineChart(TracedChart):
    """A line chart that has been laid out."""

    thickness: float
    """Of the ribbons, in pixels."""

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        """One value per point, series by series."""
        return expected_values(self.traces, self.plot.y, ends=1)

    @cached_property
    def ribbons(self) -> tuple[Ribbon, ...]:
        """One per series."""
        sheet, stroke = Box(0, 0, *self.size), self.plot.frame.stroke
        return tuple(
            Ribbon(parts, self.thickness, stroke, self.plot.base - _RIM * stroke, sheet)
            for parts in self.plot.lines
        )

    def plain(self, cast: Cast | None = None) -> Canvas:
        """Return the chart with ribbons of one colour."""
        colours = chart_colours([None] * len(self.plot.lines) if cast is None else cast.elements)
        canvas = draw_axes(self.plot, colours.palette, None)
        for ribbon, series in zip(self.ribbons, colours.series, strict=True):
            self._band(canvas, ribbon, series.solid, colours)
        draw_edges(canvas, self.plot, colours)
        return canvas

    def masks(self) -> Iterator[Mask]:
        """Yield one mask per series: its ribbon and its edge."""
        return (ribbon.mask() for ribbon in self.ribbons)

    def compose(self, cast: Cast, fit: Fit = LOOSE) -> Canvas:
        """Return the chart with ribbons of pictograms."""
        del fit  # ribbons are always as close as it takes
        colours = chart_colours(cast.elements)
        canvas = draw_axes(self.plot, colours.palette, None)
        for ribbon, series, element in zip(self.ribbons, colours.series, cast.elements, strict=True):
            rim = Rim(_RIM * self.plot.frame.stroke, colours.palette.background)
            laid = ribbon.laid(element, rim)
            if laid.behind:
                canvas.stamp(paled(element, series.band, _PALED), laid.behind)
            # Nothing hangs over the axis from a line that runs along it.
            if laid.front:
                canvas.stamp(element, laid.front, rim)
        draw_edges(canvas, self.plot, colours)
        return canvas

    def over(self, cast: Cast) -> Canvas:
        """Return the chart over a scene: lines alone, since a ribbon without pictograms says nothing but a named colour, and hides the scene."""
        colours = chart_colours(cast.elements)
        canvas = draw_axes(self.plot, colours.palette, cast)
        for parts, series in zip(self.plot.lines, colours.series, strict=True):
            if series.named:
                self._casing(canvas, parts, series.solid)
        draw_edges(canvas, self.plot, colours)
        return canvas

    def decode(self, picture: Pixels) -> Reading:
        """Return the lines' values in a picture."""
        return decode(self.plot.frame, picture)

    def flag(self, canvas: Canvas, index: int, value: float, colour: Rgb, side: Side) -> None:
        """Draw half a stroke through the point's place where `value` lies."""
        flag(canvas, self.plot.frame, index, self.plot.frame.y.at(value), colour, side)

    def _casing(self, canvas: Canvas, parts: tuple[Polygon, ...], colour: Rgb) -> None:
        for part in parts:
            canvas.polyline(part, colour, _CASING * self.plot.frame.stroke)

    def _band(self, canvas: Canvas, ribbon: Ribbon, colour: Rgb, colours: ChartColours) -> None:
        # The background's colour around it parts a ribbon from one that it crosses.
        for more, ink in ((2 * _RIM * self.plot.frame.stroke, colours.palette.background), (0.0, colour)):
            for course in ribbon.courses:
                for thick, hooks in groupby(course, key=lambda hook: round(hook.thick)):
                    canvas.polyline(tuple((hook.x, hook.y) for hook in hooks), ink, thick + more)


def lay_out_lines(chart: Chart, table: Table) -> LineChart:
    """Return a line chart of the table.

    Raises:
        InvalidData: The table does not hold what lines need, or there is no room for them.
    """
    traces = read_traces(chart, table)
    most = _THICKEST / (1 + _SHRUNK * (len(traces.series) - 1))
    plot = lay_out_plot(chart, traces, traces, Manner(from_zero=False, hanging=most))
    words = alternative(chart, of_traces(traces), plot.numerals)
    slots = tuple(table.rows[trace.row] for trace in traces.series)
    return LineChart(words, plot, traces, slots, _thickness(plot, most))


def _thickness(plot: Plot, most: float) -> float:
    length = sum(math.dist(a, b) for parts in plot.lines for part in parts for a, b in pairwise(part))
    room = (plot.right - plot.left) * (plot.base - plot.y.scale.stop)
    scale = plot.page.sizes.label / FULL_SIZE
    return max(_THINNEST * scale, min(most * scale, _MOST_INK * room / max(length, 1.0)))
