"""Area charts, as the pipeline sees them. Called by `check`; what it does lies in the files beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from chartspark_api.charts import Chart
from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.alternative import alternative, of_traces
from chartspark_runner.charts.area.mask import area_mask
from chartspark_runner.charts.area.row import layer, row
from chartspark_runner.charts.area.stack import stacked
from chartspark_runner.charts.colours import ChartColours, chart_colours
from chartspark_runner.charts.fit import LOOSE, Fit
from chartspark_runner.charts.heap import Spacing, heap, is_thin
from chartspark_runner.charts.kind import Side
from chartspark_runner.charts.outline import draw_axes, draw_edges
from chartspark_runner.charts.plot import FULL_SIZE, Manner, lay_out_plot
from chartspark_runner.charts.telling import expected_values
from chartspark_runner.charts.traced import TracedChart
from chartspark_runner.charts.traces import read_traces
from chartspark_runner.charts.trail import decode, flag
from chartspark_runner.dye import paled
from chartspark_runner.element import Cast, Element
from chartspark_runner.picture import Mask, Pixels
from chartspark_runner.reading import Expected, Reading
from chartspark_runner.rim import Rim
from chartspark_runner.stamps import Polygon, Stamp
from chartspark_runner.table import Table

_SIDE = 52.0
"""The longer side of an element at full size."""
_SMALLEST_SIDE = 26
"""In pixels: smaller ones cannot be told apart."""
_THIN = 1.4
"""The height of a layer in which elements stand in a row, in their sides."""
_RIM = 0.7
"""The width of the background's colour around elements, in pixels: things of one colour would melt into blotches."""
_LARGER = 1.4
"""By how much elements are larger where more of an area has to be covered: rims take less of them."""
_RIM_CLOSE = 0.25
"""Its width where more of an area has to be covered."""
_PALED = 0.74
"""How much of the area's ground is in pictograms that lie behind others."""
_SMALLEST_BEHIND = 14
"""In pixels: the side of those in the thinnest layer."""
_EDGE = 0.8
"""How far an edge reaches into a layer, in strokes."""
_TINT = 0.38
"""The opacity of the series' colour under the elements."""
_PLAIN = 0.7
"""Its opacity without elements: the edge has a contrast of 3:1 to it, too."""


@dataclass(frozen=True)
class AreaChart(TracedChart):
    """An area chart that has been laid out."""

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        """One value per point, series by series."""
        return expected_values(self.traces, self.plot.y, ends=min(2, len(self.traces.series)))

    @cached_property
    def outlines(self) -> tuple[tuple[Polygon, ...], ...]:
        """Per series the polygons between its edge and the one below."""
        zero = self.plot.frame.y.at(0)
        floors: list[tuple[Polygon, ...]] = [
            tuple(((part[0][0], zero), (part[-1][0], zero)) for part in self.plot.lines[0])
        ]
        floors += self.plot.lines[:-1]
        return tuple(
            tuple(
                (*part, *reversed(floor)) for part, floor in zip(parts, below, strict=True) if len(part) > 1
            )
            for parts, below in zip(self.plot.lines, floors, strict=True)
        )

    def plain(self, cast: Cast | None = None) -> Canvas:
        """Return the chart with areas of one colour."""
        return self._plain(
            chart_colours([None] * len(self.plot.lines) if cast is None else cast.elements), None
        )

    def masks(self) -> Iterator[Mask]:
        """Yield one mask per series."""
        for outlines in self.outlines:
            masks = [area_mask(outline, self.size) for outline in outlines]
            yield np.logical_or.reduce([np.zeros(self.size[::-1], dtype=np.bool_), *masks])

    def compose(self, cast: Cast, fit: Fit = LOOSE) -> Canvas:
        """Return the chart with its areas full of pictograms."""
        colours = chart_colours(cast.elements)
        canvas = draw_axes(self.plot, colours.palette, None)
        side = max(_SMALLEST_SIDE, round(_SIDE * self.plot.page.sizes.label / FULL_SIZE))
        for outlines, series, element in zip(self.outlines, colours.series, cast.elements, strict=True):
            for outline in outlines:
                canvas.polygon(outline, colours.palette.background)
                canvas.polygon(outline, series.solid, _TINT)
                front, behind = self._laid(element, outline, side, fit)
                if behind:
                    canvas.stamp(paled(element, series.band, _PALED), behind)
                if front:
                    canvas.stamp(
                        element,
                        front,
                        Rim(_RIM_CLOSE if fit.close else _RIM, colours.palette.background, open=True),
                    )
        draw_edges(canvas, self.plot, colours)
        return canvas

    def over(self, cast: Cast) -> Canvas:
        """Return the chart with areas of one colour over a scene."""
        return self._plain(chart_colours(cast.elements), cast)

    def decode(self, picture: Pixels) -> Reading:
        """Return the values in a picture: of series that are stacked, the distances of their edges."""
        reading = decode(self.plot.frame, picture)
        wide = len(self.plot.frame.stations[0])
        if len(self.plot.lines) == 1:
            return reading
        below = (*[0.0] * wide, *reading.values[:-wide])
        parts = (
            None if edge is None or under is None else edge - under
            for edge, under in zip(reading.values, below, strict=True)
        )
        return replace(reading, values=tuple(parts))

    def flag(self, canvas: Canvas, index: int, value: float, colour: Rgb, side: Side) -> None:
        """Draw half a stroke through the point's place where `value` lies, on top of what it is stacked on."""
        wide = len(self.plot.frame.stations[0])
        under = sum(want.value for want in self.expected[index % wide : index : wide]) if index >= wide else 0
        flag(canvas, self.plot.frame, index, self.plot.frame.y.at(under + value), colour, side)

    def _laid(
        self, element: Element, outline: Polygon, side: int, fit: Fit
    ) -> tuple[list[Stamp], list[Stamp]]:
        """Return the pictograms of an area, and those that lie pale behind them where they alone cover too little."""
        thin = layer(outline)
        if thin.usual < _THIN * side:
            # Where a layer is steep, one as large as its middle reaches over both edges.
            front = [
                replace(stamp, clip=outline) for stamp in row(element, thin, _EDGE * self.plot.frame.stroke)
            ]
            size = max(_SMALLEST_BEHIND, round(thin.usual))
        else:
            apart = fit.close and is_thin(element)
            size = round(side * _LARGER) if fit.close else side
            spacing = Spacing.APART if apart else Spacing.EASY
            front = heap(element, outline, _foot(outline, size), size, spacing)
        behind = heap(element, outline, _foot(outline, size), size, Spacing.CLOSE) if fit.close else []
        return front, behind

    def _plain(self, colours: ChartColours, behind: Cast | None) -> Canvas:
        canvas = draw_axes(self.plot, colours.palette, behind)
        for outlines, series in zip(self.outlines, colours.series, strict=True):
            for outline in outlines:
                canvas.polygon(outline, colours.palette.background)
                canvas.polygon(outline, series.solid, _PLAIN)
        draw_edges(canvas, self.plot, colours)
        return canvas


def _foot(outline: Polygon, side: int) -> tuple[float, float]:
    """Return where one element lies whole: on the ground, in the middle of what is widest there."""
    xs, ys = zip(*outline, strict=True)
    return (min(xs) + max(xs)) / 2, max(ys) - side / 2


def lay_out_areas(chart: Chart, table: Table) -> AreaChart:
    """Return an area chart of the table.

    Raises:
        InvalidData: The table does not hold what areas need, or there is no room for them.
    """
    traces = read_traces(chart, table)
    plot = lay_out_plot(chart, stacked(traces), traces, Manner(from_zero=True, hanging=0.0))
    words = alternative(chart, of_traces(traces), plot.numerals)
    slots = tuple(table.rows[trace.row] for trace in traces.series)
    return AreaChart(words, plot, traces, slots)
