"""What each family of models can, read from diffusers itself: who stands in for whom, and what each one takes.

Called by `opening`, and by the renderer of docs/reference/model-families.md. Importing it loads diffusers and no model.
"""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass

from diffusers.pipelines.auto_pipeline import (
    AUTO_IMAGE2IMAGE_PIPELINES_MAPPING,
    AUTO_INPAINT_PIPELINES_MAPPING,
    AUTO_TEXT2IMAGE_PIPELINES_MAPPING,
)

from chartspark_runner.errors import BadRequest

_ASKED = frozenset(
    {"prompt", "num_inference_steps", "height", "width", "num_images_per_prompt", "generator", "output_type"}
)
"""What every picture is asked for with."""
_SPECIAL = ("Control", "Combined")
"""Pipelines that want a second picture, and those that are published in two folders."""

Parameters = Mapping[str, inspect.Parameter]


@dataclass(frozen=True, slots=True)
class Family:
    """What a family takes."""

    name: str
    """As diffusers calls it."""
    pipeline: str
    """The class of its text-to-image pipeline."""
    guidance: str
    """The argument that spec.sampling.guidanceScale becomes."""
    default_guidance: float | None
    """What that is where nobody says otherwise."""
    two_guidances: bool
    """Whether a negative prompt counts by an argument of its own, true_cfg_scale."""
    negative: bool
    image_to_image: bool
    inpainting: bool
    longest_prompt: int | None
    """The tokens that its long encoder reads, where it has one."""


def families() -> tuple[Family, ...]:
    """Return every family that can be asked for a picture by words alone."""
    return tuple(
        _family(name, kind, parameters)
        for name, kind in AUTO_TEXT2IMAGE_PIPELINES_MAPPING.items()
        if _is_usable(kind, parameters := _takes(kind))
    )


def family_of(pipeline: str) -> Family:
    """Return the family of a pipeline's class.

    Raises:
        BadRequest: There is none, or none that makes pictures of words alone.
    """
    known = {family.pipeline: family for family in families()}
    if pipeline not in known:
        raise BadRequest(
            f"the model is a {pipeline}, which makes no picture of words alone: name the folder of a "
            "text-to-image pipeline of diffusers"
        )
    return known[pipeline]


def _family(name: str, kind: type, takes: Parameters) -> Family:
    scale = takes.get("guidance_scale")
    plain = scale is not None and (scale.default is not None or "true_cfg_scale" not in takes)
    guidance = "guidance_scale" if plain else "true_cfg_scale"
    length = takes.get("max_sequence_length")
    return Family(
        name=name,
        pipeline=kind.__name__,
        guidance=guidance,
        default_guidance=takes[guidance].default,
        two_guidances=plain and "true_cfg_scale" in takes,
        negative="negative_prompt" in takes,
        image_to_image=_starts_from(AUTO_IMAGE2IMAGE_PIPELINES_MAPPING.get(name), "image"),
        inpainting=_starts_from(AUTO_INPAINT_PIPELINES_MAPPING.get(name), "image", "mask_image"),
        longest_prompt=length.default if length is not None else None,
    )


def _is_usable(kind: type, takes: Parameters) -> bool:
    """Say whether words suffice, a picture comes out, and steps can be followed. Parts without a decoder make no whole picture."""
    guided = "guidance_scale" in takes or "true_cfg_scale" in takes
    followed = "callback_on_step_end" in takes or "callback" in takes
    decodes = {"vae", "movq"} & inspect.signature(kind).parameters.keys()
    plain = not any(word in kind.__name__ for word in _SPECIAL)
    return plain and guided and followed and bool(decodes) and takes.keys() >= _ASKED


def _starts_from(kind: type | None, *pictures: str) -> bool:
    """Say whether a pipeline keeps as much of a picture as it is told to. Those that edit by instruction do not."""
    return kind is not None and _takes(kind).keys() >= {"strength", *pictures}


def _takes(kind: type) -> Parameters:
    return inspect.signature(kind.__call__).parameters
