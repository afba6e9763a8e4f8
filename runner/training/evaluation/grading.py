"""Whether what a reader said names a subject. Pure; called by the commands that judge elements."""

import re
from collections.abc import Iterable

from runner.training.wording import words


def is_right(said: str, answers: Iterable[str]) -> bool:
    """Return whether one of the words' alternatives holds all words of one of the answers."""
    return any(
        words(answer) <= words(alternative)
        for alternative in alternatives(said)
        for answer in answers
        if words(answer)
    )


def alternatives(said: str) -> tuple[str, ...]:
    """Return what a reader said, the first thing first."""
    return tuple(re.split(r"[;/]", said))
