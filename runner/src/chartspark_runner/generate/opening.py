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

from chartspark_runner.generate.diffusion_painter import DiffusionPainter
from chartspark_runner.generate.hardware import take_hardware
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
    hardware = take_hardware(model, environ)
    loaded = _load(model, sampling, models, hardware.torch_dtype, painted=painted)
    loaded.pipeline.set_progress_bar_config(disable=True)
    exchange(loaded.pipeline, sampling.scheduler)
    about = About(
        model=loaded.name,
        revision=loaded.revision,
        device=hardware.device,
        dtype=hardware.dtype,
        threads=torch.get_num_threads(),
        files=loaded.files,
    )
    savings = first_savings(sampling.batch_size, environ.get(BATCH_LIMIT))
    painter = DiffusionPainter(Pipelines(loaded.pipeline, loaded.family, hardware.device), about, savings)
    if model.embedded is not ModelName.ICON_DIFFUSION:
        return painter
    library = open_icon_painter(about.threads)
    return IconDiffusionPainter(loaded.pipeline.to(hardware.device), library, painter)


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
