"""The pipelines of one model, which share its components: words alone, from a picture, and within a mask. A press of `diffusion_painter`.

Loaded by `opening`. The second and third pipeline are made when they are first needed, around the components of the
first and a scheduler of their own: a scheduler counts steps.
"""

import copy
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from inspect import signature
from typing import Any

import numpy as np
import torch
from diffusers import AutoPipelineForImage2Image, AutoPipelineForInpainting

from chartspark_runner.device import Place
from chartspark_runner.errors import BadRequest
from chartspark_runner.generate.call import arguments
from chartspark_runner.generate.canvas_size import Native, canvas_size
from chartspark_runner.generate.families import Family
from chartspark_runner.generate.libraries import Pipeline
from chartspark_runner.generate.placement import place
from chartspark_runner.generate.savings import Rung
from chartspark_runner.generate.unread import unread_words
from chartspark_runner.painter import Guide, OnStep, Order
from chartspark_runner.picture import Pixels

_PIXELS_OF_A_LATENT = 8
"""Where a pipeline does not say."""


class Task(Enum):
    """What a picture starts from."""

    WORDS = "words"
    PICTURE = "image-to-image"
    MASK = "inpainting"


class Pipelines:
    """A model that is loaded once."""

    def __init__(self, pipeline: Pipeline, family: Family, device: Place) -> None:
        self._made: dict[Task, Pipeline] = {Task.WORDS: pipeline}
        self._family = family
        self._device = device
        self._native = _native(pipeline)
        self._rung: Rung | None = None
        self._placed: Task | None = None

    def place(self, rung: Rung) -> None:
        """Put the model where the rung says; nothing happens if it is there."""
        if rung is not self._rung:
            self._rung, self._placed = rung, None

    def draw(self, orders: Sequence[Order], on_step: OnStep) -> list[Pixels]:
        """Return a picture for each of the orders, which differ by words and seed alone.

        Raises:
            BadRequest: The model cannot start from a picture.
        """
        guide = orders[0].guide
        pipeline = self.ready(_task(guide, self._family))
        aspect = 1.0 if guide is None else guide.pixels.shape[1] / guide.pixels.shape[0]
        takes = signature(pipeline.__call__).parameters
        asked = arguments(orders, self._family, canvas_size(self._native, aspect))
        made = pipeline(
            **{name: value for name, value in asked.items() if name in takes},
            **_followed(pipeline, takes.keys(), on_step),
            generator=[torch.Generator().manual_seed(order.seed) for order in orders],
            output_type="np",
        )
        return [np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8) for picture in made.images]

    def unread(self, order: Order) -> tuple[str, ...]:
        """Tell in sentences what of the order the model does not read."""
        return unread_words(self._made[Task.WORDS], self._family, order)

    def ready(self, task: Task) -> Pipeline:
        """Return the pipeline of a task, with its components in their place."""
        if task not in self._made:
            self._made[task] = self._sibling(task)
        if self._placed is not task and self._rung is not None:
            # Components that wait on the CPU come when the pipeline calls them that they were last put there for.
            place(self._made[task], self._rung, self._device)
            self._placed = task
        return self._made[task]

    def _sibling(self, task: Task) -> Pipeline:
        able = self._family.image_to_image if task is Task.PICTURE else self._family.inpainting
        first = self._made[Task.WORDS]
        encoder = getattr(first, "vae", None) or getattr(first, "movq", None)
        if not able or not hasattr(encoder, "encode"):
            raise BadRequest(
                f"a model of the family {self._family.name} has no {task.value}: set conditioning: "
                "Unconditional, or name a model of another family"
            )
        kind = AutoPipelineForImage2Image if task is Task.PICTURE else AutoPipelineForInpainting
        sibling = kind.from_pipe(first, scheduler=copy.deepcopy(first.scheduler))
        sibling.set_progress_bar_config(disable=True)
        return sibling


def _task(guide: Guide | None, family: Family) -> Task:
    if guide is None:
        return Task.WORDS
    # What is painted beside the mask is left out when the picture is laid into the chart.
    return Task.MASK if guide.mask is not None and family.inpainting else Task.PICTURE


def _followed(pipeline: Pipeline, takes: AbstractSet[str], on_step: OnStep) -> dict[str, Callable[..., Any]]:
    """Return the argument that has `on_step` called after every step. Some schedulers take more steps than were asked for."""
    done = 0

    def count(steps: int) -> None:
        nonlocal done
        done += 1
        on_step(done, max(done, steps))

    def stepped(running: Pipeline, _: int, __: object, tensors: dict[str, Any]) -> dict[str, Any]:
        count(running.num_timesteps)
        return tensors

    if "callback_on_step_end" in takes:
        return {"callback_on_step_end": stepped}
    return {"callback": lambda *_: count(len(pipeline.scheduler.timesteps))}


def _native(pipeline: Pipeline) -> Native:
    """Return the size that the model was trained for: its latents' side, and how many pixels each latent and each of its cells is."""
    scale = getattr(pipeline, "vae_scale_factor", _PIXELS_OF_A_LATENT)
    network = getattr(pipeline, "unet", None) or pipeline.transformer
    side = network.config.get("sample_size") or getattr(pipeline, "default_sample_size", 128)
    side = side if isinstance(side, int) else side[0]
    blocks = network.config.get("block_out_channels")
    halvings = 2 ** (len(blocks) - 1) if blocks else max(2, network.config.get("patch_size") or 1)
    return Native(side * scale, scale * halvings)
