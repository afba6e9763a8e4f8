"""Step 5, generate: opens the painter that a request names.

Called by `chartspark_runner.opening` when the first picture is due. It loads torch.

Generators live on the CPU, so that a seed means the same on every device.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import assert_never

import torch
from chartspark_api.model import Model, ModelName, Sampling
from chartspark_api.variables import BATCH_LIMIT
from diffusers.utils import logging
from transformers.utils import logging as transformers_logging

from chartspark_runner.device import choose_device, choose_dtype
from chartspark_runner.generate.diffusion_painter import DiffusionPainter
from chartspark_runner.generate.inspection import inspect_model
from chartspark_runner.generate.loading import Loaded, load_folder, load_icon_diffusion
from chartspark_runner.generate.pipelines import Pipelines
from chartspark_runner.generate.savings import first_savings
from chartspark_runner.generate.schedulers import exchange
from chartspark_runner.models.icon_diffusion.painter import IconDiffusionPainter
from chartspark_runner.models.icons.painter import open_icon_painter
from chartspark_runner.painter import About, Painter


def open_painter(
    model: Model, sampling: Sampling, models: Path | None, environ: Mapping[str, str], *, painted: bool
) -> Painter:
    """Load a diffusion model: what `chartspark_runner.opening.open_painter` says of it holds here."""
    torch.set_num_threads(int(environ["OMP_NUM_THREADS"]))
    gpus = int(environ.get("CHARTSPARK_GPU_COUNT") or 0)
    device = choose_device(model.device, gpus, cuda=torch.cuda.is_available())
    bfloat16 = device == "cuda" and torch.cuda.is_bf16_supported()
    dtype = choose_dtype(model.dtype, device, bfloat16=bfloat16)
    # Both libraries draw progress bars and print notes on stderr, between our log's lines.
    logging.disable_progress_bar()
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    loaded = _load(model, sampling, models, getattr(torch, dtype), painted=painted)
    loaded.pipeline.set_progress_bar_config(disable=True)
    exchange(loaded.pipeline, sampling.scheduler)
    about = About(
        model=loaded.name,
        revision=loaded.revision,
        device=device,
        dtype=dtype,
        threads=torch.get_num_threads(),
        files=loaded.files,
    )
    savings = first_savings(sampling.batch_size, environ.get(BATCH_LIMIT))
    painter = DiffusionPainter(Pipelines(loaded.pipeline, loaded.family, device), about, savings)
    if model.embedded is not ModelName.ICON_DIFFUSION:
        return painter
    library = open_icon_painter(about.threads)
    return IconDiffusionPainter(loaded.pipeline.to(device), library, painter)


def _load(
    model: Model, sampling: Sampling, models: Path | None, dtype: torch.dtype, *, painted: bool
) -> Loaded:
    match model.embedded:
        case None:
            folder, family = inspect_model(model, sampling, models, painted=painted)
            return load_folder(model, folder, family, dtype)
        case ModelName.ICON_DIFFUSION:
            return load_icon_diffusion(sampling, dtype)
        case ModelName.ICONS:
            raise AssertionError("Icons is no diffusion model, and is opened elsewhere")
        case _:
            assert_never(model.embedded)
