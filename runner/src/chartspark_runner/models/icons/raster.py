"""Outlines become pixels, by matplotlib's renderer. Called by the icon painter; knows nothing about icons or charts."""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from chartspark_runner.artwork import Drawing
from chartspark_runner.picture import Pixels

_TOKEN: Final = re.compile(r"([MLCQZ])([^MLCQZ]*)")
_CODES: Final = {"M": Path.MOVETO, "L": Path.LINETO, "Q": Path.CURVE3, "C": Path.CURVE4}
_DPI: Final = 72.0


def rasterise(drawing: Drawing, side: int) -> Pixels:
    """Return the drawing as RGBA with straight alpha, its longer side `side` pixels."""
    scale = side / max(drawing.width, drawing.height)
    width, height = (max(1, round(length * scale)) for length in (drawing.width, drawing.height))
    renderer = RendererAgg(width, height, _DPI)  # type: ignore[no-untyped-call]
    # matplotlib counts upwards.
    transform = Affine2D().scale(width / drawing.width, -height / drawing.height).translate(0, height)
    for shape in drawing.shapes:
        context = renderer.new_gc()
        context.set_linewidth(0)
        context.set_alpha(shape.alpha)
        renderer.draw_path(  # type: ignore[no-untyped-call]
            context, _path(shape.path), transform, tuple(channel / 255 for channel in shape.fill)
        )
        context.restore()
    return np.array(renderer.buffer_rgba(), dtype=np.uint8)  # type: ignore[no-untyped-call]


def _path(data: str) -> Path:
    steps = list(_steps(data))
    return Path([point for point, _ in steps], [code for _, code in steps])


def _steps(data: str) -> Iterator[tuple[tuple[float, float], int]]:
    for command, written in _TOKEN.findall(data):
        if command == "Z":
            yield (0.0, 0.0), int(Path.CLOSEPOLY)
            continue
        numbers = [float(number) for number in written.replace(",", " ").split()]
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            yield (x, y), int(_CODES[command])
