"""Draws axes: gridlines and letters. Called by the drawing of chart types; where ticks lie is decided by `axis`."""

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.axis import Axis
from chartspark_runner.charts.page import Sizes
from chartspark_runner.lettering import LINE
from chartspark_runner.palette import Palette


def draw_value_axis(  # noqa: PLR0913, PLR0917 - where it stands, and how it looks
    canvas: Canvas, axis: Axis, left: float, right: float, palette: Palette, sizes: Sizes
) -> None:
    """Draw a gridline from `left` to `right` at each tick of a vertical axis, and its text left of it."""
    for tick in axis.ticks:
        y = round(axis.scale.at(tick.value))
        canvas.line((left, y), (right, y), palette.grid, 1)
        at = (left - sizes.small * 0.6, y)
        canvas.text(at, tick.lines[0], sizes.small, palette.quiet, anchor="right", level="center")


def draw_base_axis(  # noqa: PLR0913, PLR0917 - likewise
    canvas: Canvas, axis: Axis, left: float, right: float, bottom: float, palette: Palette, sizes: Sizes
) -> None:
    """Draw a line from `left` to `right` at `bottom`, and each tick of a horizontal axis with its lines below."""
    canvas.line((left, bottom), (right, bottom), palette.quiet, 1)
    for tick in axis.ticks:
        x = round(axis.scale.at(tick.value))
        canvas.line((x, bottom), (x, bottom + sizes.small * 0.4), palette.quiet, 1)
        for i, line in enumerate(tick.lines):
            at = (x, bottom + sizes.small * (0.75 + LINE * i))
            canvas.text(at, line, sizes.small, palette.text, anchor="center", level="top")
