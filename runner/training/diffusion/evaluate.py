"""Draws and measures what IconDiffusion makes of the 200 subjects: python -m runner.training.diffusion.evaluate FOLDER OUT.

FOLDER holds the prepared icons. Writes a sheet with captions, figures.json, and for a reader who is to name them
shuffled sheets without captions, as `runner.training.evaluation.icons` does and grades.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import typer
from chartspark_api.model import Device, Model, ModelName, Sampling
from chartspark_runner.element import Element
from chartspark_runner.errors import NoUsableElement
from chartspark_runner.generate.opening import open_painter
from chartspark_runner.models.icon_diffusion.load import WEIGHTS, components
from chartspark_runner.painter import Order, Painter
from PIL import Image

from runner.training.diffusion import icons
from runner.training.diffusion.held_out import concepts
from runner.training.diffusion.measures import Thumbnails, between, haze, psnr, thumbnails
from runner.training.evaluation.reading import Shown, write_sheets
from runner.training.evaluation.sheet import Cell, draw
from runner.training.evaluation.subjects import misses, subjects

_STEPS = 20
_SEEDS = 4
_EVERY = 10
"""One in so many subjects is drawn from several seeds."""
_SAMPLE = 200
"""Of the training icons, how many are compared with the others, and how many go through the autoencoder."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What came of a subject."""

    subject: str
    element: Element | None
    """None: the library holds nothing near, or nothing usable was drawn."""

    @property
    def picture(self) -> Image.Image | None:
        """The element as a sheet shows it."""
        return None if self.element is None else Image.fromarray(self.element.pixels)


def drawn(painter: Painter, subject: str, seed: int) -> Drawn:
    """Draw a subject."""
    order = Order(subject, "flat", f"{subject}, flat icon", "", _STEPS, seed)
    try:
        (painting,) = painter.paint([order], lambda *_: None)
    except NoUsableElement:
        return Drawn(subject, None)
    return Drawn(subject, painting.art if isinstance(painting.art, Element) else None)


def figures(made: Sequence[Drawn], again: Sequence[Sequence[Drawn]], known: Thumbnails) -> dict[str, float]:
    """Return what can be counted of drawings, and of the same subjects drawn from several seeds."""
    elements = [one.element for one in made if one.element is not None]
    small = thumbnails([element.pixels for element in elements])
    nearest = [between(one[None], known).min() for one in small]
    seeds = [thumbnails([one.element.pixels for one in row if one.element is not None]) for row in again]
    among = [np.partition(between(one[None], known), 1)[1] for one in known[:: max(1, len(known) // _SAMPLE)]]
    return {
        "subjects": len(made),
        "drawn": len(elements),
        "haze": round(float(np.mean([haze(element.pixels) for element in elements])), 4),
        "differenceOfSeeds": round(float(np.mean([_apart(row) for row in seeds if len(row) > 1])), 2),
        "differenceOfSubjects": round(_apart(small), 2),
        "nearestTrainingIcon": round(float(np.mean(nearest)), 2),
        "nearestOtherAmongTrainingIcons": round(float(np.mean(among)), 2),
    }


def _apart(small: Thumbnails) -> float:
    pairs = [between(small[place][None], small[place + 1 :]) for place in range(len(small) - 1)]
    return float(np.concatenate(pairs).mean())


def sheet(made: Sequence[Drawn]) -> Image.Image:
    """Return all drawings with captions, misses and held-out concepts marked."""
    missed = misses("diffusion")
    held_out = {concept.subject for concept in concepts()}
    cells = [
        Cell(
            one.subject,
            one.picture,
            miss=one.element is None or one.subject in missed,
            held_out=one.subject in held_out,
        )
        for one in made
    ]
    return draw(cells, columns=15, lines=2).quantize(256)


def main(folder: Path, out: Path, seed: int = 1) -> None:
    """Draw, measure, and write sheets."""
    model = Model(name=ModelName.ICON_DIFFUSION, device=Device.CPU)
    painter = open_painter(model, Sampling(), None, {"OMP_NUM_THREADS": "1"}, painted=False)
    wanted = [subject.words for subject in subjects()]
    out.mkdir(parents=True, exist_ok=True)
    made = [drawn(painter, subject, seed) for subject in wanted]
    sheet(made).save(out / "diffusion.png", optimize=True)
    write_sheets([Shown(one.subject, "IconDiffusion", one.picture) for one in made], seed, out)
    again = [[drawn(painter, subject, seed + n) for n in range(_SEEDS)] for subject in wanted[::_EVERY]]
    pictures = np.load(folder / "icons.npy", mmap_mode="r")
    own = [place for place, shown in enumerate(icons.load_shown(folder)) if not shown.recoloured]
    known = thumbnails([np.asarray(pictures[place]) for place in own])
    some = own[:: max(1, len(own) // _SAMPLE)]
    told = figures(made, again, known) | {"psnr": round(psnr(components(WEIGHTS)["vae"], pictures, some), 2)}
    (out / "figures.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
