"""The colours of a chart, derived from its element's hue, or named by its maker. Pure; called by drawing and by the decoder.

Hues are those of CIE LCh(ab). The data edge is reserved: it comes from a short table that the decoder
knows, so that a picture can be read without being told which element it was made with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from chartspark_api.colours import EDGES, Rgb
from scipy.optimize import linear_sum_assignment
from skimage.color import lab2rgb, rgb2lab

from chartspark_runner.element import Element
from chartspark_runner.picture import Mask, Pixels

_GREY_CHROMA = 9.0
"""Below this mean chroma an element has no hue to speak of, and the chart is drawn in slate."""
_SLATE_HUE = 265
_SAME = 30
"""RGB distance within which a pixel has a reserved colour: other programs' JPEG and scaling stay below it."""
STANDS_OUT = 3.0
"""The contrast ratio that WCAG 2.2 asks for between graphical objects and what is beside them (1.4.11)."""
_OPAQUE = 200
"""Pixels of the outline, where paper shines through, have no say in the hue."""


@dataclass(frozen=True, slots=True)
class Palette:
    """What each part of a chart is drawn in."""

    background: Rgb
    band: Rgb
    """Behind the pictograms of a bar."""
    solid: Rgb
    """Of a bar without pictograms."""
    edge: Rgb
    """Of data edges, and of nothing else."""
    title: Rgb
    text: Rgb
    quiet: Rgb
    """Of the subtitle, the source and the ticks."""
    grid: Rgb


def lch(lightness: float, chroma: float, hue: float) -> Rgb:
    """Return the colour of that lightness (0 to 100), chroma and hue (degrees), clipped to what a screen shows."""
    angle = np.deg2rad(hue)
    rgb = lab2rgb(np.array([[[lightness, chroma * np.cos(angle), chroma * np.sin(angle)]]]))[0, 0]
    red, green, blue = (round(float(channel) * 255) for channel in np.clip(rgb, 0, 1))
    return red, green, blue


def shows(pixels: Pixels, edge: Rgb) -> Mask:
    """Return where an RGB picture has a reserved colour."""
    # Channel by channel: a sum along the shortest axis takes numpy four times as long.
    red, green, blue = (pixels[..., i].astype(np.int32) - level for i, level in enumerate(edge))
    return np.asarray(red * red + green * green + blue * blue < _SAME**2)


def reserved(pixels: Pixels) -> Rgb:
    """Return the reserved colour that is nearest to the middle colour of an RGB picture: of a swatch."""
    middle = np.median(pixels, axis=(0, 1))
    return min(EDGES, key=lambda edge: float(((middle - edge) ** 2).sum()))


def palette_for(element: Element | None) -> Palette:
    """Return the palette for an element, or the neutral one that plain charts have."""
    hue, weight = (_SLATE_HUE, 0.35) if element is None else _hue(element.pixels)
    named = None if element is None else element.colour
    return Palette(
        background=lch(97.6, 2.2 * weight, hue),
        band=lch(92.5, 9 * weight, hue),
        solid=named or lch(62, 52 * weight, hue),
        edge=min(EDGES, key=lambda edge: _turn(_hue_of(edge), hue)),
        title=lch(16, 8 * weight, hue),
        text=lch(26, 6 * weight, hue),
        quiet=lch(46, 5 * weight, hue),
        grid=lch(89, 3 * weight, hue),
    )


@dataclass(frozen=True, slots=True)
class SeriesColours:
    """What one of several series is drawn in."""

    edge: Rgb
    solid: Rgb
    band: Rgb
    named: bool = False
    """Whether its solid colour is one that the chart maker named: then the legend shows it under the edge."""


def colours_of_series(elements: Sequence[Element | None]) -> tuple[SeriesColours, ...]:
    """Return colours for up to six series, each near its element's hue and none twice."""
    hues = [
        i * 60 + 255 if element is None else _hue(element.pixels)[0] for i, element in enumerate(elements)
    ]
    _, chosen = linear_sum_assignment([[_turn(_hue_of(edge), hue) for edge in EDGES] for hue in hues])
    return tuple(_series(EDGES[i], element) for i, element in zip(chosen, elements, strict=True))


def _series(edge: Rgb, element: Element | None) -> SeriesColours:
    if element is None or element.colour is None:
        hue = _hue_of(edge)
        return SeriesColours(edge, lch(62, 46, hue), lch(93.5, 8, hue))
    return SeriesColours(edge, element.colour, palette_for(element).band, named=True)


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colours as WCAG 2.2 defines it: 1 (equal) to 21 (black on white)."""
    return float(contrasts(np.array(one), np.array(other)))


def contrasts(some: npt.NDArray[Any], others: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return the same of each two colours of two arrays of shape (..., 3)."""
    one, other = luminances(some), luminances(others)
    return np.asarray((np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05))


def _hue(element: Pixels) -> tuple[float, float]:
    lab = rgb2lab(element[element[..., 3] > _OPAQUE][None, :, :3])[0]
    a, b = lab[:, 1], lab[:, 2]
    chroma = np.hypot(a, b)
    if chroma.size == 0 or chroma.mean() < _GREY_CHROMA:
        return _SLATE_HUE, 0.35
    # The mean direction of the more colourful half: outlines and highlights do not vote.
    loud = chroma >= np.median(chroma)
    return float(np.rad2deg(np.arctan2(b[loud].mean(), a[loud].mean())) % 360), 1.0


def _hue_of(colour: Rgb) -> float:
    _, a, b = rgb2lab(np.array([[colour]], dtype=np.uint8))[0, 0]
    return float(np.rad2deg(np.arctan2(b, a)) % 360)


def _turn(one: float, other: float) -> float:
    return abs((one - other + 180) % 360 - 180)


def luminance(colour: tuple[float, float, float]) -> float:
    """Return the relative luminance of a colour as WCAG 2.2 defines it: 0 (black) to 1 (white)."""
    return float(luminances(np.array(colour)))


def luminances(colours: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return the relative luminance of each colour of an array of shape (..., 3)."""
    channels = colours / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - of sRGB
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))
