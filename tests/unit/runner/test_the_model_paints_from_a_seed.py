import numpy as np
import pytest
from chartspark_api.model import Device, Model
from chartspark_runner.generate import DiffusionPainter, open_painter
from chartspark_runner.painter import Order, Painting, Picture
from chartspark_runner.picture import Pixels

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


@pytest.fixture(scope="module")
def painter() -> DiffusionPainter:
    return open_painter(Model(device=Device.CPU), {"OMP_NUM_THREADS": "1"})


def order(seed: int) -> Order:
    return Order(
        subject="red apple",
        style="flat",
        prompt="red apple, flat icon",
        negative_prompt="blue",
        steps=3,
        guidance_scale=4.0,
        seed=seed,
    )


def pixels(painting: Painting) -> Pixels:
    assert isinstance(painting.art, Picture)
    return painting.art.pixels


def test_one_seed_is_one_picture_and_another_is_another(painter: DiffusionPainter) -> None:
    steps: list[tuple[int, int]] = []
    first = painter.paint(order(1), lambda done, total: steps.append((done, total)))
    again = painter.paint(order(1), lambda *_: None)
    other = painter.paint(order(2), lambda *_: None)
    assert pixels(first).shape == (128, 128, 3)
    assert np.array_equal(pixels(first), pixels(again))
    assert not np.array_equal(pixels(first), pixels(other))
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_every_file_of_weights_is_named_with_its_digest(painter: DiffusionPainter) -> None:
    files = painter.about().files
    assert len(files) == 3
    assert all(len(file.sha256) == 64 for file in files)
