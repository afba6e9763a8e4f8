"""Draws what lines and areas share: the page and its axes, data edges, dots, and labels at the ends. Called by their charts.

What lies under the edges is the caller's; edges, axes and letters are drawn here and never by the model.
"""

from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.colours import ChartColours
from chartspark_runner.charts.grid import draw_base_axis, draw_value_axis
from chartspark_runner.charts.legend import swatch_width
from chartspark_runner.charts.page import draw_key_words, draw_page
from chartspark_runner.charts.plot import LONE_DOT, Plot
from chartspark_runner.charts.sharing import dashes
from chartspark_runner.charts.swatch import draw_swatch
from chartspark_runner.element import Cast
from chartspark_runner.lettering import LINE
from chartspark_runner.palette import Palette, SeriesColours

_HALO = 0.55
"""The width of the background's colour on each side of an edge, in strokes: it parts the edge from what is under it."""


def draw_axes(plot: Plot, palette: Palette, behind: Cast | None) -> Canvas:
    """Return a sheet with everything that does not depend on the values, over a scene if there are elements `behind`."""
    canvas = draw_page(plot.page, palette, behind)
    sizes = plot.page.sizes
    draw_key_words(canvas, plot.page, palette, plot.y_name)
    draw_value_axis(canvas, plot.y, plot.left, plot.right, palette, sizes)
    if plot.y.scale.low < 0 < plot.y.scale.high:
        zero = round(plot.y.scale.at(0))
        canvas.line((plot.left, zero), (plot.right, zero), palette.quiet, 1)
    draw_base_axis(canvas, plot.x, plot.left, plot.right, plot.base, palette, sizes)
    if plot.x_name:
        below = plot.base + sizes.small * (0.85 + LINE * max(len(tick.lines) for tick in plot.x.ticks))
        canvas.text((plot.right, below), plot.x_name, sizes.small, palette.quiet, anchor="right", level="top")
    return canvas


def draw_edges(canvas: Canvas, plot: Plot, colours: ChartColours) -> None:
    """Draw every series' data edge over everything else, on halos that part them from it, and the labels at their ends."""
    stroke = plot.frame.stroke
    # All halos first: one that lay on another edge would hide it where the two run side by side.
    for series in range(len(plot.lines)):
        _edge(canvas, plot, series, colours.palette.background, 2 * _HALO * stroke)
    for series, of in enumerate(colours.series):
        _edge(canvas, plot, series, of.edge, 0.0)
    for series, start, stop in dashes(plot.lines, stroke):
        canvas.line(start, stop, colours.series[series].edge, stroke)
    for series, of in enumerate(colours.series):
        _label(canvas, plot, series, of, colours.palette)
    for number, spot in enumerate(plot.spots):
        with canvas.mark(number, spot.words, (spot.row,)):
            # Without ink, and large enough to be pointed at.
            canvas.disc(spot.at, 2 * LONE_DOT * stroke, colours.palette.background, 0.0)


def _edge(canvas: Canvas, plot: Plot, series: int, colour: Rgb, more: float) -> None:
    stroke, dot = plot.frame.stroke, plot.frame.dot
    for part in plot.lines[series]:
        if len(part) > 1:
            canvas.polyline(part, colour, stroke + more)
        radius = dot if len(part) > 1 else LONE_DOT * stroke
        for point in part if radius else ():
            canvas.disc(point, radius + more / 2, colour)


def _label(canvas: Canvas, plot: Plot, series: int, of: SeriesColours, palette: Palette) -> None:
    size, label = plot.page.sizes.label, plot.labels[series]
    left, y = label.left, label.top + size * LINE / 2
    if label.swatch is not None:
        draw_swatch(canvas, label.swatch, of, 2 * label.swatch.height)
        left += swatch_width(plot.page.sizes)
    for line in label.name:
        canvas.text((left, y), line, size, palette.text, level="center")
        y += size * LINE
    canvas.text((left, y), label.value, size, palette.text, bold=True, level="center")
