"""Background: the element as a pale scene behind a plain chart. Called by `page`; nothing of it says a value.

It is pale by rule. Where text and marks may lie on it, its luminance differs from the paper's by less than a tenth,
however dark the element, and so the standard deviation in any window stays under 0.06. What stands in a clearing is
crossed by gridlines alone, and may differ by a fifth.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Canvas
from chartspark_runner.element import Cast, Element
from chartspark_runner.geometry import Box
from chartspark_runner.palette import Palette, luminance
from chartspark_runner.picture import Pixels, opaque
from chartspark_runner.stamps import Polygon, Stamp, fitted


@dataclass(frozen=True, slots=True)
class _Pallor:
    """How much of a scene is seen."""

    contrast: float
    """By which its luminance (0 to 1) differs from the paper's at most."""
    percent: int
    """Of an element's opacity, at most."""


_BEHIND, _CLEAR = _Pallor(0.09, 34), _Pallor(0.2, 50)
"""What text and marks may lie on, and what stands clear of them."""
_HERO = 0.62
"""The side of the largest element by the sheet's height."""
_MOST_COPIES = 9


def draw_backdrop(canvas: Canvas, size: tuple[int, int], palette: Palette, cast: Cast) -> None:
    """Draw paper that darkens a little towards the ground, two ridges, and the elements on them."""
    width, height = size
    if cast.scene is not None:
        canvas.picture(Box(0, 0, width, height), _paled(cast.scene, palette))
        return
    canvas.picture(Box(0, 0, width, height), _paper(size, palette))
    for level, waves, opacity in ((0.80, 1.3, 0.45), (0.88, 2.1, 0.6)):
        canvas.polygon(_ridge(size, level, waves), palette.band, opacity)
    for element, stamp in _scene(size, palette, cast):
        canvas.stamp(element, [stamp])


def _paled(scene: Pixels, palette: Palette) -> Pixels:
    """Return a painted scene as pale as the rule asks."""
    opacity = _opacity(palette.background, np.percentile(scene.reshape(-1, 3), 5, axis=0), _BEHIND)
    return np.asarray(
        np.round(np.array(palette.background) * (1 - opacity) + scene * opacity).astype(np.uint8)
    )


def _paper(size: tuple[int, int], palette: Palette) -> Pixels:
    """Return a sheet of the background's colour that takes on a third of the band's towards the bottom."""
    width, height = size
    share = np.linspace(0, 1 / 3, height)[:, None]
    rows = np.array(palette.background) * (1 - share) + np.array(palette.band) * share
    return np.broadcast_to(np.round(rows).astype(np.uint8)[:, None], (height, width, 3)).copy()


def _ridge(size: tuple[int, int], level: float, waves: float) -> Polygon:
    width, height = size
    crest = tuple(
        (x, height * (level + 0.035 * math.sin(waves * math.tau * x / width + level * 40)))
        for x in np.linspace(0, width, 60).tolist()
    )
    return (*crest, (width, height), (0, height))


def _scene(size: tuple[int, int], palette: Palette, cast: Cast) -> list[tuple[Element, Stamp]]:
    """Return the elements clear of the marks; where there is no room, or they cannot be enlarged, one large hero at the right or a row along the ground."""
    width, height = size
    different = list({id(element): element for element in cast.elements}.values())[:_MOST_COPIES]
    ground = round(height * 0.95)
    side = round(height * _HERO)
    if cast.clearings and all(element.drawing is not None for element in different):
        return [
            _standing(element, room, palette, _CLEAR)
            # Of one picture in several tints the first is enough.
            for element, room in zip(different, cast.clearings, strict=False)
        ]
    if len(different) == 1 and different[0].drawing is not None:
        right = Box(width - round(side * 1.08), ground - side, width - round(side * 0.08), ground)
        return [_standing(different[0], right, palette, _BEHIND)]
    copies = (different * _MOST_COPIES)[: max(len(different), min(_MOST_COPIES, width // 170))]
    step = width / len(copies)
    side = min(round(step * 0.86), round(height * 0.3))
    lefts = (round(step * (i + 0.5) - side / 2) for i in range(len(copies)))
    return [
        _standing(element, Box(left, ground - side, left + side, ground), palette, _BEHIND)
        for element, left in zip(copies, lefts, strict=True)
    ]


def _standing(element: Element, room: Box, palette: Palette, pallor: _Pallor) -> tuple[Element, Stamp]:
    """Return the element on the room's floor, as pale as the rule asks."""
    box = fitted(element, room)
    drop = room.bottom - box.bottom
    darkest = np.percentile(element.pixels[opaque(element.pixels)][:, :3], 10, axis=0)
    return element, Stamp(
        Box(box.left, box.top + drop, box.right, room.bottom), _opacity(palette.background, darkest, pallor)
    )


def _opacity(paper: Rgb, darkest: npt.NDArray[np.float64], pallor: _Pallor) -> float:
    """Return the highest opacity at which the rule holds. Screens blend by sRGB values, which luminance does not follow."""

    def contrast(opacity: float) -> float:
        red, green, blue = (np.array(paper) * (1 - opacity) + darkest * opacity).tolist()
        return luminance(paper) - luminance((red, green, blue))

    steps = (step / 100 for step in range(2, pallor.percent + 1))
    return max((opacity for opacity in steps if contrast(opacity) <= pallor.contrast), default=0.02)
