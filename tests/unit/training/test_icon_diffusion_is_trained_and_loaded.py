"""The whole of the training, small: drawn icons become weights that the runner loads and paints with."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from chartspark_api.metadata import Icon, Origin
from chartspark_runner.element import Element
from chartspark_runner.models.icon_diffusion.autoencoder import PatchAutoencoder, on_paper
from chartspark_runner.models.icon_diffusion.load import load_pipeline
from chartspark_runner.models.icon_diffusion.painter import IconDiffusionPainter
from chartspark_runner.painter import About, OnStep, Order, Painting, Picture

from runner.training.diffusion import export, prepare, train_autoencoder, train_unet
from runner.training.diffusion.captions import Shown

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

SHAPES = {
    "ball": '<circle cx="8" cy="8" r="7" fill="#d22"/>',
    "box": '<rect x="2" y="2" width="12" height="12" fill="#26c"/>',
    "tent": '<path d="M8 1 15 15 1 15Z" fill="#2a4"/>',
    "egg": '<ellipse cx="8" cy="8" rx="5" ry="7" fill="#fff"/>',
}


def icons() -> list[prepare.Icon]:
    return [
        prepare.Icon(
            prepare.draw(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{body}</svg>'),
            Shown(name, "flat", (), None, recoloured=False),
        )
        for name, body in SHAPES.items()
    ]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Threads that wait for each other take many times as long where others compute, too.
    torch.set_num_threads(1)
    folder, package = tmp_path_factory.mktemp("training"), tmp_path_factory.mktemp("package")
    prepare.save(icons(), folder)
    train_autoencoder.main(folder, steps=2)
    train_autoencoder.main(folder, steps=3)
    train_unet.main(folder, steps=1)
    train_unet.main(folder, steps=2)
    export.export(folder, package)
    return package


class OneIcon:
    """A library that holds a ball."""

    def paint(self, orders: Sequence[Order], _: OnStep) -> tuple[Painting, ...]:
        found = Icon(
            icon="ball",
            likeness=1,
            set="shapes 1",
            author="the test",
            licence="CC0-1.0",
            url="",
            attribution="",
        )
        ball = Painting(Element(icons()[0].pixels, 1.0), 0.0, Origin(icon=found))
        return (ball,) * len(orders)

    def about(self) -> About:
        return About("a ball", "cpu", 1, ())

    def peak_gpu_bytes(self) -> int:
        return 0


def test_what_was_trained_paints_in_the_runner(trained: Path) -> None:
    painter = IconDiffusionPainter(load_pipeline(trained), OneIcon(), OneIcon())
    order = Order("ball", "flat", "ball, flat icon", "", steps=2, seed=1)
    (painting,) = painter.paint([order], lambda *_: None)
    match painting.art:
        case Element(pixels):
            assert pixels.shape[-1] == 4
        case Picture(pixels):
            assert pixels.shape == (128, 128, 3)


def test_latents_of_the_training_icons_have_zero_mean_and_unit_variance(trained: Path) -> None:
    autoencoder = load_pipeline(trained).components["vae"]
    pictures = torch.from_numpy(np.stack([icon.pixels for icon in icons()])).permute(0, 3, 1, 2)
    with torch.inference_mode():
        latents = autoencoder.encode(on_paper(pictures)).latents
    assert latents.mean((0, 2, 3)).abs().max() < 0.05
    assert (latents.std((0, 2, 3)) - 1).abs().max() < 0.05


def test_a_decoder_is_trained_further_while_latents_stay(tmp_path: Path) -> None:
    torch.set_num_threads(1)
    prepare.save(icons(), tmp_path)
    train_autoencoder.main(tmp_path, steps=1)
    before = PatchAutoencoder.from_pretrained(tmp_path / "autoencoder").state_dict()
    (tmp_path / "autoencoder.ckpt").unlink()
    weights = tmp_path / "autoencoder" / "diffusion_pytorch_model.safetensors"
    train_autoencoder.main(tmp_path, steps=2, start=weights, decoder_only=True)
    after = PatchAutoencoder.from_pretrained(tmp_path / "autoencoder").state_dict()
    changed = {name for name, tensor in after.items() if not torch.equal(tensor, before[name])}
    assert changed
    assert all(name.startswith("decoder.") for name in changed)
