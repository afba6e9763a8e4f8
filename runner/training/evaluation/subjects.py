"""Reads the subjects that elements are judged by. Knows nothing about what draws them."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject in the words of a chart's title."""

    words: str
    answers: tuple[str, ...]
    """What a reader may call a picture of it."""


def subjects(name: str = "subjects") -> tuple[Subject, ...]:
    """Return the subjects of a file beside this one."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Subject(row["subject"], tuple(answer.strip() for answer in row["answers"].split(";")))
            for row in csv.DictReader(file)
        )


def misses(source: str) -> frozenset[str]:
    """Return the subjects whose picture the reader called by none of the answers; `answers/` has what was said of each source."""
    with (HERE / "answers" / f"{source}.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["subject"] for row in csv.DictReader(file) if row["right"] == "no")


def undrawable() -> tuple[str, ...]:
    """Return the phrases that nothing should be drawn for."""
    return tuple((HERE / "undrawable.txt").read_text(encoding="utf-8").splitlines())
