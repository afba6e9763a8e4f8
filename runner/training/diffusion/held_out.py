"""Which concepts an evaluation checkpoint never sees. Called by `prepare` and by the evaluation.

A concept is a subject of the evaluation with every name that its pictures may go by: synonyms and near names.
Beside each stands a subject of the same kind that is learnt as usual, to compare with.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from runner.training.diffusion.captions import Shown
from runner.training.evaluation.grading import is_right

_LIST: Final = Path(__file__).with_name("held-out-concepts.csv")


@dataclass(frozen=True, slots=True)
class Concept:
    """What is held out, and what is not."""

    subject: str
    """One of the subjects of the evaluation."""
    beside: str
    """Another of them, which is learnt."""
    names: tuple[str, ...]
    """An icon that is called one of these, or has one as a keyword, is left out of the training."""


def concepts() -> tuple[Concept, ...]:
    """Return the committed list."""
    with _LIST.open(encoding="utf-8", newline="") as file:
        return tuple(
            Concept(row["subject"], row["beside"], tuple(name.strip() for name in row["names"].split(";")))
            for row in csv.DictReader(file)
        )


def is_held_out(shown: Shown, held_out: Sequence[Concept]) -> bool:
    """Return whether an icon shows one of the concepts, by its name or by any of its other words."""
    return any(is_right(word, concept.names) for word in (shown.name, *shown.words) for concept in held_out)
