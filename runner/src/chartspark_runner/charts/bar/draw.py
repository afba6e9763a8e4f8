"""Step 4, draw: the frame, the bars and their data edges. Called by `compose` and `chart`.

What is between a bar's ends is handed in by the caller; ends, axes and letters are drawn here and never by
the model.
"""

from collections.abc import Iterator

import numpy as np
from chartspark_api.charts import Orientation

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.bar.frame import Band
from chartspark_runner.charts.bar.layout import BarLayout
from chartspark_runner.charts.bar.tiling import Tiling
from chartspark_runner.charts.page import draw_key_words, draw_page
from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.lettering import LINE, text_width
from chartspark_runner.numbers import spell_unit
from chartspark_runner.palette import Palette
from chartspark_runner.picture import Mask
from chartspark_runner.stamps import Stamp, fitted


def draw_frame(layout: BarLayout, palette: Palette) -> Canvas:
    """Return a sheet with everything that does not depend on the values: title, source, gridlines, labels."""
    canvas = draw_page(layout.page, palette)
    _grid(canvas, layout, palette)
    for band, lines in zip(layout.frame.bands, layout.labels, strict=True):
        _label(canvas, layout, palette, band, lines)
    return canvas


def draw_ends(canvas: Canvas, layout: BarLayout, palette: Palette, head_room: int = 0) -> None:
    """Draw the data edges, the values beside them and the base line.

    Args:
        canvas: The sheet, with bars on it.
        layout: The chart.
        palette: Its colours.
        head_room: What a bar wears beyond its end, in pixels; the value is written behind it.
    """
    frame = layout.frame
    first, last = frame.bands[0].start, frame.bands[-1].stop
    overhang = max(4, round(layout.page.sizes.label * 0.5))
    # First the base line: the edge of a bar of zero lies on it, and must not be hidden.
    canvas.fill(
        frame.box(Band(first - overhang, last + overhang), -max(1, frame.stroke // 3), 0), palette.quiet
    )
    for band, value, text in zip(frame.bands, layout.values, layout.value_texts, strict=True):
        canvas.fill(frame.edge_box(band, value), palette.edge)
        _value(canvas, layout, palette, band, drawn_length(layout, value) + head_room, text=text)


def draw_plain(layout: BarLayout, palette: Palette) -> Canvas:
    """Return the chart with solid bars: what it says, before any picture is in it."""
    canvas = draw_frame(layout, palette)
    for band, value in zip(layout.frame.bands, layout.values, strict=True):
        canvas.fill(layout.frame.box(band, 0, layout.frame.along(value)), palette.solid)
    draw_ends(canvas, layout, palette)
    draw_key_words(canvas, layout.page, palette, layout.unit_name)
    return canvas


def draw_key(canvas: Canvas, layout: BarLayout, palette: Palette, tiling: Tiling, element: Element) -> None:
    """Write what one pictogram stands for, under the title."""
    sizes, top = layout.page.sizes, layout.page.key_top
    size = round(sizes.label * 1.75)
    box = fitted(element, Box(sizes.margin, top, sizes.margin + size, top + size))
    box = Box(sizes.margin, box.top, sizes.margin + box.width, box.bottom)
    canvas.stamp(element, [Stamp(box)])
    text = f"= {spell_unit(tiling.unit, layout.unit_name)}"
    at = (box.right + sizes.label * 0.55, top + size / 2)
    canvas.text(at, text, sizes.label, palette.text, level="center")


def drawn_length(layout: BarLayout, value: float) -> int:
    """Return how far a bar reaches with the ghost of its last unit, in pixels."""
    end = layout.frame.along(value)
    if layout.tiling is None:
        return end
    cell = layout.tiling.cell
    return max(end, -(-end // cell) * cell)


def bar_masks(layout: BarLayout) -> Iterator[Mask]:
    """Yield one mask of shape (height, width) per bar: where it is, its data edge included.

    One at a time: those of a large chart with many bars would not fit into memory together.
    """
    for band, value in zip(layout.frame.bands, layout.values, strict=True):
        mask = np.zeros((layout.frame.height, layout.frame.width), dtype=np.bool_)
        box = layout.frame.box(band, 0, layout.frame.along(value))
        mask[box.top : box.bottom, box.left : box.right] = True
        yield mask


def _grid(canvas: Canvas, layout: BarLayout, palette: Palette) -> None:
    frame, small = layout.frame, layout.page.sizes.small
    for tick, text in zip(layout.ticks, layout.tick_texts, strict=True):
        along = frame.along(tick)
        match frame.orientation:
            case Orientation.VERTICAL:
                y = frame.base - along
                canvas.line((layout.plot_left, y), (layout.plot_right, y), palette.grid, 1)
                at = (layout.plot_left - small * 0.6, y)
                canvas.text(at, text, small, palette.quiet, anchor="right", level="center")
            case Orientation.HORIZONTAL:
                x, top, bottom = frame.base + along, frame.bands[0].start, frame.bands[-1].stop
                canvas.line((x, top - small * 0.4), (x, bottom + small * 0.5), palette.grid, 1)
                below = (x, bottom + small * 0.9)
                canvas.text(below, text, small, palette.quiet, anchor="center", level="top")


def _label(canvas: Canvas, layout: BarLayout, palette: Palette, band: Band, lines: tuple[str, ...]) -> None:
    size, frame = layout.page.sizes.label, layout.frame
    match frame.orientation:
        case Orientation.VERTICAL:
            for i, line in enumerate(lines):
                at = (band.middle, frame.base + size * (0.7 + LINE * i))
                canvas.text(at, line, size, palette.text, anchor="center", level="top")
        case Orientation.HORIZONTAL:
            for i, line in enumerate(lines):
                at = (frame.base - size * 0.7, band.middle + size * LINE * (i - (len(lines) - 1) / 2))
                canvas.text(at, line, size, palette.text, anchor="right", level="center")


def _value(  # noqa: PLR0913 - what is written, where, and in which colours
    canvas: Canvas, layout: BarLayout, palette: Palette, band: Band, end: int, *, text: str
) -> None:
    size, frame = layout.page.sizes.label, layout.frame
    match frame.orientation:
        case Orientation.VERTICAL:
            # A narrow slot takes smaller figures rather than figures that touch.
            slot = frame.bands[1].start - frame.bands[0].start if len(frame.bands) > 1 else frame.width
            fitting = min(size, size * slot * 0.92 / text_width(text, size, bold=True))
            at = (band.middle, frame.base - end - size * 0.45)
            canvas.text(at, text, fitting, palette.text, bold=True, anchor="center", level="bottom")
        case Orientation.HORIZONTAL:
            at = (frame.base + end + size * 0.5, band.middle)
            canvas.text(at, text, size, palette.text, bold=True, level="center")
