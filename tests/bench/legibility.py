"""The score of legibility: which of the words that a picture shows a reader found again. Called by `truth`; pure.

The reader is Tesseract, see `ocr`. It is no person: what it cannot read a person often can, so that a plain
chart's share is the ceiling, and what a picture falls short of it is the picture's own.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

ALIKE = 0.8
"""The similarity from which on a word counts as read; a number has to be read digit by digit, because another one says something else."""
_PLAIN = str.maketrans({"\u00d7": "x", "\u2212": "-", "\u2013": "-", "\u2019": "'", ",": "."})
_WORD = re.compile(r"(?:(?<!\w)[-+])?\w+(?:[.']\w+)*%?")


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: in small letters and without punctuation; of numbers the marks stay, all alike."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).translate(_PLAIN).casefold()))


def found(shown: str, read: str) -> tuple[int, int]:
    """Return how many of the words of a line were read, each by a word of its own, and how many there are."""
    left = list(words(read))
    count = 0
    for word in words(shown):
        match = next((other for other in left if same(word, other)), None)
        if match is not None:
            left.remove(match)
            count += 1
    return count, len(words(shown))


def same(word: str, other: str) -> bool:
    """Say whether one word was read as the other."""
    if any(map(str.isdigit, word)):
        return word == other
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= ALIKE


def share(lines: Iterable[tuple[str, str]]) -> float | None:
    """Return the share of the words of all lines that were read: of pairs of what is shown and what was read; None without words."""
    counts = [found(shown, read) for shown, read in lines]
    whole = sum(count for _, count in counts)
    return sum(count for count, _ in counts) / whole if whole else None
