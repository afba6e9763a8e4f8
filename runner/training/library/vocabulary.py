"""The phrases by which each icon is found. Called by the build; pure but for reading concepts.txt."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from runner.training.library.sets import LibrarySet
from runner.training.wording import words

CONCEPTS: Final = Path(__file__).with_name("concepts.txt")
_NAME: Final = 98
_CONCEPT: Final = 100
"""Above a name: "wind power" names a fan, and the concept says turbine."""
_NEXT: Final = 10
"""So much less than the one before it counts each further icon of a concept: more than a style has against any set."""
_SAID: Final = 96
"""Of a keyword whose words the label says itself."""
_KEYWORD: Final = 80
_OF_ANOTHER: Final = 70
"""Of a keyword that other labels say: "apple" is a keyword of the watch, and the red apple says it."""
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
            told = found.setdefault(icon.label, {icon.label: _NAME})
            for keyword in library_set.keywords.get(icon.label, ()):
                told.setdefault(keyword, _KEYWORD)
    said = frozenset[str]().union(*(words(label) for label in found))
    shared = Counter(phrase for told in found.values() for phrase in told)
    for label, told in found.items():
        found[label] = {
            phrase: weight if weight == _NAME else _keyword(words(label), words(phrase), said)
            for phrase, weight in told.items()
            if weight == _NAME or shared[phrase] <= _COMMONEST
        }
    for phrases, labels in parse(concepts):
        for place, label in enumerate(labels):
            if label not in found:
                raise UnknownIconError(f"no set has an icon called {label!r}, which shows {phrases[0]!r}")
            for phrase in phrases:
                found[label][phrase] = max(found[label].get(phrase, 0), _CONCEPT - _NEXT * place)
    return MappingProxyType(found)


def _keyword(label: frozenset[str], keyword: frozenset[str], said: frozenset[str]) -> int:
    if keyword <= label:
        return _SAID
    return _OF_ANOTHER if len(keyword) == 1 and keyword <= said else _KEYWORD


def named(concepts: str) -> frozenset[str]:
    """Return the labels that the concepts name."""
    return frozenset(label for _, labels in parse(concepts) for label in labels)


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
