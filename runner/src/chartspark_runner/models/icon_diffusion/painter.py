"""Paints with IconDiffusion. Opened by `generate`.

The model alone is rough. It leans on the icon library: a drawing starts from the noised latents of the icon that
the library would choose, so that it varies what exists. An order with a guide is left to the painter of all models.
"""

import copy
import time
from collections.abc import Sequence
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import torch
from chartspark_api.metadata import Origin
from diffusers import StableDiffusionImg2ImgPipeline
from diffusers.pipelines.pipeline_utils import DiffusionPipeline
from torch import Tensor

from chartspark_runner.element import Element
from chartspark_runner.errors import GpuLost, OutOfGpuMemory
from chartspark_runner.models.icon_diffusion.autoencoder import on_paper
from chartspark_runner.models.icon_diffusion.finish import finish
from chartspark_runner.models.icon_diffusion.load import GUIDANCE, SIDE
from chartspark_runner.models.icon_diffusion.start import squared
from chartspark_runner.painter import About, OnStep, Order, Painter, Painting, Picture
from chartspark_runner.picture import Pixels

STRENGTH: Final = 0.25
"""How much of the library's icon is drawn anew: docs/elements/diffusion.md says how it was chosen."""
LEAST_STEPS: Final = 4
"""The pipeline takes `STRENGTH` of the steps, rounded down, and fails at none."""


class IconDiffusionPainter:
    """Draws one element at a time."""

    def __init__(self, pipeline: DiffusionPipeline, library: Painter, guided: Painter) -> None:
        parts = pipeline.components | {"scheduler": copy.deepcopy(pipeline.scheduler)}
        # It has none, on purpose: its words are the library's.
        parts["requires_safety_checker"] = False
        pipe = cast("Any", StableDiffusionImg2ImgPipeline(**parts))  # type: ignore[no-untyped-call]
        pipe.set_progress_bar_config(disable=True)
        self._pipeline = pipe
        self._library = library
        self._guided = guided

    def paint(self, orders: Sequence[Order], on_step: OnStep) -> tuple[Painting, ...]:
        """Return the elements of the orders.

        Raises:
            GpuLost: The GPU stopped answering.
            NoUsableElement: The library holds nothing near a subject.
            OutOfGpuMemory: The GPU's memory did not suffice.
        """
        painted: list[Painting] = []
        for order in orders:

            def stepped(done: int, steps: int, before: int = len(painted)) -> None:
                on_step(before * steps + done, len(orders) * steps)

            painted.append(self._painted(order, stepped))
        return tuple(painted)

    def about(self) -> About:
        """Tell which model paints, and where."""
        return self._guided.about()

    def peak_gpu_bytes(self) -> int:
        """Return the most GPU memory that tensors held, in bytes."""
        return self._guided.peak_gpu_bytes()

    def _painted(self, order: Order, on_step: OnStep) -> Painting:
        if order.guide is not None:
            (painting,) = self._guided.paint([order], on_step)
            return painting
        begun = time.monotonic()
        (chosen,) = self._library.paint([order], _unseen)
        try:
            decoded = self._drawn(order, chosen.art.pixels, _named(chosen), on_step)
        except torch.OutOfMemoryError as error:
            raise OutOfGpuMemory(f"the GPU's memory did not suffice: {error}") from error
        except torch.AcceleratorError as error:
            raise GpuLost(f"the GPU stopped answering: {error}") from error
        element = finish(decoded)
        # What cannot be used goes on as a picture, so that the chart's other candidates may still be.
        art = element if isinstance(element, Element) else Picture(_bytes(decoded[..., :3]))
        origin = Origin(icon=chosen.origin.icon, strength=STRENGTH)
        return Painting(art, (time.monotonic() - begun) / order.steps, origin)

    def _drawn(self, order: Order, icon: Pixels, shown: str, on_step: OnStep) -> npt.NDArray[np.float32]:
        def stepped(_: object, step: int, __: object, tensors: dict[str, Any]) -> dict[str, Any]:
            on_step(step + 1, order.steps)
            return tensors

        latents = self._pipeline(
            # The library's word for the thing is one that the model was taught.
            f"{shown}, {order.style} icon",
            image=self._encoded(squared(icon, SIDE)),
            strength=STRENGTH,
            negative_prompt=order.negative_prompt or None,
            num_inference_steps=max(order.steps, LEAST_STEPS),
            guidance_scale=GUIDANCE if order.guidance_scale is None else order.guidance_scale,
            generator=torch.Generator().manual_seed(order.seed),
            callback_on_step_end=stepped,
            output_type="latent",
        ).images
        on_step(order.steps, order.steps)
        return self._decoded(latents)

    @torch.inference_mode()
    def _encoded(self, icon: Pixels) -> Tensor:
        autoencoder = self._pipeline.vae
        seen = on_paper(torch.from_numpy(icon).permute(2, 0, 1)[None])
        latents: Tensor = autoencoder.latents_of(seen.to(autoencoder.device, autoencoder.dtype))
        return latents

    @torch.inference_mode()
    def _decoded(self, latents: Tensor) -> npt.NDArray[np.float32]:
        pictures = self._pipeline.vae.decode_with_alpha(latents).float().cpu()
        shares = (pictures[0].permute(1, 2, 0) + 1) / 2
        return np.asarray(shares.clamp(0, 1).numpy(), dtype=np.float32)


def _named(chosen: Painting) -> str:
    icon = chosen.origin.icon
    assert icon is not None  # noqa: S101 - the library's paintings are icons
    return icon.icon


def _unseen(_: int, __: int) -> None:
    pass


def _bytes(shares: npt.NDArray[np.float32]) -> Pixels:
    return np.asarray(np.round(shares * 255), dtype=np.uint8)
