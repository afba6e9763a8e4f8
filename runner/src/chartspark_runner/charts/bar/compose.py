"""Step 7, compose: the element becomes the bars. Called by `chart`, once per candidate.

A bar is a stack of whole pictograms; the last is cut at the value, and what is cut off stays as a ghost.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import geometric_mean

from chartspark_api.charts import Orientation
from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.bar.bars import Bar
from chartspark_runner.charts.bar.closeness import Lying, closeness, grown
from chartspark_runner.charts.bar.draw import bar_box, draw_ends, draw_frame
from chartspark_runner.charts.bar.frame import Band, Frame
from chartspark_runner.charts.bar.layout import BarLayout
from chartspark_runner.charts.bar.leads import leads
from chartspark_runner.charts.bar.tiling import CLOSE, Figure, Tiling, choose_tiling
from chartspark_runner.charts.colours import ChartColours, chart_colours
from chartspark_runner.charts.fit import Fit
from chartspark_runner.charts.heap import Spacing, heap
from chartspark_runner.charts.key import draw_equals
from chartspark_runner.charts.page import draw_key_words
from chartspark_runner.dye import paled
from chartspark_runner.element import Cast, Element
from chartspark_runner.geometry import Box
from chartspark_runner.rim import Rim
from chartspark_runner.stamps import Stamp, corners, fitted

_GHOST = 0.15
"""The opacity of what is cut off."""
_RIM = (0.4, 1.0, 1 / 60)
"""The ground around each pictogram, so that those that touch can be counted: at least and at most in pixels, and by the size of its cell."""
_PALED = 0.74
"""How much of the bar's ground is in pictograms that lie behind others."""
_BESIDE = 0.3
"""The distance of pictograms in the key, in letter sizes."""


def compose(layout: BarLayout, cast: Cast, fit: Fit) -> Canvas:
    """Return the finished chart, a slot of the cast to a bar."""
    played = tuple(zip(layout.bars.marks, cast.elements, strict=True))
    lead = leads(layout.bars, cast)
    colours = chart_colours(lead)
    canvas = draw_frame(layout, colours, lead, None)
    tiling = _tiling(layout, cast)
    for number, (mark, element) in enumerate(played):
        with canvas.mark(
            number, f"{layout.bars.label(mark)}: {layout.numerals.told(mark.value)}", (mark.number,)
        ):
            _fill(canvas, layout, tiling, element, mark, colours, fit)
    _key(canvas, layout, colours, lead, tiling)
    draw_ends(canvas, layout, colours, halo=fit.halo)
    return canvas


def _fill(  # noqa: PLR0913, PLR0917 - what a bar is made of
    canvas: Canvas,
    layout: BarLayout,
    tiling: Tiling | None,
    element: Element,
    mark: Bar,
    colours: ChartColours,
    fit: Fit,
) -> None:
    box, series = bar_box(layout, mark), colours.series[mark.series]
    match tiling:
        case Tiling():
            canvas.fill(box, series.band)
            lying = _lying(layout.frame, tiling, element, fit)
            if lying.heaped and (behind := _heap(layout, tiling, element, mark)):
                canvas.stamp(paled(element, series.band, _PALED), behind)
            if stamps := list(_stack(layout, tiling, element, mark, lying)):
                canvas.stamp(element, stamps, _rim(layout.frame, tiling, series.band))
        case None:
            canvas.fill(box, series.solid)
            if layout.head:
                canvas.stamp(element, [_head(layout, element, mark)])


def _tiling(layout: BarLayout, cast: Cast) -> Tiling | None:
    """Return one tiling for all bars: units that differ could not be compared."""
    frame, longest = layout.frame, max(layout.bars.highest, -layout.bars.lowest)
    if layout.head or not longest:
        return None
    figure = _figure(cast.elements, upright=frame.orientation is Orientation.VERTICAL)
    return choose_tiling(
        longest, _thinnest(layout, longest), frame.pixels_per_value, frame.lane(0, 0).size, figure
    )


def _thinnest(layout: BarLayout, longest: float) -> float:
    """Return what three quarters of the parts of stacks reach. Beside others a short bar shows by a ghost what it is cut from."""
    if not layout.frame.stacked:
        return longest
    parts = sorted(mark.value for mark in layout.bars.marks if mark.value)
    return parts[len(parts) // 4]


def _figure(elements: Sequence[Element], *, upright: bool) -> Figure:
    """Return the middle of the elements' shapes: all bars share one tiling."""
    heights, widths = zip(*(element.pixels.shape[:2] for element in elements), strict=True)
    across, along = (widths, heights) if upright else (heights, widths)
    raster = any(element.drawing is None for element in elements)
    return Figure(geometric_mean(across), geometric_mean(along), raster)


def _stack(layout: BarLayout, tiling: Tiling, element: Element, mark: Bar, lying: Lying) -> Iterator[Stamp]:
    """Yield the pictograms of a bar, from its end to its foot: what is nearer to the foot lies in front."""
    frame = layout.frame
    lane, bar = frame.lane(mark.category, mark.series), bar_box(layout, mark)
    foot, tip = frame.along(mark.start), frame.along(mark.end)
    away = 1 if tip > foot else -1
    for row in reversed(range(math.ceil(abs(tip - foot) / tiling.row))):
        near = foot + away * round(row * tiling.row)
        far = foot + away * round((row + 1) * tiling.row)
        for i in range(tiling.lanes):
            cell = Band(
                lane.start + round(i * lane.size / tiling.lanes),
                lane.start + round((i + 1) * lane.size / tiling.lanes),
            )
            box = fitted(element, grown(frame.box(cell, *sorted((near, far))), lying.room))
            yield Stamp(box) if _inside(box, bar) else Stamp(box, clip=corners(bar))
            # A ghost over the next part of a stack would be taken for it.
            if away * far > away * tip and not frame.stacked:
                beyond = frame.box(cell, *sorted((tip, far)))
                yield Stamp(box, _GHOST, clip=corners(beyond))


def _lying(frame: Frame, tiling: Tiling, element: Element, fit: Fit) -> Lying:
    """Return how a pictogram lies in its cell."""
    upright = frame.orientation is Orientation.VERTICAL
    if not fit.close:
        return Lying(CLOSE if upright else CLOSE[::-1])
    cell = _cell(frame, tiling)
    return closeness(element, Box(0, 0, cell.width, cell.height), tiling.lanes, upright=upright)


def _cell(frame: Frame, tiling: Tiling) -> Box:
    return frame.box(Band(0, round(frame.lane(0, 0).size / tiling.lanes)), 0, round(tiling.row))


def _rim(frame: Frame, tiling: Tiling, ground: Rgb) -> Rim:
    least, most, share = _RIM
    cell = _cell(frame, tiling)
    return Rim(max(least, min(most, share * min(cell.width, cell.height))), ground, open=True)


def _heap(layout: BarLayout, tiling: Tiling, element: Element, mark: Bar) -> list[Stamp]:
    """Return what lies behind the pictograms of a bar: as large as they are, and anywhere."""
    bar, cell = bar_box(layout, mark), _cell(layout.frame, tiling)
    if not bar.width or not bar.height:
        return []
    box = fitted(element, cell)
    middle = (bar.left + bar.right) / 2, (bar.top + bar.bottom) / 2
    heaped = heap(element, corners(bar), middle, max(box.width, box.height), Spacing.CLOSE)
    return [replace(stamp, turn=0.0) for stamp in heaped]


def _inside(box: Box, bar: Box) -> bool:
    return bar.left <= box.left and box.right <= bar.right and bar.top <= box.top and box.bottom <= bar.bottom


def _head(layout: BarLayout, element: Element, mark: Bar) -> Stamp:
    frame, size = layout.frame, layout.head
    start = round(frame.lane(mark.category, mark.series).middle - size / 2)
    tip = frame.along(mark.end)
    low = tip - size if mark.end < 0 else tip
    return Stamp(fitted(element, frame.box(Band(start, start + size), low, low + size)))


def _key(
    canvas: Canvas, layout: BarLayout, colours: ChartColours, lead: Sequence[Element], tiling: Tiling | None
) -> None:
    """Show what one pictogram of each series stands for, without words; or else write what the values count."""
    page, palette = layout.page, colours.palette
    if tiling is None:
        draw_key_words(canvas, page, palette, layout.unit_name)
        return
    amount = layout.numerals.counted(tiling.unit, layout.unit_name)
    sizes, top, left = page.sizes, page.key_top, page.sizes.margin
    size = round(sizes.label * 1.75)
    for element in {id(element): element for element in lead}.values():
        box = fitted(element, Box(left, top, left + size, top + size))
        box = Box(left, box.top, left + box.width, box.bottom)
        canvas.stamp(element, [Stamp(box)])
        left = box.right + round(sizes.label * _BESIDE)
    at = (left - round(sizes.label * _BESIDE) + sizes.label * 0.55, top + size / 2)
    draw_equals(canvas, at, amount, sizes.label, palette.text)
