"""What a chart looks like where a picture is fitted into its marks and nothing of ours is drawn: the floor of the bench.

These are re-made from what is told of an earlier tool: a bar's element is stretched to the bar; or scaled to
its height and cut by its width; a line's or an area's texture is cut by the mark's mask. The last step of
that tool, painting over the whole by image-to-image, is left out: the embedded model cannot do it. `ink`
reads such pictures, because they have no data edge: it takes the furthest ink of each mark.
"""

from collections.abc import Callable, Iterator

import numpy as np
from chartspark_runner.charts.area.chart import AreaChart
from chartspark_runner.charts.bar.chart import BarChart
from chartspark_runner.charts.kind import LaidOutChart
from chartspark_runner.charts.line.chart import LineChart
from chartspark_runner.element import Element
from chartspark_runner.picture import Mask, Pixels, commonest, resized
from chartspark_runner.reading import Reading

_INK = 40
"""The largest difference of a channel up to which a pixel is the page's."""

Lay = Callable[[Element, int, int], Pixels]
"""Returns an element as RGBA of a width and a height."""


def stretched(element: Element, width: int, height: int) -> Pixels:
    """Return the element distorted to the size."""
    return resized(element.pixels, width, height)


def scaled(element: Element, width: int, height: int) -> Pixels:
    """Return the element scaled to the height, at the middle, cut where it is wider."""
    high, wide = element.pixels.shape[:2]
    size = max(1, round(wide * height / high))
    whole = resized(element.pixels, size, height)
    laid = np.zeros((height, width, 4), dtype=np.uint8)
    inner = min(width, size)
    left, cut = (width - inner) // 2, (size - inner) // 2
    laid[:, left : left + inner] = whole[:, cut : cut + inner]
    return laid


def texture(element: Element, width: int, height: int) -> Pixels:
    """Return the element repeated without gaps."""
    side = max(24, min(width, height) // 6)
    tile = resized(element.pixels, side, side)
    return np.tile(tile, (-(-height // side), -(-width // side), 1))[:height, :width]


def blank(drawing: LaidOutChart) -> Pixels:
    """Return the chart without its marks."""
    page = drawing.plain().pixels()[0].copy()
    for mask in drawing.masks():
        page[mask] = page[0, 0]
    return page


def made(drawing: LaidOutChart, page: Pixels, element: Element, lay: Lay) -> Pixels:
    """Return the chart with the element laid into every mark."""
    picture = page.copy()
    for mask in drawing.masks():
        rows, columns = np.nonzero(mask)
        if not rows.size:
            continue
        top, left = rows.min(), columns.min()
        window = np.s_[top : rows.max() + 1, left : columns.max() + 1]
        inside = mask[window]
        laid = lay(element, inside.shape[1], inside.shape[0])
        alpha = (laid[..., 3] / 255 * inside)[..., None]
        picture[window] = np.round(laid[..., :3] * alpha + picture[window] * (1 - alpha)).astype(np.uint8)
    return picture


def read_ink(drawing: LaidOutChart, page: Pixels, picture: Pixels, across: float) -> Reading | None:
    """Return what the furthest ink of each mark says; None for types whose marks have no furthest ink.

    Args:
        drawing: The chart.
        page: It without its marks.
        picture: It with them.
        across: The share of a bar's thickness that ink must span to count.
    """
    ink = np.abs(picture.astype(int) - page).max(axis=2) > _INK
    match drawing:
        case BarChart():
            values = tuple(_bars(drawing, ink, across))
        case LineChart() | AreaChart():
            values = tuple(_points(drawing, ink))
        case _:
            return None
    # The contrast of an edge that is not there is that of paper.
    return Reading(edges=(commonest(picture),), background=commonest(picture), values=values)


def _bars(drawing: BarChart, ink: Mask, across: float) -> Iterator[float | None]:
    frame = drawing.layout.frame
    for mark in drawing.layout.bars.marks:
        box = frame.box(frame.lane(mark.category, mark.series), 0, frame.reach)
        rows = np.nonzero(ink[box.top : box.bottom, box.left : box.right].mean(axis=1) > across)[0]
        yield (box.height - int(rows[0])) / frame.pixels_per_value if rows.size else None


def _points(drawing: LineChart | AreaChart, ink: Mask) -> Iterator[float | None]:
    frame = drawing.plot.frame
    inset = frame.stroke / 2 if isinstance(drawing, LineChart) else 0.0
    for station in frame.stations[0]:
        column = ink[frame.room.top : frame.room.bottom, int(station)]
        rows = np.nonzero(column)[0]
        yield frame.y.value(float(rows[0]) + frame.room.top + inset) if rows.size else None
