"""Compares phrases by their words, whatever their number. Pure; called by the icon library's build and by the grading of answers."""

import re


def words(phrase: str) -> frozenset[str]:
    """Return a phrase's words in the singular."""
    return frozenset(_singular(word) for word in re.findall(r"[a-z0-9']+", phrase.lower()))


def _singular(word: str) -> str:
    for ending, instead in (
        ("ies", "y"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
        ("ss", "ss"),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + instead
    return word
