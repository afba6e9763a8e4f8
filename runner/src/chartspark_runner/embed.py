"""Step 6, embed: cut the element out of the model's picture, and judge it. Called by the pipeline; pure.

The model draws on near-white paper. The paper is found by flooding from the border, so that white inside
the element stays.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from skimage.color import rgb2lab
from skimage.filters import gaussian
from skimage.measure import label

from chartspark_runner.element import Element
from chartspark_runner.picture import Mask, Pixels, opaque

_PAPER, _INK = 7.0, 20.0
"""Distances (CIE76) from the paper's colour at which a pixel is still paper, and at which it is wholly element."""
_UNEVEN = 14.0
"""Border pixels further than this from the paper's colour do not belong to it."""
_ISLAND_SHARE = 0.05
"""Islands smaller than this share of the element are specks of the model."""
_EMPTY, _FULL = 0.03, 0.9
"""Shares of the picture between which an element must lie."""
_MOST_BORDER = 0.35
"""Of the border's pixels that may belong to the element."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """A candidate that no chart can be made of."""

    why: str


def cut_out(picture: Pixels) -> Element | Unusable:
    """Return the element in an RGB picture of shape (height, width, 3), or why there is none."""
    lab = rgb2lab(picture)
    border = _border(lab)
    paper = np.median(border, axis=0)
    if (np.linalg.norm(border - paper, axis=1) > _UNEVEN).mean() > _MOST_BORDER:
        return Unusable(
            "the picture's border is not uniform, so that nothing tells the element from its background"
        )
    distance = np.linalg.norm(lab - paper, axis=2)
    solid = _without_islands(~_flooded(distance < (_PAPER + _INK) / 2))
    share = float(solid.mean())
    if share < _EMPTY:
        return Unusable(f"the element is empty: it covers {share:.0%} of the picture")
    if share > _FULL:
        return Unusable(f"the element covers {share:.0%} of the picture, so that it has no outline")
    alpha = _soft(solid)
    rows, columns = np.nonzero(alpha > 0.5)  # noqa: PLR2004 - where the outline is seen
    if not rows.size:
        return Unusable("the element is all lines of a pixel, which fade when they are drawn small")
    window = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    rgba = np.dstack([_without_paper(picture, alpha), np.round(alpha * 255).astype(np.uint8)])[window]
    return Element(pixels=rgba, quality=_quality(rgba, solid, lab, paper))


def _border(picture: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.concatenate(
        [picture[:2].reshape(-1, 3), picture[-2:].reshape(-1, 3), picture[:, 0], picture[:, -1]]
    )


def _flooded(near: Mask) -> Mask:
    regions = label(near, connectivity=1)
    rim = np.unique(np.concatenate([regions[0], regions[-1], regions[:, 0], regions[:, -1]]))
    return np.isin(regions, rim[rim > 0])


def _without_islands(solid: Mask) -> Mask:
    regions = label(solid, connectivity=2)
    areas = np.bincount(regions.ravel())
    areas[0] = 0
    return np.isin(regions, np.nonzero(areas >= max(1.0, _ISLAND_SHARE * areas.sum()))[0])


def _soft(solid: Mask) -> npt.NDArray[np.float64]:
    # The outline follows the mask smoothed: the model's own edge is ragged by a pixel or two.
    smooth = gaussian(np.pad(solid.astype(np.float64), 4), 1.2)[4:-4, 4:-4]
    return np.asarray(np.clip((smooth - 0.3) / 0.4, 0, 1))


def _without_paper(picture: Pixels, alpha: npt.NDArray[np.float64]) -> Pixels:
    """Return the colours that, laid on paper at `alpha`, gave the picture."""
    paper = np.median(_border(picture.astype(np.float64)), axis=0)
    cover = np.maximum(alpha, 0.35)[..., None]
    colours = (picture - (1 - cover) * paper) / cover
    return np.asarray(np.clip(colours, 0, 255).astype(np.uint8))


def _quality(
    rgba: Pixels, solid: Mask, lab: npt.NDArray[np.float64], paper: npt.NDArray[np.float64]
) -> float:
    height, width = rgba.shape[:2]
    fill = float(opaque(rgba).sum()) / max(height, width) ** 2
    areas = np.bincount(label(solid, connectivity=2).ravel())[1:]
    whole = float(areas.max() / areas.sum())
    inside = lab[solid]
    colourful = min(1.0, float(np.hypot(inside[:, 1], inside[:, 2]).mean()) / 45)
    distinct = min(1.0, float(np.linalg.norm(inside - paper, axis=1).mean()) / 55)
    # Some inner drawing tells a thing from a blob; very much of it is noise.
    drawing = min(1.0, float(inside[:, 0].std()) / 12)
    sharp = max(height, width) / max(solid.shape)
    return float(
        (fill * whole**2 * (0.3 + 0.7 * colourful) * distinct * (0.5 + 0.5 * drawing) * sharp) ** (1 / 3)
    )
