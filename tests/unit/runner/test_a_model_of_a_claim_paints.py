"""Tiny models with random weights, through everything that a large one goes through."""

from pathlib import Path

import numpy as np
import pytest
from chartspark_api.model import Device, Dtype, Model, Sampling, Scheduler
from chartspark_api.variables import BATCH_LIMIT
from chartspark_runner.errors import BadRequest, ModelMissing
from chartspark_runner.generate.inspection import inspect_model
from chartspark_runner.generate.opening import open_painter
from chartspark_runner.generate.pipelines import Pipelines, Task
from chartspark_runner.generate.placement import place
from chartspark_runner.generate.savings import Rung
from chartspark_runner.painter import Guide, Order, Painter, Picture
from chartspark_runner.picture import Pixels
from diffusers import AutoPipelineForText2Image
from tiny_models import write_tiny

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
FAMILIES = ("stable-diffusion", "stable-diffusion-xl", "flux", "lcm")
GREY = np.full((60, 120, 3), 128, np.uint8)
LEFT = np.arange(120)[None, :].repeat(60, 0) < 60


@pytest.fixture(scope="module")
def claim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("claim")
    for family in FAMILIES:
        write_tiny(family, root / family)
    return root


@pytest.fixture(scope="module", params=FAMILIES)
def painter(request: pytest.FixtureRequest, claim: Path) -> Painter:
    return opened(claim, request.param)


def opened(claim: Path, family: str, dtype: Dtype = Dtype.AUTO, **sampling: object) -> Painter:
    model = Model(claim_name="weights", path=family, device=Device.CPU, dtype=dtype)
    return open_painter(
        model, Sampling.model_validate(sampling), claim, {"OMP_NUM_THREADS": "1"}, painted=False
    )


def order(seed: int = 1, guide: Guide | None = None, prompt: str = "red apple", negative: str = "") -> Order:
    return Order("apple", "flat", prompt, negative, steps=2, seed=seed, guide=guide)


def painted(painter: Painter, *orders: Order) -> list[Pixels]:
    arts = [painting.art for painting in painter.paint(orders, lambda *_: None)]
    return [art.pixels for art in arts if isinstance(art, Picture)]


def test_one_seed_is_one_picture_and_another_is_another(painter: Painter) -> None:
    first, again, other = painted(painter, order(1), order(1), order(2))
    assert first.shape[0] == first.shape[1]
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("mask", [None, LEFT], ids=["image-to-image", "inpainting"])
def test_it_starts_from_a_picture_and_keeps_its_shape(painter: Painter, mask: np.ndarray | None) -> None:
    (little,), (much,) = (
        painted(painter, order(guide=Guide(GREY, strength, mask))) for strength in (0.5, 1.0)
    )
    height, width, _ = little.shape
    assert 1.5 < width / height < 2.5
    assert not np.array_equal(little, much)


def test_a_family_without_inpainting_paints_the_whole_picture_over(claim: Path) -> None:
    painter = opened(claim, "lcm")
    masked, free = painted(painter, order(guide=Guide(GREY, 0.5, LEFT)), order(guide=Guide(GREY, 0.5)))
    assert np.array_equal(masked, free)
    able = opened(claim, "stable-diffusion")
    masked, free = painted(able, order(guide=Guide(GREY, 0.5, LEFT)), order(guide=Guide(GREY, 0.5)))
    assert not np.array_equal(masked, free)


def test_words_alone_draw_the_same_after_a_picture_was_started_from(painter: Painter) -> None:
    (before,) = painted(painter, order())
    painted(painter, order(guide=Guide(GREY, 0.5)), order(guide=Guide(GREY, 0.5, LEFT)))
    (after,) = painted(painter, order())
    assert np.array_equal(before, after)


def test_its_three_pipelines_share_components_and_no_scheduler(claim: Path) -> None:
    model = Model(claim_name="weights", path="stable-diffusion")
    folder, family = inspect_model(model, Sampling(), claim, painted=False)
    first = AutoPipelineForText2Image.from_pretrained(folder.path)
    press = Pipelines(first, family, "cpu")
    press.place(Rung.SLICED)
    made = [press.ready(task) for task in Task]
    for name in ("unet", "vae", "text_encoder", "tokenizer"):
        assert len({id(getattr(pipeline, name)) for pipeline in made}) == 1
    assert len({id(pipeline.scheduler) for pipeline in made}) == len(made)


def test_two_at_once_are_the_two_that_one_at_a_time_gives(claim: Path) -> None:
    alone = painted(opened(claim, "stable-diffusion"), order(1), order(2))
    together = opened(claim, "stable-diffusion", batch_size=2)
    paintings = together.paint([order(1), order(2)], lambda *_: None)
    assert [painting.origin.batch_size for painting in paintings] == [2, 2]
    for one, other in zip(alone, painted(together, order(1), order(2)), strict=True):
        # The last bits depend on the size of the batch.
        assert np.abs(one.astype(int) - other).max() <= 2


def test_the_operator_may_allow_fewer_at_once_than_the_job_asks_for(claim: Path) -> None:
    model = Model(claim_name="weights", path="stable-diffusion", device=Device.CPU)
    environ = {"OMP_NUM_THREADS": "1", BATCH_LIMIT: "1"}
    limited = open_painter(model, Sampling(batch_size=2), claim, environ, painted=False)
    paintings = limited.paint([order(1), order(2)], lambda *_: None)
    assert [painting.origin.batch_size for painting in paintings] == [1, 1]


@pytest.mark.parametrize("scheduler", Scheduler)
def test_every_scheduler_draws(scheduler: Scheduler, claim: Path) -> None:
    steps: list[tuple[int, int]] = []
    one = opened(claim, "stable-diffusion", scheduler=scheduler)
    (made,) = one.paint([order()], lambda *step: steps.append(step))
    assert isinstance(made.art, Picture)
    assert made.art.pixels.std() > 1
    assert steps[-1][0] >= 2


@pytest.mark.parametrize("dtype", [Dtype.FLOAT16, Dtype.BFLOAT16])
def test_fewer_bits_draw_too(dtype: Dtype, claim: Path) -> None:
    one = opened(claim, "stable-diffusion-xl", dtype)
    (made,) = painted(one, order())
    assert one.about().dtype == dtype.lower()
    assert made.std() > 1


def test_slices_draw_much_the_same(claim: Path) -> None:
    model = Model(claim_name="weights", path="stable-diffusion")
    folder, family = inspect_model(model, Sampling(), claim, painted=False)
    drawn = []
    for rung in (Rung.WHOLE, Rung.SLICED):
        press = Pipelines(AutoPipelineForText2Image.from_pretrained(folder.path), family, "cpu")
        press.place(rung)
        drawn += press.draw([order()], lambda *_: None)
    assert np.abs(drawn[0].astype(int) - drawn[1]).max() <= 2


@pytest.mark.parametrize(
    ("rung", "asked"),
    [
        (Rung.OFFLOADED, "enable_model_cpu_offload"),
        (Rung.LAYERWISE, "enable_sequential_cpu_offload"),
    ],
)
def test_the_lower_rungs_leave_the_weights_to_diffusers(rung: Rung, asked: str) -> None:
    class Recorder:
        vae = None

        def __init__(self) -> None:
            self.asked: list[str] = []

        def __getattr__(self, name: str) -> object:
            return lambda **_: self.asked.append(name)

    pipeline = Recorder()
    place(pipeline, rung, "cuda")
    assert pipeline.asked == ["enable_attention_slicing", asked]


def test_what_the_metadata_say(claim: Path) -> None:
    about = opened(claim, "stable-diffusion").about()
    assert about.model == "weights/stable-diffusion"
    assert [file.path for file in about.files] == [
        "text_encoder/model.safetensors",
        "unet/diffusion_pytorch_model.safetensors",
        "vae/diffusion_pytorch_model.safetensors",
    ]


def test_a_prompt_that_is_too_long_is_told_and_not_silently_cut(claim: Path) -> None:
    long = " ".join(["many"] * 80 + ["coffee", "bean"])
    (made,) = opened(claim, "stable-diffusion").paint([order(prompt=long)], lambda *_: None)
    (told,) = made.warnings
    assert told.startswith("the model's tokenizer reads 77 of the prompt's 84 tokens; it does not read 'many")
    assert "coffee bean" in told
    # FLUX has a second encoder that reads all of it.
    (made,) = opened(claim, "flux").paint([order(prompt=long)], lambda *_: None)
    assert [warning.partition(" reads")[0] for warning in made.warnings] == ["the model's tokenizer"]


def test_flux_heeds_a_negative_prompt_with_its_second_guidance(claim: Path) -> None:
    (plain,) = painted(opened(claim, "flux"), order())
    one = opened(claim, "flux", true_cfg_scale="3.0")
    asked = Order("a", "b", "red apple", "blue tree", 2, 1, true_cfg_scale=3.0)
    (other,) = painted(one, asked)
    assert not np.array_equal(plain, other)


@pytest.mark.parametrize(
    ("family", "sampling", "words"),
    [
        (
            "flux",
            {"negative_prompt": "blue"},
            "no effect at a guidance of 1: set sampling.trueCfgScale above 1",
        ),
        ("stable-diffusion", {"true_cfg_scale": "2"}, "has one guidance: leave sampling.trueCfgScale out"),
        (
            "stable-diffusion-xl",
            {"negative_prompt": "blue", "guidance_scale": "1"},
            "set sampling.guidanceScale above 1",
        ),
        ("flux", {"scheduler": "DDIM"}, "DDIM does not fit it: leave sampling.scheduler out$"),
    ],
)
def test_what_a_family_would_ignore_is_refused(
    family: str, sampling: dict[str, object], words: str, claim: Path
) -> None:
    with pytest.raises(BadRequest, match=words):
        opened(claim, family, **sampling)


def test_without_a_folder_for_the_claim_nothing_is_looked_for() -> None:
    model = Model(claim_name="weights", path="sd")
    with pytest.raises(BadRequest, match="name the folder that stands for the claim with --models"):
        inspect_model(model, Sampling(), None, painted=False)


def test_weights_that_do_not_fit_their_settings_are_told(claim: Path, tmp_path: Path) -> None:
    folder = write_tiny("stable-diffusion", tmp_path / "sd")
    (folder / "vae" / "config.json").write_text((claim / "flux" / "vae" / "config.json").read_text())
    unet = folder / "unet" / "config.json"
    unet.write_text(unet.read_text().replace('"cross_attention_dim": 32', '"cross_attention_dim": 48'))
    with pytest.raises(ModelMissing, match="cannot be loaded"):
        opened(tmp_path, "sd")
