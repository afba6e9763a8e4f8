"""Finds icons by meaning. Called by the icon painter; pure.

A label is as near to a subject as the nearest of its phrases. A phrase counts by the best reading of the
subject and by the mean of the readings that keep its words together: the best alone would take any word
for the subject, the mean alone would lose "wheat" in "wheat yield per hectare".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chartspark_runner.models.icons.library import Index
from chartspark_runner.models.icons.reading import Reading, head
from chartspark_runner.models.icons.styles import Style

Encode = Callable[[tuple[str, ...]], NDArray[np.float32]]

ENOUGH: Final = 0.6
"""Below this an icon shows something else: docs/elements/icons.md says how the number was found."""
NEAR: Final = 0.07
"""What is further from the best than this is no alternative to it."""
_BEST: Final = 0.6
"""The share of the best reading."""


@dataclass(frozen=True, slots=True)
class Find:
    """An icon, and how near it is."""

    label: int
    icon_set: int
    likeness: float
    """From 0 to 1: of the label to the subject."""
    rank: float
    """The likeness, less what the style says against the set."""


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found."""

    usable: tuple[Find, ...]
    """The best first. None: nothing is near enough."""
    nearest: tuple[Find, ...]
    """One per label, the best first, usable or not."""


def search(index: Index, readings: tuple[Reading, ...], style: Style, encode: Encode) -> Finds:
    """Return what shows a subject, in a style."""
    likeness = _likeness(index, readings, encode)
    hundred = np.argsort(-likeness, kind="stable")[:100]
    named = any(
        names(index.labels[label], readings)
        and any(style.wants(index.sets[place]) for place in index.label_sets[label])
        for label in hundred
    )
    finds = sorted(
        (
            Find(
                int(label),
                place,
                float(likeness[label]),
                float(likeness[label]) - style.against(index.sets[place], named=named),
            )
            for label in hundred
            for place in index.label_sets[label]
        ),
        key=lambda find: (-find.rank, find.label, find.icon_set),
    )
    best_of_label: dict[int, Find] = {}
    for find in finds:
        best_of_label.setdefault(find.label, find)
    usable = [find for find in finds if find.likeness >= ENOUGH]
    near = tuple(find for find in usable if find.rank >= usable[0].rank - NEAR)
    return Finds(near, tuple(best_of_label.values()))


def names(label: str, readings: tuple[Reading, ...]) -> bool:
    """Return whether a label is the name of the subject, or of a kind of it: a red apple is an apple.

    A wind chime is no wind, and a leaf in the wind is none either.
    """
    words = head(label.split())
    return any(
        words[-1:] == reading.phrase.split()[-1:] and set(reading.phrase.split()) <= set(words)
        for reading in readings
        if reading.whole
    )


def _likeness(index: Index, readings: tuple[Reading, ...], encode: Encode) -> NDArray[np.float32]:
    directions = encode(tuple(reading.phrase for reading in readings))
    similarity = directions @ index.directions.T
    weights = np.array([[reading.weight] for reading in readings], np.float32)
    whole = np.array([reading.whole for reading in readings])
    best = (similarity * weights).max(axis=0)
    of_phrases = _BEST * best + (1 - _BEST) * similarity[whole].mean(axis=0)
    of_labels = np.zeros(len(index.labels), np.float32)
    np.maximum.at(of_labels, index.link_labels, of_phrases[index.link_phrases] * index.link_weights)
    return of_labels
