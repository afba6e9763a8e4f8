"""From what the autoencoder decodes to an element: colours without paper, no specks, tightly cropped. Called by `painter`; pure."""

import math

import numpy as np
import numpy.typing as npt
from scipy.ndimage import distance_transform_edt
from skimage.measure import label

from chartspark_runner.element import Element
from chartspark_runner.embed import Unusable
from chartspark_runner.picture import Pixels

_FAINT, _SOLID = 0.12, 0.88
"""Alpha that is taken for nothing, and for all: the decoder is never quite sure."""
_OPAQUE = 0.95
_RIM = 4
"""Pixels from what is opaque: this near, a half transparent pixel is the outline of it, and has its colour."""
_LEAST_COVER = 0.3
"""Below this alpha the paper's share of a colour can't be told from the thing's."""
_SEEN = 0.5
_SPECK = 0.02
"""Islands smaller than this share of the element are specks of the model."""
_EMPTY, _FULL = 0.03, 0.97
"""Shares of the picture between which an element must lie."""


def finish(decoded: npt.NDArray[np.float32]) -> Element | Unusable:
    """Return the element in a decoded picture of shape (height, width, 4) in 0 to 1, its colours those on white."""
    alpha = np.clip((decoded[..., 3] - _FAINT) / (_SOLID - _FAINT), 0, 1)
    alpha = alpha * _without_specks(alpha > _FAINT)
    share = float((alpha > _SEEN).mean())
    if share < _EMPTY:
        return Unusable(f"the element is empty: it covers {share:.0%} of the picture")
    if share > _FULL:
        return Unusable(f"the element covers {share:.0%} of the picture, so that it has no outline")
    rgba = np.round(np.dstack([_without_paper(decoded), alpha]) * 255).astype(np.uint8)
    return Element(_cropped(rgba), quality=_quality(decoded[..., 3], alpha))


def _without_paper(decoded: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    cover = np.maximum(decoded[..., 3:], _LEAST_COVER)
    colours = np.clip((decoded[..., :3] - (1 - cover)) / cover, 0, 1)
    # The decoder's alpha and colours do not end at the same pixel: a rim would show the paper between them.
    away, (rows, columns) = distance_transform_edt(decoded[..., 3] < _OPAQUE, return_indices=True)
    near = ((away > 0) & (away <= _RIM))[..., None]
    return np.asarray(np.where(near, colours[rows, columns], colours), dtype=np.float32)


def _without_specks(inked: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    regions = label(inked, connectivity=2)
    areas = np.bincount(regions.ravel())
    areas[0] = 0
    return np.isin(regions, np.nonzero(areas >= max(1.0, _SPECK * areas.sum()))[0])


def _cropped(rgba: Pixels) -> Pixels:
    rows, columns = np.nonzero(rgba[..., 3] > _SEEN * 255)
    return rgba[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _quality(doubtful: npt.NDArray[np.float32], alpha: npt.NDArray[np.float32]) -> float:
    """Return how sure the decoder is of the outline, times how much of the element hangs together."""
    seen = alpha > _SEEN
    areas = np.bincount(label(seen, connectivity=2).ravel())[1:]
    sure = float(np.abs(2 * np.clip(doubtful, 0, 1) - 1).mean())
    return sure * math.sqrt(areas.max() / areas.sum())
