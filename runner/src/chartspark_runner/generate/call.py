"""What a pipeline is called with. Called by `pipelines`; knows the names of arguments, and no torch."""

from collections.abc import Sequence
from math import ceil

from PIL import Image

from chartspark_runner.generate.families import Family
from chartspark_runner.painter import Guide, Order
from chartspark_runner.picture import Mask, Pixels

_LEAST_STRENGTH = 0.01


def arguments(orders: Sequence[Order], family: Family, size: tuple[int, int]) -> dict[str, object]:
    """Return the arguments for orders that differ by words and seed alone, and by nothing else.

    A pipeline that takes no height draws in the size of the picture that it starts from.
    """
    first = orders[0]
    width, height = size
    asked: dict[str, object] = {
        "prompt": [order.prompt for order in orders],
        "num_inference_steps": first.steps,
        "width": width,
        "height": height,
    }
    if first.negative_prompt:
        asked["negative_prompt"] = [order.negative_prompt for order in orders]
    guidance = first.guidance_scale if first.guidance_scale is not None else family.default_guidance
    if guidance is not None:
        asked[family.guidance] = guidance
    if family.two_guidances and first.true_cfg_scale is not None:
        asked["true_cfg_scale"] = first.true_cfg_scale
    return asked if first.guide is None else asked | _guided(first.guide, first.steps, len(orders), size)


def _guided(guide: Guide, steps: int, number: int, size: tuple[int, int]) -> dict[str, object]:
    strength = min(1.0, max(guide.strength, _LEAST_STRENGTH))
    asked: dict[str, object] = {
        "image": [_picture(guide.pixels, size)] * number,
        "strength": strength,
        # A pipeline takes this share of the steps, rounded down, and fails at none.
        "num_inference_steps": max(steps, ceil(1 / strength)),
    }
    if guide.mask is not None:
        asked["mask_image"] = [_mask(guide.mask, size)] * number
    return asked


def _picture(pixels: Pixels, size: tuple[int, int]) -> Image.Image:
    return Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS)


def _mask(mask: Mask, size: tuple[int, int]) -> Image.Image:
    return Image.fromarray(mask).convert("L").resize(size, Image.Resampling.NEAREST)
