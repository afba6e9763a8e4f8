"""Step 4, draw: sectors, separators and labels of a pie. Called by `compose` and `chart`.

What is inside a sector is handed in by the caller; separators and letters are drawn here and never by the model.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.key import draw_equals
from chartspark_runner.charts.page import draw_page
from chartspark_runner.charts.pie.frame import Frame
from chartspark_runner.charts.pie.labels import Label
from chartspark_runner.charts.pie.layout import PieLayout
from chartspark_runner.charts.pie.leaders import leaders
from chartspark_runner.element import Cast
from chartspark_runner.lettering import LINE
from chartspark_runner.palette import Palette
from chartspark_runner.picture import Mask


def draw_plain(layout: PieLayout, palette: Palette, solid: Sequence[Rgb], behind: Cast | None) -> Canvas:
    """Return the chart with sectors in `solid` colours, over a pale scene of the elements `behind`, if there are any."""
    canvas = draw_page(layout.page, palette, behind)
    for number, (sector, colour) in enumerate(zip(layout.sectors, solid, strict=True)):
        with canvas.mark(number, layout.words[number], layout.rows[number]):
            canvas.polygon(layout.frame.outline(sector), colour)
    draw_separators(canvas, layout, palette)
    draw_texts(canvas, layout, palette)
    return canvas


def draw_separators(canvas: Canvas, layout: PieLayout, palette: Palette) -> None:
    """Draw the data edges, each with paper on either side, so that no element touches it."""
    frame = layout.frame
    ends = [(frame.at(s.start, frame.hole), frame.at(s.start, frame.radius + 1)) for s in layout.sectors]
    for inner, outer in ends:
        canvas.line(inner, outer, palette.background, halo(frame))
    for inner, outer in ends:
        canvas.line(inner, outer, palette.edge, frame.stroke)


def draw_texts(canvas: Canvas, layout: PieLayout, palette: Palette) -> None:
    """Write the labels, and the total."""
    for points in leaders(layout):
        canvas.polyline(points, palette.quiet, max(1.0, layout.frame.stroke / 3))
    for label in layout.labels:
        _write(canvas, layout, palette, label)
    if layout.total:
        _write_total(canvas, layout, palette)
    else:
        _key(canvas, layout, palette)


def halo(frame: Frame) -> int:
    """Return the width of a separator with the paper on either side, in pixels."""
    return frame.stroke * 3


def sector_masks(layout: PieLayout) -> Iterator[Mask]:
    """Yield one mask of shape (height, width) per sector."""
    frame = layout.frame
    ys, xs = np.mgrid[: frame.height, : frame.width] + 0.5
    away = np.hypot(xs - frame.x, ys - frame.y)
    turn = np.arctan2(xs - frame.x, frame.y - ys) / (2 * np.pi) % 1.0
    ring = (away < frame.radius) & (away >= frame.hole)
    for sector in layout.sectors:
        yield ring & (turn >= sector.start) & (turn < sector.stop)


def _write(canvas: Canvas, layout: PieLayout, palette: Palette, label: Label) -> None:
    size = layout.page.sizes.label
    *names, amount = (*label.wording.name, label.wording.amount)
    for i, line in enumerate([*names, amount]):
        at = (label.x, label.top + size * LINE * (i + 0.5))
        colour = palette.text if i == len(names) else palette.title
        canvas.text(at, line, size, colour, bold=i < len(names), anchor=label.anchor, level="center")


def _key(canvas: Canvas, layout: PieLayout, palette: Palette) -> None:
    """Write what the full circle stands for, under the title."""
    page = layout.page
    size = page.sizes.label
    radius, middle = size * 0.6, page.key_top + size * 0.875
    at = (page.sizes.margin + radius, middle)
    canvas.disc(at, radius, palette.quiet)
    canvas.disc(at, radius - max(1.5, layout.frame.stroke * 0.75), palette.background)
    draw_equals(canvas, (at[0] + radius + size * 0.55, middle), layout.key, size, palette.text)


def _write_total(canvas: Canvas, layout: PieLayout, palette: Palette) -> None:
    frame, sizes = layout.frame, layout.page.sizes
    amount, *unit = layout.total
    at = (frame.x, frame.y - sizes.label * 0.6)
    canvas.text(at, amount, sizes.title, palette.title, bold=True, anchor="center", level="center")
    for line in unit:
        below = (frame.x, frame.y + sizes.title * 0.75)
        canvas.text(below, line, sizes.label, palette.quiet, anchor="center", level="center")
