"""Step 7, compose: the element becomes the bars. Called by `chart`, once per candidate.

A bar is a stack of whole pictograms; the last is cut at the value, and what is cut off stays as a ghost.
"""

from collections.abc import Iterator

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.bar.draw import draw_ends, draw_frame, draw_key
from chartspark_runner.charts.bar.frame import Band
from chartspark_runner.charts.bar.layout import BarLayout
from chartspark_runner.charts.bar.tiling import Tiling
from chartspark_runner.charts.page import draw_key_words
from chartspark_runner.element import Cast, Element
from chartspark_runner.geometry import Box
from chartspark_runner.palette import Palette, palette_for
from chartspark_runner.stamps import Stamp, corners, fitted

_GHOST = 0.15
"""The opacity of what is cut off."""
_AIR = 0.94
"""The share of its cell that a pictogram's longer side takes."""


def compose(layout: BarLayout, cast: Cast) -> Canvas:
    """Return the finished chart, a slot of the cast to a bar."""
    palette = palette_for(cast.lead.pixels)
    canvas = draw_frame(layout, palette)
    match layout.tiling:
        case Tiling() as tiling:
            _stacks(canvas, layout, tiling, cast, palette)
        case None:
            _solid_bars(canvas, layout, cast, palette)
    return canvas


def _stacks(canvas: Canvas, layout: BarLayout, tiling: Tiling, cast: Cast, palette: Palette) -> None:
    for band, value, element in zip(layout.frame.bands, layout.values, cast.elements, strict=True):
        end = layout.frame.along(value)
        canvas.fill(layout.frame.box(band, 0, end), palette.band)
        if end:
            canvas.stamp(element, list(_stack(layout, tiling, element, band, end)))
    draw_key(canvas, layout, palette, tiling, cast.lead)
    draw_ends(canvas, layout, palette)


def _stack(layout: BarLayout, tiling: Tiling, element: Element, band: Band, end: int) -> Iterator[Stamp]:
    cell = tiling.cell
    for row in range(-(-end // cell)):
        for lane in range(tiling.lanes):
            start = band.start + lane * cell
            room = layout.frame.box(Band(start, start + cell), row * cell, (row + 1) * cell)
            box = fitted(element, _aired(room))
            if (row + 1) * cell <= end:
                yield Stamp(box)
            else:
                whole = Band(start, start + cell)
                yield Stamp(box, clip=corners(layout.frame.box(whole, row * cell, end)))
                yield Stamp(box, _GHOST, clip=corners(layout.frame.box(whole, end, (row + 1) * cell)))


def _solid_bars(canvas: Canvas, layout: BarLayout, cast: Cast, palette: Palette) -> None:
    size = round(layout.frame.bands[0].size * 1.25)
    for band, value, element in zip(layout.frame.bands, layout.values, cast.elements, strict=True):
        end = layout.frame.along(value)
        canvas.fill(layout.frame.box(band, 0, end), palette.solid)
        room = layout.frame.box(_centred(band, size), end, end + size)
        canvas.stamp(element, [Stamp(fitted(element, _aired(room)))])
    draw_ends(canvas, layout, palette, head_room=size)
    draw_key_words(canvas, layout.page, palette, layout.unit_name)


def _aired(room: Box) -> Box:
    gap = round(min(room.width, room.height) * (1 - _AIR) / 2)
    return Box(room.left + gap, room.top + gap, room.right - gap, room.bottom - gap)


def _centred(band: Band, size: int) -> Band:
    start = round(band.middle - size / 2)
    return Band(start, start + size)
