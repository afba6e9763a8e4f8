"""The autoencoder of IconDiffusion. Loaded by `load`, trained by runner/training/diffusion; knows nothing but tensors.

Nearly all convolutions work on the grid of 8 by 8 patches, where they keep two CPU cores busy. Beside the colours it
reads and predicts alpha, so that a white thing on white paper keeps its shape.
"""

from types import SimpleNamespace

import torch
from diffusers import ModelMixin
from diffusers.configuration_utils import ConfigMixin, register_to_config
from torch import Tensor, nn
from torch.nn import functional
from typing_extensions import override

_COLOURS = 3
_PAPER_EDGE = 12.0
"""How steeply, in units of -1 to 1, a pixel turns from paper to thing as it leaves white."""


class ResidualBlock(nn.Module):
    """Two convolutions beside the identity."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(16, channels)
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.zeros_(self.second.weight)

    @override
    def forward(self, features: Tensor) -> Tensor:
        hidden: Tensor = self.second(functional.silu(self.first(functional.silu(self.norm(features)))))
        return features + hidden


class BorderSmoother(nn.Module):
    """Three convolutions of pixels beside the identity: patches that are decoded apart do not meet exactly."""

    def __init__(self, channels: int, hidden: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(channels, hidden, 3, padding=1),
            nn.SiLU(),
            nn.Conv2d(hidden, hidden, 3, padding=1),
            nn.SiLU(),
            nn.Conv2d(hidden, channels, 3, padding=1),
        )
        for parameter in self.layers[-1].parameters():
            nn.init.zeros_(parameter)

    @override
    def forward(self, pictures: Tensor) -> Tensor:
        smoothed: Tensor = pictures + self.layers(pictures)
        return smoothed


class PatchAutoencoder(ModelMixin, ConfigMixin):
    """Between pictures of shape (batch, 3 or 4, 8h, 8w) in -1 to 1 and latents of shape (batch, 4, h, w).

    The fourth channel of a picture is its alpha; colours are those on white paper. Latents have zero mean and
    unit variance per channel over the training pictures.
    """

    @register_to_config  # type: ignore[untyped-decorator]
    def __init__(  # noqa: PLR0913, PLR0917 - they are the config's entries
        self,
        hidden: int = 128,
        latent_channels: int = 4,
        patch: int = 8,
        encoder_blocks: int = 2,
        decoder_blocks: int = 6,
        smoother_channels: int = 16,
        scaling_factor: float = 1.0,
        block_out_channels: tuple[int, ...] = (1, 1, 1, 1),
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        # Pipelines read the last two from the config: the scale of latents, and from the number of blocks the factor 8.
        del scaling_factor, block_out_channels
        pixels = (_COLOURS + 1) * patch**2
        self.encoder = nn.Sequential(
            nn.PixelUnshuffle(patch),
            nn.Conv2d(pixels, hidden, 1),
            *(ResidualBlock(hidden) for _ in range(encoder_blocks)),
            nn.Conv2d(hidden, 2 * latent_channels, 1),
        )
        self.decoder = nn.Sequential(
            nn.Conv2d(latent_channels, hidden, 3, padding=1),
            *(ResidualBlock(hidden) for _ in range(decoder_blocks)),
            nn.Conv2d(hidden, pixels, 3, padding=1),
            nn.PixelShuffle(patch),
            BorderSmoother(_COLOURS + 1, smoother_channels),
        )
        self.register_buffer("mean", torch.zeros(1, latent_channels, 1, 1))
        self.register_buffer("std", torch.ones(1, latent_channels, 1, 1))

    def moments(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Return mean and logarithm of variance of the unscaled latents of pictures with alpha."""
        mean, log_variance = self.encoder(pictures).chunk(2, 1)
        return mean, log_variance.clamp(-10, 5)

    def encode(self, pictures: Tensor, *, return_dict: bool = True) -> SimpleNamespace | tuple[Tensor]:
        """Return the latents of pictures, as diffusers' pipelines ask for them; without alpha, white is paper."""
        latents = self.latents_of(pictures)
        return SimpleNamespace(latents=latents) if return_dict else (latents,)

    def latents_of(self, pictures: Tensor) -> Tensor:
        """Return the latents of pictures; nothing is drawn at random."""
        if pictures.shape[1] == _COLOURS:
            pictures = torch.cat([pictures, alpha_of(pictures)], 1)
        latents: Tensor = (self.moments(pictures)[0] - self.mean) / self.std
        return latents

    def decode(
        self, latents: Tensor, *, return_dict: bool = True, generator: torch.Generator | None = None
    ) -> SimpleNamespace | tuple[Tensor]:
        """Return the pictures of latents, as diffusers' pipelines ask for them; nothing is drawn at random."""
        del generator
        picture = self.decode_with_alpha(latents)[:, :_COLOURS]
        return SimpleNamespace(sample=picture) if return_dict else (picture,)

    def decode_with_alpha(self, latents: Tensor) -> Tensor:
        """Return the pictures of latents, with alpha as the fourth channel."""
        pictures: Tensor = self.decoder(latents * self.std + self.mean)
        return pictures


def alpha_of(pictures: Tensor) -> Tensor:
    """Return the alpha of colours on white paper, as far as colours tell: what is white counts as paper."""
    darkest = pictures.amin(1, keepdim=True)
    return (1 - _PAPER_EDGE * (darkest - (1 - 2 / _PAPER_EDGE))).clamp(-1, 1)


def on_paper(pictures: Tensor) -> Tensor:
    """Return bytes of shape (batch, 4, height, width) with straight alpha as what is encoded: on white, in -1 to 1."""
    alpha = pictures[:, _COLOURS:].float() / 255
    colours = pictures[:, :_COLOURS].float() / 127.5 - 1
    laid = colours * alpha + (1 - alpha)
    return torch.cat([laid, alpha * 2 - 1], 1).contiguous(memory_format=torch.channels_last)
