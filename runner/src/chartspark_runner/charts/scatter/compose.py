"""Step 7, compose: an element around each point. Called by `chart`, once per candidate."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import binary_fill_holes

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.fit import Fit
from chartspark_runner.charts.key import draw_equals, equals_width
from chartspark_runner.charts.scatter.draw import draw_axes, draw_dots, from_large_to_small
from chartspark_runner.charts.scatter.layout import ScatterLayout
from chartspark_runner.element import Cast, Element
from chartspark_runner.geometry import Box
from chartspark_runner.palette import Palette, palette_for
from chartspark_runner.picture import opaque
from chartspark_runner.rim import Rim
from chartspark_runner.stamps import Stamp


@dataclass(frozen=True, slots=True, eq=False)
class _Figure:
    """An element as a mark."""

    element: Element
    area: float
    """Within its outline, holes included, in its own square pixels."""
    middle: tuple[float, float]
    """The centre of that, from its upper left corner."""


_LARGER = 1.5
"""The area of an element that has to cover more of its disc."""


def compose(layout: ScatterLayout, cast: Cast, fit: Fit) -> Canvas:
    """Return the finished chart, a slot of the cast to a point."""
    palette = palette_for(cast.lead)
    canvas = draw_axes(layout, palette, None)
    figures = {id(element): _figure(element) for element in cast.elements}
    # Where a table has no sizes areas say nothing, and an element may reach over the disc that it stands for.
    larger = _LARGER if fit.close and not layout.size_name else 1.0
    for i in from_large_to_small(layout):
        figure = figures[id(cast.elements[i])]
        stamp = _stamp(figure, layout.places[i], layout.areas[i] * larger)
        with canvas.mark(i, layout.words[i], (i + 1,)):
            canvas.stamp(figure.element, [stamp], Rim(2 * layout.frame.rim, palette.background))
    if layout.key:
        _key(canvas, layout, palette, figures[id(cast.lead)])
    draw_dots(canvas, layout, palette)
    return canvas


def _figure(element: Element) -> _Figure:
    outline = binary_fill_holes(opaque(element.pixels))
    ys, xs = np.nonzero(outline)
    return _Figure(
        element,
        float(outline.sum()),
        (float(xs.mean()) + 0.5, float(ys.mean()) + 0.5),
    )


def _stamp(figure: _Figure, place: tuple[float, float], area: float) -> Stamp:
    """Return the element so that its outline holds an area, whose centre lies on the point."""
    height, width = figure.element.pixels.shape[:2]
    scale = math.sqrt(area / figure.area)
    if figure.element.drawing is None:
        scale = min(1.0, scale)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    left = round(place[0] - figure.middle[0] / width * wide)
    top = round(place[1] - figure.middle[1] / height * high)
    return Stamp(Box(left, top, left + wide, top + high))


def _key(canvas: Canvas, layout: ScatterLayout, palette: Palette, figure: _Figure) -> None:
    """Show a mark of a round size, right of the axis' name."""
    page, sizes = layout.page, layout.page.sizes
    amount = layout.numerals.counted(layout.key, layout.size_name)
    size = round(sizes.label * 1.75)
    at = _stamp(figure, (0, 0), layout.key * layout.frame.area_per_size).box
    right = page.width - sizes.margin
    middle = page.key_top + size // 2
    # Right-aligned, so that the axis' name has the rest of the line.
    left = round(right - equals_width(amount, sizes.label) - sizes.label * 0.5 - at.width)
    box = Box(left, middle - at.height // 2, left + at.width, middle - at.height // 2 + at.height)
    canvas.stamp(figure.element, [Stamp(box)])
    draw_equals(canvas, (right, middle), amount, sizes.label, palette.text, "right")
