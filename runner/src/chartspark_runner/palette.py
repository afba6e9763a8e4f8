"""The colours of a chart, derived from its element's hue. Pure; called by drawing and by the decoder.

Hues are those of CIE LCh(ab). The data edge is reserved: it comes from a short table that the decoder
knows, so that a picture can be read without being told which element it was made with.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from skimage.color import lab2rgb, rgb2lab

from chartspark_runner.picture import Mask, Pixels

Colour = tuple[int, int, int]
"""RGB, 0 to 255."""

_EDGE_HUES = tuple(range(15, 375, 30))
_GREY_CHROMA = 9.0
"""Below this mean chroma an element has no hue to speak of, and the chart is drawn in slate."""
_SLATE_HUE = 265
_SAME = 30
"""RGB distance within which a pixel has a reserved colour: other programs' JPEG and scaling stay below it."""
_OPAQUE = 200
"""Pixels of the outline, where paper shines through, have no say in the hue."""


@dataclass(frozen=True, slots=True)
class Palette:
    """What each part of a chart is drawn in."""

    background: Colour
    band: Colour
    """Behind the pictograms of a bar."""
    solid: Colour
    """Of a bar without pictograms."""
    edge: Colour
    """Of data edges, and of nothing else."""
    title: Colour
    text: Colour
    quiet: Colour
    """Of the subtitle, the source and the ticks."""
    grid: Colour


def lch(lightness: float, chroma: float, hue: float) -> Colour:
    """Return the colour of that lightness (0 to 100), chroma and hue (degrees), clipped to what a screen shows."""
    angle = np.deg2rad(hue)
    rgb = lab2rgb(np.array([[[lightness, chroma * np.cos(angle), chroma * np.sin(angle)]]]))[0, 0]
    red, green, blue = (round(float(channel) * 255) for channel in np.clip(rgb, 0, 1))
    return red, green, blue


EDGES: tuple[Colour, ...] = tuple(lch(30, 42, hue) for hue in _EDGE_HUES)
"""The reserved colours, one per 30 degrees of hue. Each has a contrast of 8:1 or more with every background."""
MOST_SERIES = len(EDGES) // 2
"""Of a chart: neighbours among the reserved colours are too alike to be told apart, every second one is not."""


def shows(pixels: Pixels, edge: Colour) -> Mask:
    """Return where an RGB picture has a reserved colour."""
    return np.asarray(((pixels.astype(np.int32) - edge) ** 2).sum(axis=2) < _SAME**2)


def reserved(pixels: Pixels) -> Colour:
    """Return the reserved colour that is nearest to the middle colour of an RGB picture: of a swatch."""
    middle = np.median(pixels, axis=(0, 1))
    return min(EDGES, key=lambda edge: float(((middle - edge) ** 2).sum()))


def palette_for(element: Pixels | None) -> Palette:
    """Return the palette for an element (RGBA), or the neutral one that plain charts have."""
    hue, weight = (_SLATE_HUE, 0.35) if element is None else _hue(element)
    return Palette(
        background=lch(97.6, 2.2 * weight, hue),
        band=lch(92.5, 9 * weight, hue),
        solid=lch(62, 52 * weight, hue),
        edge=min(EDGES, key=lambda edge: _turn(EDGES.index(edge), hue)),
        title=lch(16, 8 * weight, hue),
        text=lch(26, 6 * weight, hue),
        quiet=lch(46, 5 * weight, hue),
        grid=lch(89, 3 * weight, hue),
    )


@dataclass(frozen=True, slots=True)
class SeriesColours:
    """What one of several series is drawn in."""

    edge: Colour
    solid: Colour
    band: Colour


def colours_of_series(elements: Sequence[Pixels | None]) -> tuple[SeriesColours, ...]:
    """Return colours for up to six series, near their elements' hues and 60 degrees of hue apart from each other."""
    hues = [i * 60 + 255 if element is None else _hue(element)[0] for i, element in enumerate(elements)]
    plans = [_assigned(hues, parity) for parity in (0, 1)]
    _, chosen = min(plans)
    return tuple(
        SeriesColours(EDGES[i], lch(62, 46, _EDGE_HUES[i]), lch(93.5, 8, _EDGE_HUES[i])) for i in chosen
    )


def _assigned(hues: Sequence[float], parity: int) -> tuple[float, tuple[int, ...]]:
    """Return how far the hues have to turn, and the reserved colour for each, of every second one from `parity`."""
    offered = range(parity, len(EDGES), 2)
    turns = np.array([[_turn(i, hue) for i in offered] for hue in hues])
    rows, columns = linear_sum_assignment(turns)
    return float(turns[rows, columns].sum()), tuple(offered[int(column)] for column in columns)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours as WCAG 2.2 defines it: 1 (equal) to 21 (black on white)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _hue(element: Pixels) -> tuple[float, float]:
    lab = rgb2lab(element[element[..., 3] > _OPAQUE][None, :, :3])[0]
    a, b = lab[:, 1], lab[:, 2]
    chroma = np.hypot(a, b)
    if chroma.size == 0 or chroma.mean() < _GREY_CHROMA:
        return _SLATE_HUE, 0.35
    # The mean direction of the more colourful half: outlines and highlights do not vote.
    loud = chroma >= np.median(chroma)
    return float(np.rad2deg(np.arctan2(b[loud].mean(), a[loud].mean())) % 360), 1.0


def _turn(index: int, hue: float) -> float:
    return abs((_EDGE_HUES[index] - hue + 180) % 360 - 180)


def luminance(colour: tuple[float, float, float]) -> float:
    """Return the relative luminance of a colour as WCAG 2.2 defines it: 0 (black) to 1 (white)."""
    channels = np.array(colour) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - of sRGB
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))
