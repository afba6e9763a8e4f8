"""What a subject's words may mean: the phrases that an icon is looked for by. Called by the search; pure.

A subject comes in the words of a title. "Fish caught in the North Sea" is about fish: words about charts say
nothing that could be drawn, and what follows a preposition only says where or when.
"""

import re
from dataclasses import dataclass
from typing import Final

from chartspark_runner.chart_words import CHART_WORDS

_PREPOSITIONS: Final = frozenset(
    "above across after among as at before below between by during for from in left near on per since than through to under with".split()  # noqa: SIM905 - as in `words`
)
_PASSED_OVER: Final = CHART_WORDS | frozenset(
    """
    a adopted adults all an and are at been built burnt by capacity captured cast caught city cities closed counted
    cut days deliveries delivered during each eaten employed enrolled exported exports felt filled founded
    given grown handled has have hatched her his hours household households in installed issued its kept launched left
    mined month months needed new old on open opened or ordered orders our over person picked planted poured published
    received recorded registered repair reported returning revenue scored seen sent sighted signed slaughtered
    spending spent sprayed streamed tagged taken the their to turnover used users visited visits week weeks wild with worn
    """.split()  # noqa: SIM905 - as in `words`
)

WHOLE: Final = 1.0
HEAD: Final = 0.98
CORE: Final = 0.97
CORE_OF_ALL: Final = 0.9
WORD: Final = 0.85


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase, and from 0 to 1 how far it stands for the subject."""

    phrase: str
    weight: float
    whole: bool
    """Whether it keeps what the subject's words mean together."""


def readings(subject: str) -> tuple[Reading, ...]:
    """Return the ways to read a subject, the whole of it first."""
    plain = subject.lower().replace("-", " ")
    words = re.findall(r"[\w']+", plain)
    head = _head(words)
    core = [word for word in head if word not in _PASSED_OVER]
    found = {plain: WHOLE}
    found.setdefault(" ".join(head), HEAD)
    if core:
        found.setdefault(" ".join(core), CORE)
    elif rest := [word for word in words if word not in _PASSED_OVER | _PREPOSITIONS]:
        found.setdefault(" ".join(rest), CORE_OF_ALL)
    whole = tuple(Reading(phrase, weight, whole=True) for phrase, weight in found.items() if phrase)
    single = tuple(Reading(word, WORD, whole=False) for word in dict.fromkeys(core) if word not in found)
    return whole + single


def _head(words: list[str]) -> list[str]:
    """Return the words before the first preposition."""
    for place, word in enumerate(words):
        if place and word in _PREPOSITIONS:
            return words[:place]
    return words
