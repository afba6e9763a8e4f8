"""Line charts, as the pipeline sees them. Called by `check`; what it does lies in the files beside it."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from chartspark_api.charts import Chart

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.hues import plain_edges, series_edges, tint
from chartspark_runner.charts.kind import Side
from chartspark_runner.charts.line.ribbon import Ribbon
from chartspark_runner.charts.outline import draw_axes, draw_edges, draw_labels
from chartspark_runner.charts.plot import Manner, Plot, lay_out_plot
from chartspark_runner.charts.traces import Traces, read_traces
from chartspark_runner.charts.trail import decode
from chartspark_runner.element import Cast
from chartspark_runner.geometry import Box
from chartspark_runner.palette import Colour, Palette, palette_for
from chartspark_runner.picture import Mask, Pixels
from chartspark_runner.reading import Expected, Reading
from chartspark_runner.table import Table

_THICKEST, _THINNEST = 44.0, 14.0
"""Of a ribbon at a letter size of 15.5 pixels."""
_MOST_INK = 0.3
"""The share of the plot that ribbons may cover together: more of them is a tangle."""
_TINT = 0.12
"""The share of the edge's colour in what lies under the elements."""
_SMALLEST = 0.02
"""Of what the axis spans: errors of smaller values are measured against this."""


@dataclass(frozen=True)
class LineChart:
    """A line chart that has been laid out."""

    plot: Plot
    traces: Traces
    slots: tuple[Mapping[str, str], ...]
    thickness: float
    """Of the ribbons, in pixels."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.plot.frame.width, self.plot.frame.height

    @property
    def alternative(self) -> str:
        """What the chart says, for those who cannot see it."""
        return self.plot.alternative

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        """One value per point, series by series."""
        scale = self.plot.y.scale
        span = scale.high - scale.low
        return tuple(
            Expected(
                label=f"{trace.name}, {point.label}" if trace.name else point.label,
                value=point.value,
                slack=0.5 * scale.value_per_pixel,
                least=_SMALLEST * span,
                most=span,
            )
            for trace in self.traces.series
            for point in trace.points
        )

    @cached_property
    def ribbons(self) -> tuple[Ribbon, ...]:
        """One per series."""
        sheet = Box(0, 0, *self.size)
        return tuple(
            Ribbon(parts, self.thickness, self.plot.frame.stroke, sheet) for parts in self.plot.lines
        )

    def plain(self) -> Canvas:
        """Return the chart with ribbons of one colour."""
        palette = palette_for(None)
        edges = plain_edges(len(self.plot.lines))
        canvas = draw_axes(self.plot, palette)
        for ribbon, edge in zip(self.ribbons, edges, strict=True):
            self._band(canvas, ribbon, tint(edge, palette.background, 0.35), palette)
        draw_edges(canvas, self.plot, palette, edges)
        draw_labels(canvas, self.plot, palette, edges)
        return canvas

    def masks(self) -> Iterator[Mask]:
        """Yield one mask per series: its ribbon."""
        return (ribbon.mask() for ribbon in self.ribbons)

    def compose(self, cast: Cast) -> Canvas:
        """Return the chart with ribbons of pictograms."""
        palette = palette_for(cast.lead.pixels)
        edges = series_edges([palette_for(element.pixels).edge for element in cast.elements])
        canvas = draw_axes(self.plot, palette)
        for ribbon, edge, element in zip(self.ribbons, edges, cast.elements, strict=True):
            self._band(canvas, ribbon, tint(edge, palette.background, _TINT), palette)
            canvas.stamp(element, ribbon.stamps(element))
        draw_edges(canvas, self.plot, palette, edges)
        draw_labels(canvas, self.plot, palette, edges)
        return canvas

    def _band(self, canvas: Canvas, ribbon: Ribbon, colour: Colour, palette: Palette) -> None:
        # The background's colour around it parts a ribbon from one that it crosses.
        for line in ribbon.courses:
            canvas.polyline(line, palette.background, self.thickness + 2 * self.plot.frame.stroke)
        for line in ribbon.courses:
            canvas.polyline(line, colour, self.thickness)

    def decode(self, picture: Pixels) -> Reading:
        """Return the lines' values in a picture."""
        return decode(self.plot.frame, picture)

    def flag(self, canvas: Canvas, index: int, value: float, colour: Colour, side: Side) -> None:
        """Draw half a stroke through the point's place where `value` lies."""
        frame = self.plot.frame
        x = [station for stations in frame.stations for station in stations][index]
        y, reach = frame.y.at(value), 3 * frame.stroke
        to = x - reach if side == "first" else x + reach
        canvas.line((x, y), (to, y), colour, frame.stroke)


def lay_out_lines(chart: Chart, table: Table) -> LineChart:
    """Return a line chart of the table.

    Raises:
        InvalidData: The table does not hold what lines need, or there is no room for them.
    """
    traces = read_traces(chart, table)
    most = _THICKEST / (1 + 0.2 * (len(traces.series) - 1))
    plot = lay_out_plot(chart, traces, Manner(from_zero=False, overhang=most))
    slots = tuple(table.rows[trace.row] for trace in traces.series)
    return LineChart(plot, traces, slots, _thickness(plot, most * plot.page.sizes.label / 15.5))


def _thickness(plot: Plot, most: float) -> float:
    length = sum(math.dist(a, b) for parts in plot.lines for part in parts for a, b in pairwise(part))
    room = (plot.right - plot.left) * (plot.base - plot.y.scale.stop)
    least = _THINNEST * plot.page.sizes.label / 15.5
    return float(max(least, min(most, _MOST_INK * room / max(length, 1))))
