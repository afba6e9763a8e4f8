"""Draws an element in other colours: in shades of one, or paler. Called by `casting`, `check` and the line chart; pure, and knows nothing about charts.

Light and dark stay light and dark, so that windows, leaves and spots can still be told apart: what is as light as
the middle of the element has exactly the colour, the rest a darker or a paler shade of it. Turning hues instead
gave the leaves of an apple a colour that nobody had named, and left cows and penguins as they were.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from chartspark_api.colours import Rgb, is_clear_of_edges
from skimage.color import rgb2lab

from chartspark_runner.element import Element
from chartspark_runner.picture import opaque

_DARKEST = 0.45
"""How much of the colour is in its darkest shade; the rest is black."""
_PALEST = 0.3
"""How much of the colour is in its palest shade; the rest is white."""
_STEPS = 100
"""Of shades on either side of the colour."""

_Colours = npt.NDArray[np.uint8]
"""RGB, of shape (..., 3)."""


def dyed(element: Element, colour: Rgb) -> Element:
    """Return the element in shades of a colour that is clear of data edges, as all its shades are."""
    shades = _shades(colour)
    seen = _lightness(element.pixels[..., :3])[opaque(element.pixels)]
    middle = float(np.median(seen)) if seen.size else _STEPS / 2
    return replace(
        _recoloured(element, lambda colours: shades[_steps(_lightness(colours), middle)]), colour=colour
    )


def paled(element: Element, colour: Rgb, share: float) -> Element:
    """Return the element with some of another colour in each of its own."""
    return _recoloured(element, lambda colours: np.round(colours * (1 - share) + np.array(colour) * share))


def _recoloured(element: Element, change: Callable[[_Colours], npt.NDArray[Any]]) -> Element:
    pixels = np.dstack([change(element.pixels[..., :3]).astype(np.uint8), element.pixels[..., 3]])
    if element.drawing is None:
        return replace(element, pixels=pixels)
    shapes = element.drawing.shapes
    fills = change(np.array([shape.fill for shape in shapes], dtype=np.uint8)).astype(np.uint8).tolist()
    changed = tuple(replace(shape, fill=tuple(fill)) for shape, fill in zip(shapes, fills, strict=True))
    return replace(element, pixels=pixels, drawing=replace(element.drawing, shapes=changed))


def swatch(colour: Rgb) -> Element:
    """Return an element that is nothing but its colour: for plain marks."""
    return Element(np.array([[[*colour, 255]]], dtype=np.uint8), 1.0, colour=colour)


def _lightness(colours: _Colours) -> npt.NDArray[np.float64]:
    """Return CIE L*, 0 to 100."""
    return np.asarray(rgb2lab(colours)[..., 0])


def _steps(lightness: npt.NDArray[np.float64], middle: float) -> npt.NDArray[np.intp]:
    """Return the place of each shade: the middle has the colour itself."""
    darker = lightness / max(middle, 1.0) - 1
    paler = (lightness - middle) / max(100 - middle, 1.0)
    share = np.clip(np.where(lightness < middle, darker, paler), -1, 1)
    return np.asarray(np.round(_STEPS * (1 + share)).astype(np.intp))


def _shades(colour: Rgb) -> _Colours:
    """Return the shades from the darkest to the palest. In the place of one that a data edge has comes the next towards the colour."""
    dark = [_mixed(colour, 0, 1 - (1 - _DARKEST) * step / _STEPS) for step in range(_STEPS + 1)]
    pale = [_mixed(colour, 255, 1 - (1 - _PALEST) * step / _STEPS) for step in range(1, _STEPS + 1)]
    return np.array([*reversed(_cleared(dark)), *_cleared([dark[0], *pale])[1:]], dtype=np.uint8)


def _mixed(colour: Rgb, other: int, share: float) -> Rgb:
    red, green, blue = (round(channel * share + other * (1 - share)) for channel in colour)
    return red, green, blue


def _cleared(shades: list[Rgb]) -> list[Rgb]:
    """Return shades that lead away from the first, each clear of data edges."""
    kept = shades[:1]
    for shade in shades[1:]:
        kept.append(shade if is_clear_of_edges(shade) else kept[-1])
    return kept
