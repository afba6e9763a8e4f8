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
    a adjusted adopted adults all an and are at base been built burnt by capacity captured cast categories category caught
    city cities closed coefficient cohort counted courses cut days deliveries delivered deviation during each eaten error estimate estimates employed enrolled exported exports felt filled forecast forecasts founded
    given group groups grown handled has have hatched her his hours household households in installed issued its kept launched left
    mined month months needed new nominal of old on open opened or ordered orders our over parameter parameters person picked planted poured published quantile quantiles
    received recorded registered repair reported residual respondents response responses returning revenue sample score scored scores seasonally seen sent sighted signed slaughtered
    spending spent sprayed squares standard streamed subtotal sum tagged taken the their to turnover unspecified used users variable variables variance visited visits week weighted weeks wild with worn yield yields
    """.split()  # noqa: SIM905 - as in `words`
)

WHOLE: Final = 1.0
HEAD: Final = 0.98
CORE: Final = 0.97
CORE_OF_ALL: Final = 0.9
WORD: Final = 0.7


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
    leading = head(words)
    core = [word for word in leading if word not in _PASSED_OVER]
    found = {plain: WHOLE}
    if core:
        found.setdefault(" ".join(leading), HEAD)
        found.setdefault(" ".join(core), CORE)
        found.setdefault(" ".join(map(_singular, core)), CORE)
    elif rest := [word for word in words if word not in _PASSED_OVER | _PREPOSITIONS]:
        found.setdefault(" ".join(rest), CORE_OF_ALL)
    whole = tuple(Reading(phrase, weight, whole=True) for phrase, weight in found.items() if phrase)
    single = tuple(Reading(word, WORD, whole=False) for word in dict.fromkeys(core) if word not in found)
    return whole + single


def _singular(word: str) -> str:
    """Return the word in the singular, as names of icons are. What is wrong now and then costs nothing: it is one of several."""
    if word.endswith("ies"):
        return word.removesuffix("ies") + "y"
    return word if word.endswith(("ss", "us", "is")) else word.removesuffix("s")


def head(words: list[str]) -> list[str]:
    """Return the words before the first preposition."""
    for place, word in enumerate(words):
        if place and word in _PREPOSITIONS:
            return words[:place]
    return words
