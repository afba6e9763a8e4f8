"""Step 5, generate: a prompt becomes a picture. The only step that knows torch; imported when first needed.

Generators live on the CPU, so that a seed means the same on every device.
"""

import time
from collections.abc import Mapping
from typing import Any, assert_never

import numpy as np
import torch
from chartspark_api.model import Model, ModelName
from diffusers.pipelines.pipeline_utils import DiffusionPipeline
from diffusers.utils import logging
from transformers.utils import logging as transformers_logging

from chartspark_runner.device import Place, choose_device
from chartspark_runner.errors import GpuLost, OutOfGpuMemory
from chartspark_runner.models.icon_diffusion.load import SIDE, load_pipeline, weight_files
from chartspark_runner.painter import About, OnStep, Order, Painting, Picture


class DiffusionPainter:
    """Paints with a pipeline of diffusers."""

    def __init__(self, pipeline: DiffusionPipeline, name: ModelName, device: Place) -> None:
        self._pipeline = pipeline
        self._about = About(
            model=name.value, device=device, threads=torch.get_num_threads(), files=weight_files()
        )

    def paint(self, order: Order, on_step: OnStep) -> Painting:
        """Return the picture of an order.

        Raises:
            GpuLost: The GPU stopped answering.
            OutOfGpuMemory: The GPU's memory did not suffice.
        """

        def stepped(_: object, step: int, __: object, tensors: dict[str, Any]) -> dict[str, Any]:
            on_step(step + 1, order.steps)
            return tensors

        begun = time.monotonic()
        try:
            pixels = self._pipeline(  # type: ignore[operator]
                order.prompt,
                negative_prompt=order.negative_prompt or None,
                height=SIDE,
                width=SIDE,
                num_inference_steps=order.steps,
                guidance_scale=order.guidance_scale,
                generator=torch.Generator().manual_seed(order.seed),
                callback_on_step_end=stepped,
                output_type="np",
            ).images[0]
        except torch.OutOfMemoryError as error:
            raise OutOfGpuMemory(f"the GPU's memory did not suffice: {error}") from error
        except torch.AcceleratorError as error:
            raise GpuLost(f"the GPU stopped answering: {error}") from error
        seconds = (time.monotonic() - begun) / order.steps
        return Painting(Picture(np.round(pixels * 255).astype(np.uint8)), seconds)

    def about(self) -> About:
        """Tell which model paints, and where."""
        return self._about

    def peak_gpu_bytes(self) -> int:
        """Return the most GPU memory that tensors held, in bytes."""
        return torch.cuda.max_memory_allocated() if self._about.device == "cuda" else 0


def open_painter(model: Model, environ: Mapping[str, str]) -> DiffusionPainter:
    """Load the model.

    Args:
        model: What the request says.
        environ: Holds OMP_NUM_THREADS, and CHARTSPARK_GPU_COUNT in a pod.

    Raises:
        GpuLost: A GPU was asked for, and none is seen.
        ModelMissing: A file of the model is not there.
    """
    torch.set_num_threads(int(environ["OMP_NUM_THREADS"]))
    gpus = int(environ.get("CHARTSPARK_GPU_COUNT") or 0)
    device = choose_device(model.device, gpus, cuda=torch.cuda.is_available())
    # Both libraries draw progress bars and print notes on stderr, between our log's lines.
    logging.disable_progress_bar()
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    pipeline = _pipeline(model.name)
    pipeline.set_progress_bar_config(disable=True)  # type: ignore[no-untyped-call]
    try:
        pipeline.to(device)
    except torch.OutOfMemoryError as error:
        raise OutOfGpuMemory(f"the model does not fit the GPU: {error}") from error
    return DiffusionPainter(pipeline, model.name, device)


def _pipeline(name: ModelName) -> DiffusionPipeline:
    match name:
        case ModelName.ICON_DIFFUSION:
            return load_pipeline()
        case _:
            assert_never(name)
