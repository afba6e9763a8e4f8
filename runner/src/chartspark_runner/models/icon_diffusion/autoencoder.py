"""The autoencoder of IconDiffusion. Loaded by `load`; knows nothing but tensors.

All convolutions work on the grid of 8 by 8 patches, where they keep two CPU cores busy. The modules' names
are those of the weights' file.
"""

from types import SimpleNamespace

import torch
from diffusers import ModelMixin
from diffusers.configuration_utils import ConfigMixin, register_to_config
from torch import Tensor, nn
from torch.nn import functional
from typing_extensions import override


class ResidualBlock(nn.Module):
    """Two convolutions beside the identity."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.n = nn.GroupNorm(16, channels)
        self.a = nn.Conv2d(channels, channels, 3, padding=1)
        self.b = nn.Conv2d(channels, channels, 3, padding=1)

    @override
    def forward(self, features: Tensor) -> Tensor:
        hidden: Tensor = self.b(functional.silu(self.a(functional.silu(self.n(features)))))
        return features + hidden


class PatchAutoencoder(ModelMixin, ConfigMixin):
    """Between pictures of shape (batch, 3, 8h, 8w) in -1 to 1 and latents of shape (batch, 8, h, w).

    Latents have zero mean and unit variance per channel over the training pictures.
    """

    @register_to_config  # type: ignore[untyped-decorator]
    def __init__(
        self,
        hidden: int = 128,
        latent_channels: int = 8,
        patch: int = 8,
        scaling_factor: float = 1.0,
        block_out_channels: tuple[int, ...] = (1, 1, 1, 1),
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        # Pipelines read the last two from the config: the scale of latents, and from the number of blocks the factor 8.
        del scaling_factor, block_out_channels
        self.enc = nn.Sequential(
            nn.PixelUnshuffle(patch),
            nn.Conv2d(3 * patch**2, hidden, 1),
            ResidualBlock(hidden),
            ResidualBlock(hidden),
            nn.Conv2d(hidden, 2 * latent_channels, 1),
        )
        self.dec = nn.Sequential(
            nn.Conv2d(latent_channels, hidden, 3, padding=1),
            *(ResidualBlock(hidden) for _ in range(4)),
            nn.Conv2d(hidden, 3 * patch**2, 3, padding=1),
            nn.PixelShuffle(patch),
        )
        self.register_buffer("mean", torch.zeros(1, latent_channels, 1, 1))
        self.register_buffer("std", torch.ones(1, latent_channels, 1, 1))

    def decode(
        self, latents: Tensor, *, return_dict: bool = True, generator: torch.Generator | None = None
    ) -> SimpleNamespace | tuple[Tensor]:
        """Return the pictures of latents, as diffusers' pipelines ask for them; nothing is drawn at random."""
        del generator
        picture = self.dec(latents * self.std + self.mean)
        return SimpleNamespace(sample=picture) if return_dict else (picture,)
