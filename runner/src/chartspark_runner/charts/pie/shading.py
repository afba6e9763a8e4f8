"""Tells sectors apart that would look alike: by lighter and darker ones, in the order of the pie. Called by `chart` and `compose`; pure.

Colours that the chart maker named are left as they are.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from chartspark_api.colours import Rgb
from skimage.color import rgb2lab

from chartspark_runner.dye import paled
from chartspark_runner.element import Element
from chartspark_runner.palette import palette_for
from chartspark_runner.picture import opaque
from chartspark_runner.tints import tinted, tints

_ALIKE = 25.0
"""CIELAB distance below which two elements' colours are taken for one: about 28 degrees of hue."""


def solids(elements: Sequence[Element | None]) -> tuple[Rgb, ...]:
    """Return the colour of each plain sector; None for marks that have no element."""
    own = [palette_for(element).solid for element in elements]
    free = [element is None or element.colour is None for element in elements]
    kinds = [_kind(own, place) if is_free else None for place, is_free in enumerate(free)]
    many = Counter(kinds)
    shades = {kind: iter(tinted(own[kind], many[kind])) for kind in many if kind is not None}
    return tuple(
        colour if kind is None else next(shades[kind]) for kind, colour in zip(kinds, own, strict=True)
    )


def shaded(elements: Sequence[Element]) -> tuple[Element, ...]:
    """Return the element of each sector. Those that share one get it from darker to paler."""
    many = Counter(id(element) for element in elements if element.colour is None)
    first = {id(element): element for element in elements}
    shades = {kind: iter(_shades(first[kind], number)) for kind, number in many.items()}
    return tuple(element if element.colour else next(shades[id(element)]) for element in elements)


def _shades(element: Element, many: int) -> tuple[Element, ...]:
    return tuple(
        paled(element, tint.towards, tint.share) if tint.share else element
        for tint in tints(_mean(element), many)
    )


def _mean(element: Element) -> Rgb:
    seen = element.pixels[opaque(element.pixels)][:, :3]
    red, green, blue = (round(channel) for channel in seen.mean(axis=0).tolist())
    return red, green, blue


def _kind(colours: Sequence[Rgb], place: int) -> int:
    """Return the place of the first colour that one is like."""
    lab = rgb2lab(np.array([colours[: place + 1]], dtype=np.uint8))[0]
    return int(np.flatnonzero(np.linalg.norm(lab - lab[-1], axis=1) < _ALIKE)[0])
