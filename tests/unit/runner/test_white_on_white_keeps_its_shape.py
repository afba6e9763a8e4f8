import numpy as np
import pytest
import torch
from chartspark_runner.element import Element
from chartspark_runner.embed import Unusable
from chartspark_runner.models.icon_diffusion.autoencoder import on_paper
from chartspark_runner.models.icon_diffusion.finish import finish
from chartspark_runner.models.icon_diffusion.load import SIDE, WEIGHTS, components
from chartspark_runner.picture import Pixels

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


def disc(colour: tuple[int, int, int], radius: int = 44) -> Pixels:
    rows, columns = np.mgrid[:SIDE, :SIDE] - SIDE / 2
    inside = np.hypot(rows, columns) < radius
    picture = np.zeros((SIDE, SIDE, 4), np.uint8)
    picture[inside] = (*colour, 255)
    return picture


def decoded(icon: Pixels) -> np.ndarray:
    autoencoder = components(WEIGHTS)["vae"]
    with torch.inference_mode():
        seen = on_paper(torch.from_numpy(icon).permute(2, 0, 1)[None])
        shares = (autoencoder.decode_with_alpha(autoencoder.encode(seen).latents) + 1) / 2
    return shares[0].permute(1, 2, 0).clamp(0, 1).numpy()


@pytest.mark.parametrize("colour", [(255, 255, 255), (250, 250, 248), (220, 40, 40)])
def test_a_disc_stays_a_disc(colour: tuple[int, int, int]) -> None:
    element = finish(decoded(disc(colour)))
    assert isinstance(element, Element)
    height, width = element.pixels.shape[:2]
    assert abs(height - 88) <= 4
    assert abs(width - 88) <= 4
    covered = (element.pixels[..., 3] > 127).mean()
    assert abs(covered - np.pi / 4) < 0.05
    assert np.abs(element.pixels[30:-30, 30:-30, :3].mean((0, 1)) - colour).max() < 12


def test_nothing_and_everything_are_refused() -> None:
    nothing, everything = np.ones((SIDE, SIDE, 4), np.float32), np.ones((SIDE, SIDE, 4), np.float32)
    nothing[..., 3] = 0
    for picture, told in ((nothing, "empty"), (everything, "no outline")):
        unusable = finish(picture)
        assert isinstance(unusable, Unusable)
        assert told in unusable.why


def test_specks_are_swept_away_and_the_rest_is_cropped() -> None:
    picture = np.zeros((SIDE, SIDE, 4), np.float32)
    picture[40:80, 30:90] = (0.8, 0.1, 0.1, 1)
    picture[2:4, 2:4, 3] = 1
    element = finish(picture)
    assert isinstance(element, Element)
    assert element.pixels.shape == (40, 60, 4)
