"""Draws what lines and areas share: the page and its axes, data edges, dots, and labels at the ends. Called by their charts.

What lies under the edges is the caller's; edges, axes and letters are drawn here and never by the model.
"""

from collections.abc import Sequence

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.grid import draw_base_axis, draw_value_axis
from chartspark_runner.charts.page import draw_key_words, draw_page
from chartspark_runner.charts.plot import LONE_DOT, Plot
from chartspark_runner.charts.legend import swatch_width
from chartspark_runner.lettering import LINE
from chartspark_runner.palette import Colour, Palette

HALO = 0.55
"""The width of the background's colour on each side of an edge, in strokes: it parts the edge from what is under it."""


def draw_axes(plot: Plot, palette: Palette) -> Canvas:
    """Return a sheet with everything that does not depend on the values."""
    canvas = draw_page(plot.page, palette)
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


def draw_edges(canvas: Canvas, plot: Plot, palette: Palette, edges: Sequence[Colour]) -> None:
    """Draw every series' data edge over everything else, each on a halo that parts it from what it crosses."""
    # All halos first: one that lay on another edge would hide it where the two run side by side.
    for i in range(len(edges)):
        _edge(canvas, plot, i, palette.background, 2 * HALO * plot.frame.stroke)
    for i, edge in enumerate(edges):
        _edge(canvas, plot, i, edge, 0.0)


def _edge(canvas: Canvas, plot: Plot, series: int, colour: Colour, more: float) -> None:
    stroke, dot = plot.frame.stroke, plot.frame.dot
    for part in plot.lines[series]:
        if len(part) > 1:
            canvas.polyline(part, colour, stroke + more)
        radius = dot if len(part) > 1 else LONE_DOT * stroke
        for point in part if radius else ():
            canvas.disc(point, radius + more / 2, colour)


def draw_labels(canvas: Canvas, plot: Plot, palette: Palette, edges: Sequence[Colour]) -> None:
    """Write the names of the series and their last values beside their ends."""
    size = plot.page.sizes.label
    for label, edge in zip(plot.labels, edges, strict=True):
        left, y = label.left, label.top + size * LINE / 2
        if label.swatch is not None:
            canvas.fill(label.swatch, edge)
            left += swatch_width(plot.page.sizes)
        for line in label.name:
            canvas.text((left, y), line, size, palette.text, level="center")
            y += size * LINE
        canvas.text((left, y), label.value, size, palette.text, bold=True, level="center")
