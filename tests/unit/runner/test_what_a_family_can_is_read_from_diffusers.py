"""The table of abilities, by families that are known to differ."""

import pytest
from chartspark_runner.errors import BadRequest
from chartspark_runner.generate.families import families, family_of

from charts.families import PAGE, page

ABLE = {
    "StableDiffusionPipeline": ("guidance_scale", 7.5, False, True, True, True),
    "StableDiffusionXLPipeline": ("guidance_scale", 5.0, False, True, True, True),
    "FluxPipeline": ("guidance_scale", 3.5, True, True, True, True),
    "QwenImagePipeline": ("true_cfg_scale", 4.0, False, True, True, True),
    "PixArtSigmaPipeline": ("guidance_scale", 4.5, False, True, False, False),
    "LatentConsistencyModelPipeline": ("guidance_scale", 8.5, False, False, True, False),
    # It edits by instruction: there is no strength to set.
    "Flux2Pipeline": ("guidance_scale", 4.0, False, False, False, False),
}
UNFIT = (
    "StableDiffusionControlNetPipeline",
    "StableDiffusionInpaintPipeline",
    "KandinskyV22CombinedPipeline",
    "IFPipeline",
    "HeliosPipeline",
    "NobodysPipeline",
)


@pytest.mark.parametrize(("pipeline", "able"), ABLE.items())
def test_it_says_what_the_pipelines_take(pipeline: str, able: tuple[object, ...]) -> None:
    one = family_of(pipeline)
    assert (
        one.guidance,
        one.default_guidance,
        one.two_guidances,
        one.negative,
        one.image_to_image,
        one.inpainting,
    ) == able


@pytest.mark.parametrize("pipeline", UNFIT)
def test_what_makes_no_picture_of_words_alone_is_refused(pipeline: str) -> None:
    with pytest.raises(BadRequest, match=f"the model is a {pipeline}, which makes no picture of words alone"):
        family_of(pipeline)


def test_no_class_belongs_to_two_families() -> None:
    classes = [family.pipeline for family in families()]
    assert len(set(classes)) == len(classes)


def test_the_page_is_what_diffusers_says() -> None:
    assert PAGE.read_text() == page(), "run `make generate`"
