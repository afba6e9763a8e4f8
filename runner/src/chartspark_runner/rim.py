"""The outline around a stamp, which parts it from those that it lies on. Called by `stamps`, by SVG's `symbols` and by points; pure.

It follows the silhouette: holes of an element are within it, so that nothing behind shines through a wheel.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from chartspark_api.colours import Rgb
from PIL import Image
from scipy.ndimage import binary_fill_holes, distance_transform_edt
from skimage.measure import approximate_polygon, find_contours

from chartspark_runner.picture import Mask, Pixels

_FAINT = 40
"""The alpha, out of 255, up to which nothing is seen."""
_FINE = 0.3
"""Pixels of the sheet by which an outline's corners may lie off."""


@dataclass(frozen=True, slots=True)
class Rim:
    """An outline around every stamp of a sheet."""

    width: float
    """In pixels of the sheet."""
    colour: Rgb
    open: bool = False
    """Whether what is behind shines through the element's holes."""


def around(pixels: Pixels, rim: Rim) -> Image.Image:
    """Return how opaque the silhouette and its rim are, with as much paper on each side as the rim is wide."""
    distance = _distance(pixels, margin(rim.width), holes=rim.open)
    return Image.fromarray(np.round(np.clip(rim.width + 1 - distance, 0, 1) * 255).astype(np.uint8))


def margin(width: float) -> int:
    """Return how far a rim reaches beyond its stamp, in whole pixels."""
    return math.ceil(width) + 1


def outlines(pixels: Pixels, rim: Rim, scale: float) -> str:
    """Return the same as a path of SVG, in the element's own pixels.

    Args:
        pixels: The element.
        rim: The rim.
        scale: Pixels of the sheet for one of the element's own.
    """
    own = rim.width / scale
    pad = margin(own)
    found = (
        approximate_polygon(line, _FINE / scale)
        for line in find_contours(_distance(pixels, pad, holes=rim.open), own + 0.5)
    )
    return "".join(
        "M" + "L".join(f"{x - pad + 0.5:.1f} {y - pad + 0.5:.1f}" for y, x in line) + "Z" for line in found
    )


def silhouette(pixels: Pixels) -> Mask:
    """Return where an element is, its holes and what of it paper shines through included."""
    return np.asarray(binary_fill_holes(pixels[..., 3] > _FAINT))


def _distance(pixels: Pixels, pad: int, *, holes: bool) -> npt.NDArray[np.float64]:
    """Return how far each pixel of a wider frame is from the silhouette, with or without its holes."""
    shape = pixels[..., 3] > _FAINT if holes else silhouette(pixels)
    return np.asarray(distance_transform_edt(~np.pad(shape, pad)))
