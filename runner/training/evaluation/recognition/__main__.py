"""Trains the judge, and lets it say what elements show: python -m runner.training.evaluation.recognition FOLDER.

FOLDER takes the drawn icons and the judge, and is gone on from. Writes recognition.json and prints a table:
the ceiling is icons of the judge's own sets that it did not learn, the floor is the elements of Icons shuffled.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Final

import numpy as np
import torch
import typer
from chartspark_runner.element import Element
from chartspark_runner.errors import NoUsableElement
from chartspark_runner.models.icon_diffusion.load import WEIGHTS, load_pipeline
from chartspark_runner.models.icon_diffusion.painter import IconDiffusionPainter
from chartspark_runner.models.icons.encoder import FOLDER as ENCODER
from chartspark_runner.models.icons.painter import open_icon_painter
from chartspark_runner.painter import Order, Painter
from chartspark_runner.picture import Pixels
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from torch import Tensor

from runner.training.diffusion.held_out import concepts
from runner.training.evaluation.recognition.icons import captioned, framed, kept_aside
from runner.training.evaluation.recognition.network import Judge, on_white, train
from runner.training.evaluation.recognition.ranks import Share, likeness_to_subjects, share, shuffled
from runner.training.evaluation.subjects import Subject, subjects
from runner.training.sources import fetch

_STEPS: Final = 12_000
_DRAWING_STEPS: Final = 20
Pictures = Mapping[str, Pixels]
"""By subject."""


def prepare(folder: Path) -> tuple[Tensor, list[str]]:
    """Return the judge's icons and their names, drawing them if no run has yet."""
    pictures, names = folder / "pictures.npy", folder / "names.json"
    if not names.exists():
        folder.mkdir(parents=True, exist_ok=True)
        icons = list(captioned(fetch()))
        np.save(pictures, np.stack([icon.pixels for icon in icons]))
        names.write_text(json.dumps([icon.name for icon in icons]), encoding="utf-8")
    return torch.from_numpy(np.load(pictures)).permute(0, 3, 1, 2), json.loads(
        names.read_text(encoding="utf-8")
    )


def painted(painter: Painter, seed: int) -> Pictures:
    """Return an element of each subject that the painter makes one of."""
    found = {}
    for subject in subjects():
        order = Order(subject.words, "flat", f"{subject.words}, flat icon", "", _DRAWING_STEPS, seed)
        try:
            (painting,) = painter.paint([order], lambda *_: None)
        except NoUsableElement:
            continue
        if isinstance(painting.art, Element):
            found[subject.words] = framed(painting.art.pixels)
    return found


class Court:
    """The judge, and the subjects that it chooses among."""

    def __init__(self, judge: Judge, asked: Sequence[Subject], encoder: SentenceTransformer) -> None:
        self._judge = judge
        self._places = {subject.words: place for place, subject in enumerate(asked)}
        self._answers = [encoder.encode(list(subject.answers)) for subject in asked]

    def likeness(self, pictures: Pictures) -> tuple[NDArray[np.float32], list[int]]:
        """Return how near each picture is to each subject, and which is its own."""
        seen = torch.from_numpy(np.stack(list(pictures.values()))).permute(0, 3, 1, 2)
        with torch.inference_mode():
            directions = self._judge(on_white(seen)).numpy()
        return likeness_to_subjects(directions, self._answers), [self._places[words] for words in pictures]


def main(
    folder: Path,
    weights: Annotated[Path, typer.Option(help="of IconDiffusion: autoencoder, unet, scheduler")] = WEIGHTS,
    steps: int = _STEPS,
    seed: int = 1,
) -> None:
    """Train, judge, and tell."""
    torch.manual_seed(seed)
    # Threads that wait for each other take many times as long where others compute, too.
    torch.set_num_threads(1)
    pictures, names = prepare(folder)
    asked = subjects()
    aside = kept_aside(names, asked, seed)
    encoder = SentenceTransformer(str(ENCODER), device="cpu")
    distinct = sorted(set(names))
    directions = torch.from_numpy(encoder.encode(distinct, batch_size=256))
    learnt = sorted(set(range(len(names))) - set(aside.values()))
    places = torch.tensor([distinct.index(names[place]) for place in learnt])
    judge = train(pictures[learnt], places, directions, steps, folder / "judge.ckpt")
    court = Court(judge, asked, encoder)
    icons = open_icon_painter(torch.get_num_threads())
    told: dict[str, Share] = {}
    ceiling = {words: pictures[place].permute(1, 2, 0).numpy() for words, place in aside.items()}
    told["icons of the judge's sets that it did not learn"] = share(*court.likeness(ceiling))
    chosen = painted(icons, seed)
    told["Icons"] = share(*court.likeness(chosen))
    drawn = painted(IconDiffusionPainter(load_pipeline(weights), icons, icons), seed)
    told["IconDiffusion"] = share(*court.likeness(drawn))
    for what, few in _compared().items():
        told[f"IconDiffusion, {what}"] = share(
            *court.likeness({words: picture for words, picture in drawn.items() if words in few})
        )
    told["Icons, shuffled"] = shuffled(*court.likeness(chosen), seed)
    _tell(told, len(learnt), folder / "recognition.json")


def _compared() -> dict[str, frozenset[str]]:
    """Return the subjects that an evaluation checkpoint never sees, and as many others of the same kinds."""
    return {
        "subjects of held-out-concepts.csv": frozenset(concept.subject for concept in concepts()),
        "the subjects beside them": frozenset(concept.beside for concept in concepts()),
    }


def _tell(told: Mapping[str, Share], learnt: int, out: Path) -> None:
    content: dict[str, Any] = {"learnt": learnt, "judged": {what: asdict(one) for what, one in told.items()}}
    out.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write("| what | pictures | top-1 | top-5 |\n| --- | --- | --- | --- |\n")
    for what, one in told.items():
        sys.stdout.write(f"| {what} | {one.pictures} | {one.first:.0%} | {one.among_five:.0%} |\n")


if __name__ == "__main__":
    typer.run(main)
