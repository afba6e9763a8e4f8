"""Step 7, compose: an element around each point. Called by `chart`, once per candidate."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from chartspark_api.colours import Rgb
from scipy.ndimage import distance_transform_edt
from skimage.color import deltaE_cie76, rgb2lab

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.fit import Fit
from chartspark_runner.charts.key import draw_equals, equals_width
from chartspark_runner.charts.scatter.draw import draw_axes, draw_dots, from_large_to_small
from chartspark_runner.charts.scatter.layout import ScatterLayout
from chartspark_runner.element import Cast, Element
from chartspark_runner.geometry import Box
from chartspark_runner.palette import Palette, palette_for
from chartspark_runner.picture import Mask
from chartspark_runner.rim import Rim, silhouette
from chartspark_runner.stamps import Stamp


@dataclass(frozen=True, slots=True, eq=False)
class _Figure:
    """An element as a mark."""

    element: Element
    reach: npt.NDArray[np.float64]
    """How far each pixel of a wider frame that holds the element is from its silhouette, in its own pixels."""
    middle: tuple[float, float]
    """The centre of the silhouette, from the element's upper left corner."""
    line: float
    """The width of the line around it, in pixels of the sheet; 0 where it stands out from paper without one."""


_LARGER = 1.5
"""The area of an element that has to cover more of its disc."""
_PAD = 48
"""Pixels of the wider frame on each side."""
_LINE = 1.2
"""The width of the line around a pale element, in pixels."""
_PALE = 24.0
"""The distance (CIE76) from paper below which an element's own outline may not be seen: the decoder asks for 10, and where marks are small an outline is a mixture."""
_OUTER = 0.02
"""How deep an element's outline is, in its sizes."""
_MOST_PALE = 0.03
"""Of its outline that may be pale."""
_CLOSE = 0.002
"""How near the area within a line comes to the one that it stands for."""


def compose(layout: ScatterLayout, cast: Cast, fit: Fit) -> Canvas:
    """Return the finished chart, a slot of the cast to a point."""
    palette = palette_for(cast.lead)
    canvas = draw_axes(layout, palette, None)
    figures = {id(element): _figure(element, palette.background) for element in cast.elements}
    # Where a table has no sizes areas say nothing, and an element may reach over the disc that it stands for.
    larger = _LARGER if fit.close and not layout.size_name else 1.0
    for i in from_large_to_small(layout):
        figure = figures[id(cast.elements[i])]
        stamp = _stamp(figure, layout.places[i], layout.areas[i] * larger)
        with canvas.mark(i, layout.words[i], (i + 1,)):
            halo = Rim(2 * layout.frame.rim + figure.line, palette.background)
            canvas.stamp(figure.element, [stamp], halo, *_line(figure, palette))
    if layout.key:
        _key(canvas, layout, palette, figures[id(cast.lead)])
    draw_dots(canvas, layout, palette)
    return canvas


def _line(figure: _Figure, palette: Palette) -> tuple[Rim, ...]:
    return (Rim(figure.line, palette.quiet),) if figure.line else ()


def _figure(element: Element, paper: Rgb) -> _Figure:
    outline = silhouette(element.pixels)
    ys, xs = np.nonzero(outline)
    return _Figure(
        element,
        np.asarray(distance_transform_edt(~np.pad(outline, _PAD))),
        (float(xs.mean()) + 0.5, float(ys.mean()) + 0.5),
        _LINE if _is_pale(element, outline, paper) else 0.0,
    )


def _is_pale(element: Element, outline: Mask, paper: Rgb) -> bool:
    """Return whether nothing tells some of the element's outline from paper: then its area could not be seen."""
    depth = distance_transform_edt(np.pad(outline, 1))[1:-1, 1:-1]
    rim = element.pixels[outline & (depth <= max(1.5, _OUTER * max(outline.shape)))].astype(np.float64)
    alpha = rim[:, 3:] / 255
    shown = rim[:, :3] * alpha + np.array(paper) * (1 - alpha)
    away = deltaE_cie76(rgb2lab(shown[None] / 255), rgb2lab(np.array([[paper]]) / 255))
    return bool((away < _PALE).mean() > _MOST_PALE)


def _stamp(figure: _Figure, place: tuple[float, float], area: float) -> Stamp:
    """Return the element so that its outline, or the line around it, holds an area whose centre lies on the point."""
    height, width = figure.element.pixels.shape[:2]
    scale = math.sqrt(area / _held(figure, math.inf))
    while figure.line and (too_much := _held(figure, scale) * scale**2 / area) > 1 + _CLOSE:
        scale /= math.sqrt(too_much)
    if figure.element.drawing is None:
        scale = min(1.0, scale)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    left = round(place[0] - figure.middle[0] / width * wide)
    top = round(place[1] - figure.middle[1] / height * high)
    return Stamp(Box(left, top, left + wide, top + high))


def _held(figure: _Figure, scale: float) -> float:
    """Return the area within the line around an element of a scale, in the element's own pixels."""
    return float((figure.reach <= figure.line / scale).sum())


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
    canvas.stamp(figure.element, [Stamp(box)], *_line(figure, palette))
    draw_equals(canvas, (right, middle), amount, sizes.label, palette.text, "right")
