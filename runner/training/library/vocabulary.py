"""The phrases by which each icon is found. Called by the build; pure but for reading concepts.txt."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from runner.training.library.sets import LibrarySet

CONCEPTS: Final = Path(__file__).with_name("concepts.txt")
_NAME: Final = 100
_CONCEPT: Final = 100
_NEXT: Final = 2
"""So much less than the one before it counts each further icon of a concept."""
_KEYWORD: Final = 88
_COMMONEST: Final = 14
"""A keyword that more labels share tells nothing: "nature", "food"."""

Weights = Mapping[str, Mapping[str, int]]
"""By label, and by phrase: how well the phrase tells the label, in percent."""


class UnknownIconError(Exception):
    """The concepts name a label that no set has."""


def weights(sets: Sequence[LibrarySet], concepts: str) -> Weights:
    """Return the phrases of every label.

    Raises:
        UnknownIconError: A concept names an icon that no set has.
    """
    found: dict[str, dict[str, int]] = {}
    for library_set in sets:
        for icon in library_set.chosen:
            phrases = found.setdefault(icon.label, {icon.label: _NAME})
            for keyword in library_set.keywords.get(icon.label, ()):
                phrases.setdefault(keyword, _KEYWORD)
    shared = Counter(phrase for phrases in found.values() for phrase in phrases)
    for label, phrases in found.items():
        found[label] = {
            phrase: weight
            for phrase, weight in phrases.items()
            if weight == _NAME or shared[phrase] <= _COMMONEST
        }
    for phrases, labels in parse(concepts):
        for place, label in enumerate(labels):
            if label not in found:
                raise UnknownIconError(f"no set has an icon called {label!r}, which shows {phrases[0]!r}")
            for phrase in phrases:
                found[label][phrase] = max(found[label].get(phrase, 0), _CONCEPT - _NEXT * place)
    return MappingProxyType(found)


def parse(concepts: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the concepts' lines: phrases, and the labels of what shows them, the best first."""
    lines = [line for line in concepts.splitlines() if line.strip() and not line.startswith("#")]
    halves = [line.rsplit(":", 1) for line in lines]
    return tuple(
        (
            tuple(phrase.strip() for phrase in phrases.split(";")),
            tuple(label.strip() for label in labels.split(",")),
        )
        for phrases, labels in halves
    )
