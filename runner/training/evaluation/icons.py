"""Judges the icon library: `python -m runner.training.evaluation.icons sheet|naming|grade|labels`.

A reader names the pictures of shuffled sheets without having seen the captions; `grade` compares what they
said with the answers that were written down before anything was drawn.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer
from chartspark_runner.errors import NoUsableElement
from chartspark_runner.models.icons.painter import IconPainter, open_icon_painter
from chartspark_runner.painter import Order, Painting
from PIL import Image

from runner.training.evaluation.grading import is_right
from runner.training.evaluation.reading import Shown, graded, write_sheets
from runner.training.evaluation.sheet import Cell, draw
from runner.training.evaluation.subjects import Subject, misses, subjects, undrawable

app = typer.Typer(add_completion=False, no_args_is_help=True)


def _paint(painter: IconPainter, subject: str, seed: int, style: str = "flat") -> Painting | None:
    order = Order(
        subject=subject, style=style, prompt="", negative_prompt="", steps=1, guidance_scale=1.0, seed=seed
    )
    try:
        return painter.paint([order], lambda _done, _steps: None)[0]
    except NoUsableElement:
        return None


def _picture(painting: Painting | None) -> Image.Image | None:
    if painting is None or not hasattr(painting.art, "drawing"):
        return None
    return Image.fromarray(painting.art.pixels, "RGBA")


@app.command()
def sheet(
    out: Path = Path("docs/elements/icons.png"), seed: int = 2027, style: str = "flat", name: str = "subjects"
) -> None:
    """Draw every subject with its caption, misses marked."""
    painter = open_icon_painter(1)
    missed = misses("icons")
    cells = []
    for subject in subjects(name):
        picture = _picture(_paint(painter, subject.words, seed, style))
        cells.append(Cell(subject.words, picture, miss=picture is None or subject.words in missed))
    out.parent.mkdir(parents=True, exist_ok=True)
    draw(cells, columns=15, lines=2).quantize(256).save(out, optimize=True)


@app.command()
def naming(folder: Path, seed: int = 1) -> None:
    """Write shuffled sheets without captions, and the key that tells which picture shows which subject."""
    painter = open_icon_painter(1)
    write_sheets(
        [
            Shown(subject.words, "Icons", _picture(_paint(painter, subject.words, seed)))
            for subject in subjects()
        ],
        seed,
        folder,
    )


@app.command()
def grade(
    key: Annotated[Path, typer.Argument(help="As it was written beside the sheets.")],
    answers: Annotated[Path, typer.Argument(help="What the reader said: number, answer.")],
) -> None:
    """Say how many of the reader's answers are right by what was said first, list the others, and count what was said besides."""
    told = graded(key, answers, {subject.words: subject for subject in subjects()})
    for one in told:
        if not one.right:
            sys.stdout.write(f"{one.number:>4} {one.group}: {one.subject}: {one.answer!r}\n")
    for group in sorted({one.group for one in told}):
        some = [one for one in told if one.group == group]
        right, besides = sum(one.right for one in some), sum(one.right_besides for one in some)
        sys.stdout.write(f"{group}: {right} of {len(some)} right, {besides} with all that was said\n")


@app.command()
def labels(name: str = "subjects", seed: int = 1) -> None:
    """Say what is found for every subject, and for what nothing should be drawn for. A quick look, no verdict."""
    painter = open_icon_painter(1)
    asked = subjects(name)
    right = sum(_tell(painter, subject, seed) for subject in asked)
    drawn = 0
    for words in undrawable():
        painting = _paint(painter, words, seed)
        drawn += painting is not None
        if painting is not None:
            sys.stdout.write(f"!! {words}: {painting.origin.icon}\n")
    sys.stdout.write(
        f"{right} of {len(asked)} labels are among the answers; {drawn} of {len(undrawable())} "
        "phrases were drawn that should not be\n"
    )


def _tell(painter: IconPainter, subject: Subject, seed: int) -> bool:
    painting = _paint(painter, subject.words, seed)
    icon = None if painting is None else painting.origin.icon
    label = "nothing" if icon is None else icon.icon
    right = is_right(label, subject.answers)
    likeness = "" if icon is None else icon.likeness
    sys.stdout.write(f"{'ok' if right else '--'} {subject.words}: {label} {likeness}\n")
    return right


if __name__ == "__main__":
    app()
