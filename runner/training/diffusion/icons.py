"""The prepared icons: pictures with alpha, what each shows, and their latents. Called by the trainers and by `evaluate`."""

import json
from pathlib import Path

import numpy as np
import torch
from chartspark_runner.models.icon_diffusion.autoencoder import PatchAutoencoder, on_paper
from torch import Tensor

from runner.training.diffusion.captions import Shown

_AT_ONCE = 64


def load_pictures(folder: Path) -> Tensor:
    """Return the icons of shape (n, 4, 128, 128), bytes with straight alpha."""
    return torch.from_numpy(np.load(folder / "icons.npy")).permute(0, 3, 1, 2)


@torch.no_grad()
def scale(model: PatchAutoencoder, pictures: Tensor) -> None:
    """Make the model's latents of all icons ones of zero mean and unit variance."""
    means = torch.cat([model.moments(on_paper(some))[0] for some in torch.split(pictures, _AT_ONCE)])
    model.mean.copy_(means.mean((0, 2, 3), keepdim=True))
    model.std.copy_(means.std((0, 2, 3), keepdim=True))


@torch.no_grad()
def latents_of(model: PatchAutoencoder, pictures: Tensor) -> Tensor:
    """Return the latents of icons and of their mirror images, of shape (2, n, 4, 16, 16)."""
    some = [on_paper(batch) for batch in torch.split(pictures, _AT_ONCE)]
    both = [torch.stack([model.latents_of(seen), model.latents_of(seen.flip(-1))]) for seen in some]
    return torch.cat(both, 1).to(torch.bfloat16)


def load_shown(folder: Path) -> list[Shown]:
    """Return what the icons show, in their order."""
    return [
        Shown(icon["name"], icon["style"], tuple(icon["words"]), icon["colour"], icon["recoloured"])
        for icon in json.loads((folder / "icons.json").read_text(encoding="utf-8"))
    ]
