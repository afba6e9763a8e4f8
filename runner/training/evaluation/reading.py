"""Sheets for a reader who names pictures without having seen the subjects, and the key to what was said.

Called by the commands that judge elements; knows nothing about what made them.
"""

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

from runner.training.evaluation.grading import alternatives, is_right
from runner.training.evaluation.sheet import Cell, draw
from runner.training.evaluation.subjects import Subject

_PER_SHEET: Final = 20


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A picture that is to be named."""

    subject: str
    group: str
    """What made it, and how: answers are counted by it."""
    picture: Image.Image | None
    """RGBA. None: nothing was drawn."""


@dataclass(frozen=True, slots=True)
class Graded:
    """What a reader said of one picture."""

    number: str
    group: str
    subject: str
    answer: str
    right: bool
    """By what was said first."""
    right_besides: bool
    """By anything that was said."""


def write_sheets(shown: Sequence[Shown], seed: int, out: Path) -> None:
    """Write numbered sheets in an order drawn from the seed, a table for the answers, and the key."""
    out.mkdir(parents=True, exist_ok=True)
    shuffled = random.Random(seed).sample(shown, len(shown))  # noqa: S311 - an order needs no secrecy
    numbered = list(enumerate(shuffled, start=1))
    for first in range(0, len(numbered), _PER_SHEET):
        cells = [Cell(str(number), one.picture) for number, one in numbered[first : first + _PER_SHEET]]
        draw(cells, columns=5, lines=1).save(out / f"sheet-{first // _PER_SHEET + 1:02}.png")
    _write(out / "answers.csv", ("number", "answer"), [(number, "") for number, _ in numbered])
    key = [(number, seed, one.group, one.subject) for number, one in numbered]
    _write(out / "key.csv", ("number", "seed", "group", "subject"), key)


def graded(key: Path, answers: Path, subjects: Mapping[str, Subject]) -> tuple[Graded, ...]:
    """Compare what a reader said with the answers that were written down beforehand."""
    said = {row["number"]: row["answer"] for row in _rows(answers)}
    return tuple(
        _graded(row, said.get(row["number"], ""), subjects[row["subject"]].answers) for row in _rows(key)
    )


def _graded(row: Mapping[str, str], said: str, answers: tuple[str, ...]) -> Graded:
    return Graded(
        row["number"],
        row["group"],
        row["subject"],
        said,
        is_right(alternatives(said)[0], answers),
        is_right(said, answers),
    )


def _write(path: Path, head: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
