"""How wide text is, and where it breaks. Pure but for reading the font; called by the layouts of charts."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from chartspark_runner.fonts import families

LINE = 1.28
"""The distance of lines, in font sizes."""

ELLIPSIS = "\u2026"
_RULER = TextToPath()
_EAST_ASIAN = "\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff"
_CLOSING = "\u3001\u3002\u300d\u300f\u3011\u30fc\uff09\uff0c\uff1a\uff1b\uff01\uff1f"
"""What no line begins with."""
_PIECES = re.compile(f"( ?)([{_EAST_ASIAN}][{_CLOSING}]*|[^ {_EAST_ASIAN}]+[{_CLOSING}]*)")


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of `text` in pixels, at a font size in pixels."""
    font = FontProperties(family=families(text), size=size, weight="bold" if bold else "normal")
    width, _, _ = _RULER.get_text_width_height_descent(text, font, ismath=False)
    return float(width)


def wrapped(text: str, size: float, room: float, lines: int, *, bold: bool = False) -> tuple[str, ...]:
    """Return `text` on at most `lines` lines of at most `room` pixels; what does not fit ends in an ellipsis."""
    done: list[str] = []
    line = ""
    for gap, word in _words(text):
        longer = f"{line}{gap}{word}" if line else word
        if line and text_width(longer, size, bold=bold) > room:
            done.append(line)
            line = word
        else:
            line = longer
    kept = [*done, line] if len(done) < lines else [*done[: lines - 1], _joined(text, done[: lines - 1])]
    return tuple(_shortened(part, size, room, bold=bold) for part in kept)


def balanced(text: str, lines: tuple[str, ...], size: float) -> tuple[str, ...]:
    """Return a bold `text` of two lines broken where they are most alike, so that no word stands alone."""
    if len(lines) != 2 or lines[1].endswith(ELLIPSIS):  # noqa: PLR2004 - one line has no break, and a full one no choice
        return lines
    room = text_width(lines[0], size, bold=True)
    pieces = list(_words(text))
    breaks = [
        tuple("".join(gap + word for gap, word in part).strip() for part in (pieces[:i], pieces[i:]))
        for i in range(1, len(pieces))
    ]
    widths = {pair: max(text_width(line, size, bold=True) for line in pair) for pair in breaks}
    return min(
        (pair for pair in breaks if widths[pair] <= room), key=lambda pair: widths[pair], default=lines
    )


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a line may end behind, each with the gap before it: words, and the letters of scripts that have no gaps."""
    for found in _PIECES.finditer(" ".join(text.split())):
        gap, word = found.groups()
        yield gap, word


def _joined(text: str, before: Sequence[str]) -> str:
    """Return what is left of a text behind some lines."""
    pieces = list(_words(text))
    for line in before:
        taken = ""
        while taken != line:
            gap, word = pieces.pop(0)
            taken = f"{taken}{gap}{word}" if taken else word
    return "".join(gap + word for gap, word in pieces).strip()


def _shortened(text: str, size: float, room: float, *, bold: bool) -> str:
    if text_width(text, size, bold=bold) <= room:
        return text
    cut = text
    while cut and text_width(cut + ELLIPSIS, size, bold=bold) > room:
        cut = cut[:-1]
    return cut.rstrip() + ELLIPSIS
