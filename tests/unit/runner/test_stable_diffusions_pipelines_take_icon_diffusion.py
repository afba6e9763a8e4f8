from collections.abc import Iterator

import numpy as np
import pytest
import torch
from chartspark_runner.models.icon_diffusion.load import SIDE, WEIGHTS, components
from chartspark_runner.picture import Pixels
from diffusers import (
    StableDiffusionImg2ImgPipeline,
    StableDiffusionInpaintPipeline,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from diffusers.pipelines.pipeline_utils import DiffusionPipeline
from PIL import Image
from transformers import BertModel

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

STEPS = 2


@pytest.fixture(scope="module")
def parts() -> Iterator[dict[str, object]]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield components(WEIGHTS)
    torch.set_num_threads(threads)


def paper() -> Image.Image:
    picture = np.full((SIDE, SIDE, 3), 255, np.uint8)
    picture[32:96, 32:96] = (220, 40, 40)
    return Image.fromarray(picture)


def left_half() -> Image.Image:
    mask = np.zeros((SIDE, SIDE), np.uint8)
    mask[:, : SIDE // 2] = 255
    return Image.fromarray(mask)


def draw(pipeline: DiffusionPipeline, words: str = "red apple, flat icon", **options: object) -> Pixels:
    pipeline.set_progress_bar_config(disable=True)  # type: ignore[no-untyped-call]
    settings = {"num_inference_steps": STEPS, "generator": torch.Generator().manual_seed(1), **options}
    picture: Pixels = np.asarray(pipeline(words, **settings).images[0])  # type: ignore[operator]
    return picture


def test_its_classes_are_diffusers_own_and_its_latents_have_four_channels(parts: dict[str, object]) -> None:
    unet, text_encoder = parts["unet"], parts["text_encoder"]
    assert type(unet) is UNet2DConditionModel
    assert type(text_encoder) is BertModel
    assert (unet.config.in_channels, unet.config.out_channels) == (4, 4)
    assert text_encoder.config.use_attention_mask


def test_from_words(parts: dict[str, object]) -> None:
    pipeline = StableDiffusionPipeline(**parts)  # type: ignore[no-untyped-call]
    size = {"height": SIDE, "width": SIDE}
    assert draw(pipeline, **size).shape == (SIDE, SIDE, 3)


def test_guidance_and_negative_words_change_the_picture(parts: dict[str, object]) -> None:
    pipeline = StableDiffusionPipeline(**parts)  # type: ignore[no-untyped-call]
    size = {"height": SIDE, "width": SIDE}
    plain = draw(pipeline, guidance_scale=1.0, **size)
    guided = draw(pipeline, guidance_scale=4.0, **size)
    led_away = draw(pipeline, guidance_scale=4.0, negative_prompt="blue car, flat icon", **size)
    assert not np.array_equal(plain, guided)
    assert not np.array_equal(guided, led_away)


def test_from_a_picture(parts: dict[str, object]) -> None:
    pipeline = StableDiffusionImg2ImgPipeline(**parts)  # type: ignore[no-untyped-call]
    picture = draw(pipeline, image=paper(), strength=0.5)
    assert picture.shape == (SIDE, SIDE, 3)
    red, green, blue = picture[48:80, 48:80].reshape(-1, 3).mean(0)
    assert red > green + 50
    assert red > blue + 50
    assert picture[:8].mean() > 235


def test_into_a_mask_and_nowhere_else(parts: dict[str, object]) -> None:
    pipeline = StableDiffusionInpaintPipeline(**parts)  # type: ignore[no-untyped-call]
    start = {"image": paper(), "mask_image": left_half(), "height": SIDE, "width": SIDE}
    words = "green apple, flat icon"
    first = draw(pipeline, words, strength=1.0, **start)
    other = draw(pipeline, words, strength=1.0, **start, generator=torch.Generator().manual_seed(2))
    # A patch to both sides of the seam knows of the other half.
    kept = np.abs(first[:, 88:].astype(int) - other[:, 88:].astype(int))
    painted = np.abs(first[:, :40].astype(int) - other[:, :40].astype(int))
    assert kept.mean() < 3 < painted.mean()
