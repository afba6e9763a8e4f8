"""Loads pipelines: from a folder on a claim, or the one that the image carries. Called by `opening`; reads local files alone."""

from dataclasses import dataclass, replace

import torch
from chartspark_api.model import Model, Sampling
from diffusers import AutoPipelineForText2Image

from chartspark_runner.errors import ModelMissing
from chartspark_runner.generate.demands import refuse_what_is_ignored
from chartspark_runner.generate.digests import model_files
from chartspark_runner.generate.families import Family, family_of
from chartspark_runner.generate.libraries import Pipeline
from chartspark_runner.generate.model_folder import ModelFolder
from chartspark_runner.generate.schedulers import refuse_what_does_not_fit
from chartspark_runner.models.icon_diffusion.load import GUIDANCE, load_pipeline, weight_files
from chartspark_runner.painter import ModelFile


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pipeline on the CPU, and what it was loaded from."""

    pipeline: Pipeline
    family: Family
    name: str
    files: tuple[ModelFile, ...]
    revision: str | None = None


def load_folder(model: Model, folder: ModelFolder, family: Family, dtype: torch.dtype) -> Loaded:
    """Load a model from a claim.

    Raises:
        ModelMissing: The libraries cannot read it.
    """
    try:
        pipeline = AutoPipelineForText2Image.from_pretrained(  # type: ignore[no-untyped-call]
            folder.path,
            dtype=dtype,
            variant=folder.variant,
            use_safetensors=True,
            local_files_only=True,
        )
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        raise ModelMissing(f"{folder.path} cannot be loaded: {error}") from error
    where = f"{model.claim_name}/{model.path}" if model.path else str(model.claim_name)
    return Loaded(pipeline, family, where, model_files(folder.path, folder.weights), folder.revision)


def load_icon_diffusion(sampling: Sampling, dtype: torch.dtype) -> Loaded:
    """Load IconDiffusion.

    Raises:
        BadRequest: It cannot do what is asked.
        ModelMissing: A file of it is not there.
    """
    family = replace(family_of("StableDiffusionPipeline"), name="IconDiffusion", default_guidance=GUIDANCE)
    refuse_what_is_ignored(family, {}, sampling)
    pipeline: Pipeline = load_pipeline()
    own = {"_class_name": type(pipeline.scheduler).__name__, **pipeline.scheduler.config}
    refuse_what_does_not_fit(own, sampling.scheduler)
    if dtype is not torch.float32:
        pipeline.to(dtype)
    return Loaded(pipeline, family, "IconDiffusion", weight_files())
