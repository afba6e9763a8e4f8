"""Draws concepts that a checkpoint never saw, and others that it learnt: python -m runner.training.diffusion.evaluate_held_out WEIGHTS OUT.

WEIGHTS holds autoencoder, unet and scheduler, trained on what `prepare --hold-out` left. Each subject is drawn from
the library's icon, as charts do it, and from words alone. Writes a sheet with captions, and sheets for a reader.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
import typer
from chartspark_runner.element import Element
from chartspark_runner.errors import NoUsableElement
from chartspark_runner.models.icon_diffusion.finish import finish
from chartspark_runner.models.icon_diffusion.load import GUIDANCE, load_pipeline
from chartspark_runner.models.icon_diffusion.painter import IconDiffusionPainter
from chartspark_runner.models.icons.painter import open_icon_painter
from chartspark_runner.painter import Order
from diffusers.pipelines.pipeline_utils import DiffusionPipeline
from PIL import Image

from runner.training.diffusion.held_out import concepts
from runner.training.evaluation.reading import Shown, write_sheets
from runner.training.evaluation.sheet import Cell, draw

_STEPS = 20
_STYLE = "flat"
Draw = Callable[[str], Image.Image | None]
"""From a subject to its element, if one can be cut out."""


def from_icon(pipeline: DiffusionPipeline, seed: int) -> Draw:
    """Draw as charts do: a part of the library's icon anew."""
    icons = open_icon_painter(1)
    painter = IconDiffusionPainter(pipeline, icons, icons)

    def drawn(subject: str) -> Image.Image | None:
        try:
            (painting,) = painter.paint([_order(subject, seed)], lambda *_: None)
        except NoUsableElement:
            return None
        return Image.fromarray(painting.art.pixels) if isinstance(painting.art, Element) else None

    return drawn


def from_words(pipeline: DiffusionPipeline, seed: int) -> Draw:
    """Draw from noise alone, by the library's word for the subject."""
    icons = open_icon_painter(1)
    pipe: Any = pipeline
    pipe.set_progress_bar_config(disable=True)

    def drawn(subject: str) -> Image.Image | None:
        (painting,) = icons.paint([_order(subject, seed)], lambda *_: None)
        icon = painting.origin.icon
        assert icon is not None  # noqa: S101 - the library's paintings are icons
        latents = pipe(
            f"{icon.icon}, {_STYLE} icon",
            num_inference_steps=_STEPS,
            guidance_scale=GUIDANCE,
            generator=torch.Generator().manual_seed(seed),
            output_type="latent",
        ).images
        with torch.inference_mode():
            decoded = pipe.vae.decode_with_alpha(latents)[0].float().permute(1, 2, 0).numpy()
        element = finish(np.clip((decoded + 1) / 2, 0, 1))
        return Image.fromarray(element.pixels) if isinstance(element, Element) else None

    return drawn


def _order(subject: str, seed: int) -> Order:
    return Order(subject, _STYLE, f"{subject}, {_STYLE} icon", "", _STEPS, seed)


def main(weights: Path, out: Path, seed: int = 1) -> None:
    """Draw, and write the sheets."""
    torch.set_num_threads(1)
    pipeline = load_pipeline(weights)
    ways: dict[str, Draw] = {
        "from its icon": from_icon(pipeline, seed),
        "from words": from_words(pipeline, seed),
    }
    shown = [
        Shown(subject, f"{seen}, {way}", drawn(subject))
        for concept in concepts()
        for seen, subject in (("held out", concept.subject), ("learnt", concept.beside))
        for way, drawn in ways.items()
    ]
    write_sheets(shown, seed, out)
    cells = [
        Cell(one.subject, one.picture, miss=one.picture is None, held_out=one.group.startswith("held out"))
        for one in shown
    ]
    draw(cells, columns=8, lines=2).quantize(256).save(out / "held-out.png", optimize=True)


if __name__ == "__main__":
    typer.run(main)
