"""What a request asks of a model that the model would ignore or cannot do. Called by `inspection` before weights are read; pure."""

from collections.abc import Mapping

from chartspark_api.model import Sampling
from pydantic import JsonValue

from chartspark_runner.errors import BadRequest
from chartspark_runner.generate.families import Family

Settings = Mapping[str, Mapping[str, JsonValue]]
"""The config.json of each component."""


def refuse_what_is_ignored(family: Family, settings: Settings, sampling: Sampling) -> None:
    """Refuse a setting that would change nothing.

    Raises:
        BadRequest: There is one.
    """
    if sampling.true_cfg_scale is not None and not family.two_guidances:
        raise BadRequest(
            f"a model of the family {family.name} has one guidance: leave sampling.trueCfgScale out, "
            "and set sampling.guidanceScale"
        )
    distilled = settings.get("transformer", {}).get("guidance_embeds") is False
    if sampling.guidance_scale is not None and family.two_guidances and distilled:
        raise BadRequest(
            f"this model of the family {family.name} ignores a guidance: leave sampling.guidanceScale out"
        )
    if sampling.negative_prompt:
        _refuse_idle_negative(family, settings, sampling)


def refuse_painting_into_charts(family: Family) -> None:
    """Refuse a family that can only make pictures of its own.

    Raises:
        BadRequest: It starts from no picture.
    """
    if not (family.inpainting or family.image_to_image):
        raise BadRequest(
            f"a model of the family {family.name} cannot paint into a chart, which conditioning Conditional asks for: "
            "write conditioning: Unconditional, or name a model of another family"
        )


def _refuse_idle_negative(family: Family, settings: Settings, sampling: Sampling) -> None:
    consistent = settings.get("unet", {}).get("time_cond_proj_dim") is not None
    if not family.negative or consistent:
        raise BadRequest(
            f"this model of the family {family.name} takes no negative prompt: leave sampling.negativePrompt "
            "out, and say in subject and style what is to be seen"
        )
    field = "trueCfgScale" if family.two_guidances else "guidanceScale"
    asked = sampling.true_cfg_scale if family.two_guidances else sampling.guidance_scale
    scale = float(asked) if asked is not None else 1.0 if family.two_guidances else family.default_guidance
    if scale is not None and scale <= 1:
        raise BadRequest(
            f"a negative prompt has no effect at a guidance of {scale:g}: set sampling.{field} above 1, or "
            "leave sampling.negativePrompt out"
        )
