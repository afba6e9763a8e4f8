"""Trains the autoencoder on prepared icons: python -m runner.training.diffusion.train_autoencoder FOLDER --steps N.

Reads icons.npy of `prepare`; writes autoencoder/ in diffusers' layout. Goes on from its checkpoint.
"""

import math
from pathlib import Path
from typing import Annotated

import torch
import typer
from chartspark_runner.models.icon_diffusion.autoencoder import PatchAutoencoder, alpha_of, on_paper
from torch import Tensor
from torch.nn import functional

from runner.training.diffusion import checkpoints, icons

_BATCH = 32
_PEAK_RATE = 1.5e-3
_WARM_UP = 100
_DIVERGENCE_WEIGHT = 3e-5
"""Small: latents may say much, and are only kept from drifting apart."""
_DEAF = 0.3
"""Share of batches whose alpha the encoder has to guess from colours, as it has in image-to-image."""
_EDGE_WEIGHT = 1.0
_LEAST_RATE = 1e-5
_CLIP = 1.0


def rate(step: int, steps: int) -> float:
    """Return the learning rate: a short rise, then half a cosine down."""
    return _PEAK_RATE * min(1.0, step / _WARM_UP) * 0.5 * (1 + math.cos(math.pi * step / steps)) + _LEAST_RATE


def loss_of(model: PatchAutoencoder, pictures: Tensor, *, deaf: bool) -> tuple[Tensor, Tensor]:
    """Return the loss on pictures with alpha, and the mean error alone."""
    seen = torch.cat([pictures[:, :3], alpha_of(pictures[:, :3])], 1) if deaf else pictures
    with torch.autocast("cpu", dtype=torch.bfloat16):
        mean, log_variance = model.moments(seen)
        latents = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        drawn = model.decoder(latents)
    drawn, mean, log_variance = drawn.float(), mean.float(), log_variance.float()
    error = functional.l1_loss(drawn, pictures)
    edges = functional.l1_loss(drawn.diff(dim=-1), pictures.diff(dim=-1)) + functional.l1_loss(
        drawn.diff(dim=-2), pictures.diff(dim=-2)
    )
    divergence = 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).mean()
    return error + _EDGE_WEIGHT * edges + _DIVERGENCE_WEIGHT * divergence, error


def batch_of(pictures: Tensor) -> Tensor:
    """Return a batch drawn at random, mirrored or not, and moved so that no patch's edge is special."""
    chosen = pictures[torch.randint(len(pictures), (_BATCH,))]
    if torch.rand(1) < 0.5:  # noqa: PLR2004 - one in two
        chosen = chosen.flip(-1)
    shifts = torch.randint(-8, 9, (2,)).tolist()
    return on_paper(torch.roll(chosen, shifts, (2, 3)))


def main(
    folder: Path,
    steps: Annotated[int, typer.Option()],
    start: Annotated[Path | None, typer.Option(help="weights to start from")] = None,
    decoder_only: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option(help="leave the latents as they are, so that a U-Net that knows them stays right")
    ] = False,
    seed: int = 0,
) -> None:
    """Train, and scale the latents over all icons."""
    torch.manual_seed(seed)
    pictures = icons.load_pictures(folder)
    model = PatchAutoencoder().to(memory_format=torch.channels_last)
    if start is not None:
        checkpoints.fill(model, start)
    model.encoder.requires_grad_(not decoder_only)
    learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=_PEAK_RATE, weight_decay=1e-3)
    done = checkpoints.resume(folder / "autoencoder.ckpt", model=model, optimizer=optimizer)
    for step in range(done, steps):
        for group in optimizer.param_groups:
            group["lr"] = rate(step, steps)
        loss, error = loss_of(model, batch_of(pictures), deaf=bool(torch.rand(1) < _DEAF))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(learning, _CLIP)
        optimizer.step()
        checkpoints.report(step + 1, steps, loss=loss.item(), error=error.item())
        if (step + 1) % 100 == 0 or step + 1 == steps:
            checkpoints.save(folder / "autoencoder.ckpt", step + 1, model=model, optimizer=optimizer)
    model.eval()
    if not decoder_only:
        icons.scale(model, pictures)
    model.save_pretrained(folder / "autoencoder")


if __name__ == "__main__":
    typer.run(main)
