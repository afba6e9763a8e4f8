"""Step 4, draw: the frame, the bars and their data edges. Called by `compose` and `chart`.

What is between a bar's ends is handed in by the caller; ends, axes and letters are drawn here and never by
the model.
"""

from collections.abc import Iterator

import numpy as np
from chartspark_api.charts import Orientation
from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Anchor, Canvas, Level
from chartspark_runner.charts.bar.bars import Bar
from chartspark_runner.charts.bar.frame import Band
from chartspark_runner.charts.bar.layout import BarLayout
from chartspark_runner.charts.bar.legend import draw_legend
from chartspark_runner.charts.colours import ChartColours
from chartspark_runner.charts.page import draw_key_words, draw_page
from chartspark_runner.element import Cast, Element
from chartspark_runner.geometry import Box
from chartspark_runner.lettering import LINE, text_width
from chartspark_runner.palette import Palette
from chartspark_runner.picture import Mask

_SMALLEST_FIGURES = 8.0
"""In pixels. Where only smaller ones would fit the axis has to do."""


def draw_frame(
    layout: BarLayout, colours: ChartColours, elements: tuple[Element, ...] | None, behind: Cast | None
) -> Canvas:
    """Return a sheet with everything that does not depend on the values: title, source, gridlines, labels, legend."""
    palette = colours.palette
    canvas = draw_page(layout.page, palette, behind)
    if layout.legend:
        draw_legend(canvas, layout.page, layout.legend, colours, elements)
    _grid(canvas, layout, colours)
    for band, lines in zip(layout.frame.bands, layout.labels, strict=True):
        _label(canvas, layout, palette.text, band, lines)
    return canvas


def draw_ends(canvas: Canvas, layout: BarLayout, colours: ChartColours, *, halo: bool) -> None:
    """Draw the data edges, the values beside them and the base line, onto a sheet with bars.

    Args:
        canvas: The sheet.
        layout: Where everything goes.
        colours: The chart's.
        halo: Whether paper parts the edges from the bars.
    """
    frame = layout.frame
    first, last = frame.bands[0].start, frame.bands[-1].stop
    overhang = max(4, round(layout.page.sizes.label * 0.5))
    # First the base line: the edge of a bar of zero lies on it, and must not be hidden.
    base = frame.box(Band(first - overhang, last + overhang), -max(1, frame.stroke // 3), 0)
    canvas.fill(base, colours.palette.quiet)
    for mark in layout.bars.marks:
        # A part of a stack that has no length has no edge: it would hide its neighbour's.
        if not frame.stacked or frame.along(mark.end) > frame.along(mark.start):
            lane = frame.lane(mark.category, mark.series)
            if halo:
                canvas.fill(frame.halo_box(lane, mark.start, mark.end), colours.palette.background)
            canvas.fill(frame.edge_box(lane, mark.start, mark.end), colours.series[mark.series].edge)
    if (size := _figures(layout)) >= _SMALLEST_FIGURES:
        for text, mark in zip(layout.value_texts, _told(layout), strict=True):
            _value(canvas, layout, colours.palette, mark, text, size)


def draw_plain(layout: BarLayout, colours: ChartColours, behind: Cast | None = None) -> Canvas:
    """Return the chart with solid bars, over a pale scene of the elements `behind`, if there are any."""
    canvas = draw_frame(layout, colours, None, behind)
    for number, mark in enumerate(layout.bars.marks):
        with canvas.mark(
            number, f"{layout.bars.label(mark)}: {layout.numerals.told(mark.value)}", (mark.number,)
        ):
            canvas.fill(bar_box(layout, mark), colours.series[mark.series].solid)
    draw_ends(canvas, layout, colours, halo=False)
    draw_key_words(canvas, layout.page, colours.palette, layout.unit_name)
    return canvas


def bar_box(layout: BarLayout, mark: Bar) -> Box:
    """Return where a bar is, its data edge included."""
    frame = layout.frame
    low, high = sorted((frame.along(mark.start), frame.along(mark.end)))
    return frame.box(frame.lane(mark.category, mark.series), low, high)


def bar_masks(layout: BarLayout) -> Iterator[Mask]:
    """Yield one mask of shape (height, width) per bar."""
    for mark in layout.bars.marks:
        mask = np.zeros((layout.frame.height, layout.frame.width), dtype=np.bool_)
        box = bar_box(layout, mark)
        mask[box.top : box.bottom, box.left : box.right] = True
        yield mask


def _told(layout: BarLayout) -> tuple[Bar, ...]:
    """Return the bars that values are written beside: of a stack, the uppermost."""
    marks = layout.bars.marks
    if not layout.frame.stacked:
        return marks
    return tuple(
        max((mark for mark in marks if mark.category == category), key=lambda mark: mark.end)
        for category in range(len(layout.bars.categories))
    )


def _grid(canvas: Canvas, layout: BarLayout, colours: ChartColours) -> None:
    frame, small, palette = layout.frame, layout.page.sizes.small, colours.palette
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


def _label(canvas: Canvas, layout: BarLayout, colour: Rgb, band: Band, lines: tuple[str, ...]) -> None:
    size = layout.page.sizes.label
    match layout.frame.orientation:
        case Orientation.VERTICAL:
            for i, line in enumerate(lines):
                at = (band.middle, layout.labels_at + size * (0.7 + LINE * i))
                canvas.text(at, line, size, colour, anchor="center", level="top")
        case Orientation.HORIZONTAL:
            for i, line in enumerate(lines):
                at = (layout.labels_at - size * 0.7, band.middle + size * LINE * (i - (len(lines) - 1) / 2))
                canvas.text(at, line, size, colour, anchor="right", level="center")


def _figures(layout: BarLayout) -> float:
    """Return the size at which no value touches its neighbour: one for all, so that none seems to matter more."""
    size, slot = layout.page.sizes.label, _slot(layout)
    if layout.frame.orientation is Orientation.HORIZONTAL:
        return min(size, slot * 0.95)
    widest = max(text_width(text, size, bold=True) for text in layout.value_texts)
    return min(size, size * slot * 0.94 / widest)


def _value(  # noqa: PLR0913, PLR0917 - what is written, where, how large and in which colours
    canvas: Canvas, layout: BarLayout, palette: Palette, mark: Bar, text: str, size: float
) -> None:
    frame = layout.frame
    lane = frame.lane(mark.category, mark.series)
    end, below = frame.along(mark.end), mark.end < 0
    beyond = -layout.head if below else layout.head
    gap = layout.page.sizes.label * (-0.45 if below else 0.45)
    anchor: Anchor = "center"
    level: Level = "center"
    if frame.orientation is Orientation.VERTICAL:
        at = (lane.middle, frame.base - end - beyond - gap)
        level = "top" if below else "bottom"
    else:
        at = (frame.base + end + beyond + gap, lane.middle)
        anchor = "right" if below else "left"
    canvas.text(at, text, size, palette.text, bold=True, anchor=anchor, level=level, halo=palette.background)


def _slot(layout: BarLayout) -> float:
    """Return the room that a bar's figures have across it, in pixels."""
    frame = layout.frame
    if not frame.stacked and frame.series > 1:
        return frame.lane(0, 1).start - frame.lane(0, 0).start
    whole = frame.width if frame.orientation is Orientation.VERTICAL else frame.height
    return frame.bands[1].start - frame.bands[0].start if len(frame.bands) > 1 else whole
