"""Step 7, compose: the element becomes the bars. Called by the pipeline, once per candidate for PNG and SVG.

A bar is a stack of whole pictograms; the last is cut at the value, and what is cut off stays as a ghost.
"""

from typing import Literal

import numpy as np
from chartspark_api.charts import Orientation

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.bar.draw import draw_ends, draw_frame, draw_key, draw_unit, drawn_length
from chartspark_runner.charts.bar.layout import BarLayout
from chartspark_runner.charts.bar.tiling import Tiling
from chartspark_runner.geometry import Band
from chartspark_runner.palette import palette_for
from chartspark_runner.picture import Pixels, resized

_GHOST = 0.15
"""The opacity of what is cut off."""
_AIR = 0.94
"""The share of its cell that a pictogram's longer side takes."""
Zoom = Literal[1, 2]
"""Pixels of the element per pixel of the chart: 1 for PNG, 2 for SVG, which may be looked at more closely."""


def compose(layout: BarLayout, element: Pixels, zoom: Zoom = 1) -> Canvas:
    """Return the finished chart.

    Args:
        layout: The chart.
        element: The pictogram, RGBA, tightly cropped.
        zoom: How finely the pictograms are laid in.
    """
    palette = palette_for(element)
    canvas = draw_frame(layout, palette)
    match layout.tiling:
        case Tiling() as tiling:
            tile = _tile(element, tiling.cell, zoom)
            for band, value in zip(layout.frame.bands, layout.values, strict=True):
                canvas.fill(layout.frame.box(band, 0, layout.frame.along(value)), palette.band)
                _stack(canvas, layout, tile, band, value)
            draw_key(
                canvas, layout, palette, tiling, _fitted(element, round(layout.sizes.label * 1.75), zoom)
            )
            draw_ends(canvas, layout, palette)
        case None:
            size = round(layout.frame.bands[0].size * 1.25)
            icon = _tile(element, size, zoom)
            for band, value in zip(layout.frame.bands, layout.values, strict=True):
                end = layout.frame.along(value)
                canvas.fill(layout.frame.box(band, 0, end), palette.solid)
                canvas.picture(layout.frame.box(_centred(band, size), end, end + size), icon)
            draw_ends(canvas, layout, palette, head_room=size)
            draw_unit(canvas, layout, palette)
    return canvas


def _stack(canvas: Canvas, layout: BarLayout, tile: Pixels, band: Band, value: float) -> None:
    if layout.tiling is None or layout.frame.along(value) == 0:
        return
    cell, lanes, zoom = layout.tiling.cell, layout.tiling.lanes, tile.shape[0] // layout.tiling.cell
    end, drawn = layout.frame.along(value), drawn_length(layout, value)
    rows = -(-drawn // cell)
    vertical = layout.frame.orientation is Orientation.VERTICAL
    strip = np.tile(tile, (rows, lanes, 1) if vertical else (lanes, rows, 1))
    strip = strip.copy()
    beyond = np.s_[: (rows * cell - end) * zoom] if vertical else np.s_[:, end * zoom :]
    strip[beyond][..., 3] = np.round(strip[beyond][..., 3] * _GHOST).astype(np.uint8)
    canvas.picture(layout.frame.box(band, 0, rows * cell), strip)


def _tile(element: Pixels, cell: int, zoom: Zoom) -> Pixels:
    """Return the element in the middle of a square cell, RGBA, `cell * zoom` pixels a side."""
    icon = _fitted(element, round(cell * _AIR), zoom)
    tile = np.zeros((cell * zoom, cell * zoom, 4), dtype=np.uint8)
    # Transparent pixels carry the element's own mean colour, so that viewers which smooth draw no dark seam.
    tile[..., :3] = element[element[..., 3] > 127][:, :3].mean(axis=0)  # noqa: PLR2004 - half opaque
    top, left = (tile.shape[0] - icon.shape[0]) // 2, (tile.shape[1] - icon.shape[1]) // 2
    tile[top : top + icon.shape[0], left : left + icon.shape[1]] = icon
    return tile


def _fitted(element: Pixels, room: int, zoom: Zoom) -> Pixels:
    """Return the element with its longer side `room * zoom`, or smaller: on the chart it is never enlarged."""
    height, width = element.shape[:2]
    scale = min(1.0, room / max(height, width)) * zoom
    return resized(element, max(1, round(width * scale)), max(1, round(height * scale)))


def _centred(band: Band, size: int) -> Band:
    start = round(band.middle - size / 2)
    return Band(start, start + size)
