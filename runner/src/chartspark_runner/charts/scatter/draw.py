"""Step 4, draw: axes, dots and names of a scatter chart. Called by `compose` and `chart`.

What lies around the dots is handed in by the caller; dots and letters are drawn here and never by the model.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.grid import draw_base_axis, draw_value_axis
from chartspark_runner.charts.page import draw_key_words, draw_page
from chartspark_runner.charts.scatter.layout import ScatterLayout
from chartspark_runner.element import Cast
from chartspark_runner.lettering import LINE
from chartspark_runner.palette import Palette
from chartspark_runner.picture import Mask


def draw_axes(layout: ScatterLayout, palette: Palette, behind: Cast | None) -> Canvas:
    """Return a sheet with everything that does not depend on the values."""
    canvas = draw_page(layout.page, palette, behind)
    for note in layout.notes:
        canvas.note(note)
    room, sizes = layout.frame.room, layout.page.sizes
    draw_value_axis(canvas, layout.y, room.left, room.right, palette, sizes)
    draw_base_axis(canvas, layout.x, room.left, room.right, room.bottom, palette, sizes)
    lines = max((len(tick.lines) for tick in layout.x.ticks), default=1)
    below = room.bottom + sizes.small * (0.9 + LINE * lines)
    canvas.text((room.right, below), layout.x_name, sizes.small, palette.quiet, anchor="right", level="top")
    draw_key_words(canvas, layout.page, palette, layout.y_name)
    return canvas


def draw_dots(canvas: Canvas, layout: ScatterLayout, palette: Palette) -> None:
    """Draw the data edges: a dot in the reserved colour with paper around it at each point; then the names."""
    frame = layout.frame
    for place in layout.places:
        canvas.disc(place, frame.dot + frame.rim, palette.background)
    for i, place in enumerate(layout.places):
        with canvas.mark(i, layout.words[i], (i + 1,)):
            canvas.disc(place, frame.dot, palette.edge)
    for name in layout.names:
        canvas.text(
            (name.x, name.y), name.text, layout.page.sizes.small, palette.text, anchor=name.anchor,
            level="center", halo=palette.background,
        )  # fmt: skip


def draw_plain(layout: ScatterLayout, palette: Palette, solid: Sequence[Rgb], behind: Cast | None) -> Canvas:
    """Return the chart with discs in `solid` colours, over a pale scene of the elements `behind`, if there are any."""
    canvas = draw_axes(layout, palette, behind)
    for i in from_large_to_small(layout):
        radius = math.sqrt(layout.areas[i] / math.pi)
        canvas.disc(layout.places[i], radius + layout.frame.rim, palette.background)
        canvas.disc(layout.places[i], radius, solid[i])
    draw_dots(canvas, layout, palette)
    return canvas


def from_large_to_small(layout: ScatterLayout) -> list[int]:
    """Return the marks that have an area, so that small ones come to lie on large ones."""
    return sorted((i for i, area in enumerate(layout.areas) if area >= 1), key=lambda i: -layout.areas[i])


def point_masks(layout: ScatterLayout) -> Iterator[Mask]:
    """Yield one mask of shape (height, width) per point: a disc of the mark's area, or the dot."""
    frame = layout.frame
    ys, xs = np.mgrid[: frame.height, : frame.width] + 0.5
    for (x, y), area in zip(layout.places, layout.areas, strict=True):
        yield (xs - x) ** 2 + (ys - y) ** 2 < max(area / math.pi, frame.dot**2)
