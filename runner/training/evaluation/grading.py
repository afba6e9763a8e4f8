"""Whether what a reader said names a subject. Pure; called by the commands that judge elements."""

import re
from collections.abc import Iterable

from runner.training.wording import words


def is_right(said: str, answers: Iterable[str]) -> bool:
    """Return whether one of the words' alternatives holds all words of one of the answers."""
    return any(
        words(answer) <= words(alternative)
        for alternative in re.split(r"[;/]", said)
        for answer in answers
        if words(answer)
    )
