from dataclasses import replace

import numpy as np
import pytest
from chartspark_api.model import Device, Dtype, Model, ModelName, Sampling, Scheduler
from chartspark_runner.element import Element
from chartspark_runner.errors import NoUsableElement
from chartspark_runner.generate.opening import open_painter
from chartspark_runner.models.icon_diffusion.start import squared
from chartspark_runner.painter import Guide, Order, Painter, Painting, Picture
from chartspark_runner.picture import Pixels

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


def icon_painter(dtype: Dtype = Dtype.AUTO, **sampling: object) -> Painter:
    model = Model(name=ModelName.ICON_DIFFUSION, device=Device.CPU, dtype=dtype)
    return open_painter(
        model, Sampling.model_validate(sampling), None, {"OMP_NUM_THREADS": "1"}, painted=False
    )


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
    return painting.art.pixels


def test_one_seed_is_one_picture_and_another_is_another(painter: Painter) -> None:
    steps: list[tuple[int, int]] = []
    (first,) = painter.paint([order(1)], lambda done, total: steps.append((done, total)))
    again, other = painter.paint([order(1), order(2)], lambda *_: None)
    assert isinstance(first.art, Element)
    assert max(pixels(first).shape[:2]) > 80
    assert np.array_equal(pixels(first), pixels(again))
    assert not np.array_equal(pixels(first), pixels(other))
    assert steps == sorted(steps)
    assert steps[-1] == (3, 3)


def test_every_file_of_weights_is_named_with_its_digest(painter: Painter) -> None:
    files = painter.about().files
    assert len(files) == 3
    assert all(len(file.sha256) == 64 for file in files)


def test_a_guide_is_what_it_starts_from(painter: Painter) -> None:
    blue = np.full((128, 128, 3), (30, 60, 200), np.uint8)
    (painting,) = painter.paint([order(1, Guide(blue, 0.4))], lambda *_: None)
    assert isinstance(painting.art, Picture)
    red, _, most = pixels(painting).reshape(-1, 3).mean(0)
    assert most > red + 60


def test_without_a_guide_it_varies_an_icon_and_names_it(painter: Painter) -> None:
    (first,) = painter.paint([order(1)], lambda *_: None)
    started = first.origin.icon
    assert started is not None
    assert "apple" in started.icon
    assert started.licence


def test_what_the_library_does_not_hold_is_refused_with_a_sentence(painter: Painter) -> None:
    with pytest.raises(NoUsableElement, match="the icon library holds nothing near"):
        painter.paint([replace(order(1), subject="qwxz")], lambda *_: None)


def test_another_scheduler_draws_another_picture(painter: Painter) -> None:
    other = icon_painter(scheduler=Scheduler.EULER_DISCRETE)
    (made,), (own,) = (one.paint([order(1)], lambda *_: None) for one in (other, painter))
    assert isinstance(made.art, Element)
    assert not np.array_equal(pixels(made), pixels(own))


@pytest.mark.parametrize("dtype", [Dtype.FLOAT16, Dtype.BFLOAT16])
def test_fewer_bits_draw_much_the_same(painter: Painter, dtype: Dtype) -> None:
    thrifty = icon_painter(dtype)
    (rough,), (exact,) = (one.paint([order(1)], lambda *_: None) for one in (thrifty, painter))
    assert thrifty.about().dtype == dtype.lower()
    # An outline may end a pixel further on.
    small, same = (squared(pixels(one), 128).astype(int) for one in (rough, exact))
    assert np.abs(small - same).mean() < 10
