"""Lighter and darker colours for sectors that would be alike. Called by `colouring` and by pies; pure.

A tint has some white in it, a shade some black. Both keep clear of the colours of data edges, and stand out from paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from chartspark_api.colours import Rgb, is_clear_of_edges, is_seen_on_paper
from skimage.color import rgb2lab

APART = 6.0
"""CIE L*, of a hundred, by which any two of the colours differ at least."""
_WIDE, _NARROW = 13.0, 9.0
"""By which they differ where there is room; from which on it is better to take darker ones than to come nearer."""
_FINE = 0.5
_DARKEST = 36.0
"""L* below which no colour is darkened: sectors would look burnt."""
_WHITE: Rgb = (255, 255, 255)
_BLACK: Rgb = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Tint:
    """Some of another colour in a colour."""

    towards: Rgb
    share: float

    def of(self, colour: Rgb) -> Rgb:
        """Return the colour with that much of the other in it."""
        red, green, blue = (
            round(own * (1 - self.share) + other * self.share)
            for own, other in zip(colour, self.towards, strict=True)
        )
        return red, green, blue


PURE = Tint(_WHITE, 0.0)
"""The colour itself."""


@lru_cache(maxsize=64)
def tints(colour: Rgb, many: int) -> tuple[Tint, ...]:
    """Return what makes up to six colours of one, from the darkest to the palest. One of them is the colour itself.

    It is the darkest where there is room for all the others above it, and else those that lack it are darker.
    """
    paler, darker = _ladder(colour, _WHITE), _ladder(colour, _BLACK)
    above: list[Tint] = []
    below: list[Tint] = []
    for step, both in (*_steps(_NARROW, both=False), *_steps(APART, both=True)):
        above = _climb(paler, step)[: many - 1]
        below = _climb(darker, step)[: many - 1 - len(above)] if both else []
        if 1 + len(above) + len(below) == many:
            break
    return (*reversed(below), PURE, *above)


def tinted(colour: Rgb, many: int) -> tuple[Rgb, ...]:
    """Return up to six colours of one, from the darkest to the palest."""
    return tuple(tint.of(colour) for tint in tints(colour, many))


def lightness(colour: Rgb) -> float:
    """Return CIE L*, 0 to 100."""
    return float(rgb2lab(np.array([[colour]], dtype=np.uint8))[0, 0, 0])


def _steps(least: float, *, both: bool) -> list[tuple[float, bool]]:
    return [(float(step), both) for step in np.arange(_WIDE, least - _FINE / 2, -_FINE)]


def _ladder(colour: Rgb, towards: Rgb) -> list[tuple[float, Tint]]:
    """Return every tint towards white or black that sectors may have, with its L*, the colour itself first."""
    every = [Tint(towards, percent / 100) for percent in range(1, 100)]
    seen = [(lightness(tint.of(colour)), tint) for tint in every]
    allowed = [
        (light, tint)
        for light, tint in seen
        if is_clear_of_edges(tint.of(colour))
        and is_seen_on_paper(tint.of(colour))
        and (towards == _WHITE or light >= _DARKEST)
    ]
    return [(lightness(colour), PURE), *allowed]


def _climb(ladder: Sequence[tuple[float, Tint]], step: float) -> list[Tint]:
    """Return tints that lie at least a step from each other."""
    last, _ = ladder[0]
    climbed = []
    for light, tint in ladder[1:]:
        if abs(light - last) >= step:
            climbed.append(tint)
            last = light
    return climbed
