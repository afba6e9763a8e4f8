"""Trains the U-Net on prepared icons and a trained autoencoder: python -m runner.training.diffusion.train_unet FOLDER --steps N.

Reads icons.npy, icons.json and autoencoder/; writes unet/ and scheduler/ in diffusers' layout, averaged over the
last steps. Goes on from its checkpoint; a run with fewer or more steps than before is cooled down earlier or later.
"""

import copy
import random
from pathlib import Path
from typing import Annotated, Any

import torch
import typer
from chartspark_runner.models.icon_diffusion.autoencoder import PatchAutoencoder
from chartspark_runner.models.icon_diffusion.text import TextStates, load_text
from diffusers import DDPMScheduler, DPMSolverMultistepScheduler, UNet2DConditionModel
from torch import Tensor, nn

from runner.training.diffusion import checkpoints, icons
from runner.training.diffusion.captions import Shown, caption

_BATCH = 32
_PEAK_RATE = 4e-4
_WARM_UP = 50
_COOLING = 0.4
"""Share of the steps, at their end, over which the learning rate falls to nothing."""
_CLIP = 1.0
_AVERAGE = 0.995
_LOW = 1.6
_SNR_CAP = 5.0
"""Of min-SNR weighting: steps with less noise than this count no more than it."""
_NOISING = {
    "num_train_timesteps": 1000,
    "beta_schedule": "scaled_linear",
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "prediction_type": "v_prediction",
    "timestep_spacing": "trailing",
    "rescale_betas_zero_snr": True,
}
"""Of training and of drawing: the last step is noise alone, so that bright and dark pictures can begin there."""


def rate(step: int, steps: int) -> float:
    """Return the learning rate: a short rise, a plain, and a straight way down."""
    return _PEAK_RATE * min(1.0, (step + 1) / _WARM_UP, (steps - step) / (_COOLING * steps))


def new_unet() -> UNet2DConditionModel:
    """Return an untrained U-Net of 9 million parameters."""
    return UNet2DConditionModel(  # type: ignore[no-untyped-call]
        sample_size=16,
        in_channels=4,
        out_channels=4,
        block_out_channels=(96, 192),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=384,
        attention_head_dim=8,
        norm_num_groups=16,
    )


def weights_of(steps: Tensor, cumulative: Tensor) -> Tensor:
    """Return how much each noise level counts, for a model that predicts velocity."""
    kept = cumulative[steps]
    snr = kept / (1 - kept)
    return snr.clamp(max=_SNR_CAP) / (snr + 1)


def noise_levels(count: int) -> Tensor:
    """Return steps at random, more often low ones: drawings that start from an icon are made of these."""
    return (torch.rand(count) ** _LOW * 1000).long()


class Lesson:
    """Draws batches, and tells how wrong a U-Net is on one."""

    def __init__(self, latents: Tensor, shown: list[Shown], text: TextStates, seed: int) -> None:
        self._latents, self._shown, self._text = latents, shown, text
        self._seed = seed
        self._noising: Any = DDPMScheduler(**_NOISING)  # type: ignore[no-untyped-call]

    def loss_of(self, unet: nn.Module, step: int) -> Tensor:
        """Return the loss on a new batch."""
        chance = random.Random(f"{self._seed} {step}")  # noqa: S311 - captions need no secrecy
        chosen = torch.randint(len(self._shown), (_BATCH,))
        clean = self._latents[torch.randint(2, (_BATCH,)), chosen].float()
        noise, steps = torch.randn_like(clean), noise_levels(_BATCH)
        noisy = self._noising.add_noise(clean, noise, steps)
        wanted = self._noising.get_velocity(clean, noise, steps)
        captions = [caption(self._shown[index], chance) for index in chosen.tolist()]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            predicted = unet(
                noisy.contiguous(memory_format=torch.channels_last), steps, self._text(captions)
            ).sample
        wrong = (predicted.float() - wanted).square().mean((1, 2, 3))
        # At zero SNR the weight would be nothing, and the first step of every drawing untaught.
        loss: Tensor = (wrong * weights_of(steps, self._noising.alphas_cumprod).clamp(min=0.05)).mean()
        return loss


def main(
    folder: Path,
    steps: Annotated[int, typer.Option()],
    start: Annotated[Path | None, typer.Option(help="weights to start from")] = None,
    seed: int = 0,
) -> None:
    """Train, and save the average."""
    torch.manual_seed(seed)
    autoencoder = PatchAutoencoder.from_pretrained(folder / "autoencoder")
    latents = icons.latents_of(autoencoder, icons.load_pictures(folder))
    unet: Any = new_unet()
    unet.to(memory_format=torch.channels_last)
    if start is not None:
        checkpoints.fill(unet, start)
    average = copy.deepcopy(unet).eval()
    lesson = Lesson(latents, icons.load_shown(folder), load_text(), seed)
    optimizer = torch.optim.AdamW(unet.parameters(), lr=_PEAK_RATE, weight_decay=1e-2, betas=(0.9, 0.99))
    parts = {"unet": unet, "average": average, "optimizer": optimizer}
    for step in range(checkpoints.resume(folder / "unet.ckpt", **parts), steps):
        for group in optimizer.param_groups:
            group["lr"] = rate(step, steps)
        loss = lesson.loss_of(unet, step)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(unet.parameters(), _CLIP)
        optimizer.step()
        follow(average, unet, min(_AVERAGE, (step + 1) / (step + 20)))
        checkpoints.report(step + 1, steps, loss=loss.item())
        if (step + 1) % 25 == 0 or step + 1 == steps:
            checkpoints.save(folder / "unet.ckpt", step + 1, **parts)
            average.save_pretrained(folder / "unet")
    scheduler: Any = DPMSolverMultistepScheduler(**_NOISING)  # type: ignore[no-untyped-call]
    scheduler.save_pretrained(folder / "scheduler")


@torch.no_grad()
def follow(average: nn.Module, model: nn.Module, kept: float) -> None:
    """Move the average towards the model."""
    for slow, fast in zip(average.parameters(), model.parameters(), strict=True):
        slow.lerp_(fast, 1 - kept)


if __name__ == "__main__":
    typer.run(main)
