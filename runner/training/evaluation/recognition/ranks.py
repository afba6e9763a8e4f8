"""How often the right subject is the first, or among the first five, of all. Pure; called by the judge's command."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_SHUFFLES: Final = 100
_FEW: Final = 5


@dataclass(frozen=True, slots=True)
class Share:
    """Of so many pictures."""

    pictures: int
    first: float
    """The share whose own subject no other is nearer than."""
    among_five: float
    """The share whose own subject at most four others are nearer than."""


def likeness_to_subjects(
    seen: NDArray[np.float32], answers: Sequence[NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Return how near each picture is to each subject: as near as to the nearest of its answers."""
    return np.stack([(seen @ directions.T).max(axis=1) for directions in answers], axis=1)


def share(likeness: NDArray[np.float32], own: Sequence[int]) -> Share:
    """Return how often the own subject of each picture comes first.

    Subjects that share an answer are equally near, and neither is nearer than the other.
    """
    rows = np.arange(len(own))
    nearer = (likeness > likeness[rows, list(own)][:, None]).sum(axis=1)
    return Share(len(own), float((nearer == 0).mean()), float((nearer < _FEW).mean()))


def shuffled(likeness: NDArray[np.float32], own: Sequence[int], seed: int) -> Share:
    """Return the same where each picture is taken for another's: the mean over a hundred shuffles."""
    chance = np.random.default_rng(seed)
    shares = [share(likeness, chance.permutation(own).tolist()) for _ in range(_SHUFFLES)]
    return Share(
        len(own),
        float(np.mean([one.first for one in shares])),
        float(np.mean([one.among_five for one in shares])),
    )
