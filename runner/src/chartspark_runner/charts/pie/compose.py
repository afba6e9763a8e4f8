"""Step 7, compose: elements fill the sectors. Called by `chart`, once per candidate."""

import math

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.fit import Fit
from chartspark_runner.charts.heap import Spacing, heap
from chartspark_runner.charts.page import draw_page
from chartspark_runner.charts.pie.draw import draw_separators, draw_texts
from chartspark_runner.charts.pie.frame import Frame, Sector
from chartspark_runner.charts.pie.layout import PieLayout
from chartspark_runner.charts.pie.shading import shaded
from chartspark_runner.element import Cast, Element
from chartspark_runner.palette import palette_for

_LARGEST, _SMALLEST = 0.3, 0.14
"""Of the radius: the element's longer side in a wide sector and in a thin one."""
_OF_ROOM = 0.85
"""Of the largest circle in the sector."""


def compose(layout: PieLayout, cast: Cast, fit: Fit) -> Canvas:
    """Return the finished chart, a slot of the cast to a sector."""
    palette = palette_for(cast.lead)
    canvas = draw_page(layout.page, palette, None)
    for number, (sector, element) in enumerate(zip(layout.sectors, shaded(cast.elements), strict=True)):
        with canvas.mark(number, layout.words[number], layout.rows[number]):
            _fill(canvas, layout.frame, sector, element, fit)
    draw_separators(canvas, layout, palette)
    draw_texts(canvas, layout, palette)
    return canvas


def _fill(canvas: Canvas, frame: Frame, sector: Sector, element: Element, fit: Fit) -> None:
    outline = frame.outline(sector)
    canvas.polygon(outline, palette_for(element).band)
    away, room = _roomiest(frame, sector)
    size = round(min(frame.radius * _LARGEST, max(2 * room * _OF_ROOM, frame.radius * _SMALLEST)))
    spacing = Spacing.CLOSE if fit.close else Spacing.EASY
    canvas.stamp(element, heap(element, outline, frame.at(sector.middle, away), size, spacing))


def _roomiest(frame: Frame, sector: Sector) -> tuple[float, float]:
    """Return how far from the centre the largest circle in a sector lies, and its radius."""
    half = min(math.pi / 2, math.pi * sector.share)
    # Where the circle touches both sides and the rim.
    room = frame.radius * math.sin(half) / (1 + math.sin(half))
    if frame.hole:
        room = min(room, (frame.radius - frame.hole) / 2)
    return frame.radius - room, room
