import numpy as np
import pytest
from chartspark_api.model import Device, Dtype, Model, ModelName, Sampling, Scheduler
from chartspark_runner.errors import BadRequest
from chartspark_runner.generate.opening import open_painter
from chartspark_runner.painter import Guide, Order, Painter, Painting, Picture
from chartspark_runner.picture import Pixels

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


def icon_painter(dtype: Dtype = Dtype.AUTO, **sampling: object) -> Painter:
    model = Model(name=ModelName.ICON_DIFFUSION, device=Device.CPU, dtype=dtype)
    return open_painter(model, Sampling.model_validate(sampling), None, {"OMP_NUM_THREADS": "1"})


@pytest.fixture(scope="module")
def painter() -> Painter:
    return icon_painter()


def order(seed: int, guide: Guide | None = None) -> Order:
    return Order(
        subject="red apple",
        style="flat",
        prompt="red apple, flat icon",
        negative_prompt="blue",
        steps=3,
        seed=seed,
        guide=guide,
    )


def pixels(painting: Painting) -> Pixels:
    assert isinstance(painting.art, Picture)
    return painting.art.pixels


def test_one_seed_is_one_picture_and_another_is_another(painter: Painter) -> None:
    steps: list[tuple[int, int]] = []
    (first,) = painter.paint([order(1)], lambda done, total: steps.append((done, total)))
    again, other = painter.paint([order(1), order(2)], lambda *_: None)
    assert pixels(first).shape == (128, 128, 3)
    assert np.array_equal(pixels(first), pixels(again))
    assert not np.array_equal(pixels(first), pixels(other))
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_every_file_of_weights_is_named_with_its_digest(painter: Painter) -> None:
    files = painter.about().files
    assert len(files) == 3
    assert all(len(file.sha256) == 64 for file in files)


def test_it_cannot_start_from_a_picture_and_says_so(painter: Painter) -> None:
    guide = Guide(np.zeros((128, 128, 3), np.uint8), 0.5)
    with pytest.raises(BadRequest, match="IconDiffusion has no image-to-image: set conditioning"):
        painter.paint([order(1, guide)], lambda *_: None)


def test_another_scheduler_draws_another_picture(painter: Painter) -> None:
    other = icon_painter(scheduler=Scheduler.EULER_DISCRETE)
    (made,), (own,) = (one.paint([order(1)], lambda *_: None) for one in (other, painter))
    assert pixels(made).std() > 10
    assert not np.array_equal(pixels(made), pixels(own))


@pytest.mark.parametrize("dtype", [Dtype.FLOAT16, Dtype.BFLOAT16])
def test_fewer_bits_draw_much_the_same(painter: Painter, dtype: Dtype) -> None:
    thrifty = icon_painter(dtype)
    (rough,), (exact,) = (one.paint([order(1)], lambda *_: None) for one in (thrifty, painter))
    assert thrifty.about().dtype == dtype.lower()
    assert np.abs(pixels(rough).astype(int) - pixels(exact)).mean() < 10
