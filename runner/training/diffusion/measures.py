"""What can be counted of icons: how far apart they look, how clean they are. Called by `evaluate`."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from chartspark_runner.models.icon_diffusion.autoencoder import PatchAutoencoder, on_paper
from chartspark_runner.models.icon_diffusion.load import SIDE
from chartspark_runner.models.icon_diffusion.start import squared
from chartspark_runner.picture import Pixels
from PIL import Image
from scipy.ndimage import distance_transform_edt

Thumbnails = npt.NDArray[np.float32]
"""Of shape (n, 32, 32, 3), on white paper."""
_SMALL = 32
_OUTLINE = 2.0
"""Pixels to both sides of an outline that may be half transparent."""
_CLEAR, _SOLID, _HALF = 25, 230, 127


def thumbnails(pictures: Sequence[Pixels]) -> Thumbnails:
    """Return pictures with alpha, made small and equally large."""
    return np.stack([_thumbnail(picture) for picture in pictures])


def _thumbnail(picture: Pixels) -> npt.NDArray[np.float32]:
    rows, columns = np.nonzero(picture[..., 3] > _HALF)
    cropped = picture[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    paper = Image.new("RGBA", (SIDE, SIDE), "white")
    paper.alpha_composite(Image.fromarray(squared(cropped, SIDE)))
    small = paper.convert("RGB").resize((_SMALL, _SMALL), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float32)


def between(one: Thumbnails, others: Thumbnails) -> npt.NDArray[np.float32]:
    """Return the mean difference in colour, of 255, between one picture and each of others."""
    return np.asarray(np.abs(others - one).mean((1, 2, 3)), dtype=np.float32)


def haze(picture: Pixels) -> float:
    """Return the share of pixels that are half transparent far from any outline."""
    alpha = picture[..., 3]
    solid = np.pad(alpha > _HALF, 1)
    from_outline = np.where(solid, distance_transform_edt(solid), distance_transform_edt(~solid))[1:-1, 1:-1]
    doubtful = (alpha > _CLEAR) & (alpha < _SOLID) & (from_outline > _OUTLINE)
    return float(doubtful.mean())


@torch.inference_mode()
def psnr(autoencoder: PatchAutoencoder, pictures: npt.NDArray[np.uint8], places: Sequence[int]) -> float:
    """Return how well pictures survive the autoencoder, in decibels, the mean over pictures."""
    chosen = torch.from_numpy(np.stack([pictures[place] for place in places])).permute(0, 3, 1, 2)
    each = []
    for some in torch.split(chosen, 64):
        seen = on_paper(some)
        error = (autoencoder.decode_with_alpha(autoencoder.latents_of(seen)).clamp(-1, 1) - seen) / 2
        each.append(-10 * torch.log10(error[:, :3].square().mean((1, 2, 3))))
    return float(torch.cat(each).mean())
