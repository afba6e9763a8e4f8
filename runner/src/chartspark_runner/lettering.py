"""How wide text is, and where it breaks. Pure but for reading the font; called by the layouts of charts."""

from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

FAMILY = "DejaVu Sans"
"""It comes with matplotlib, so that a chart is the same on every machine."""
LINE = 1.28
"""The distance of lines, in font sizes."""

ELLIPSIS = "\u2026"
_RULER = TextToPath()


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of `text` in pixels, at a font size in pixels."""
    font = FontProperties(family=FAMILY, size=size, weight="bold" if bold else "normal")
    width, _, _ = _RULER.get_text_width_height_descent(text, font, ismath=False)
    return float(width)


def wrapped(text: str, size: float, room: float, lines: int, *, bold: bool = False) -> tuple[str, ...]:
    """Return `text` on at most `lines` lines of at most `room` pixels; what does not fit ends in an ellipsis."""
    done: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and text_width(longer, size, bold=bold) > room:
            done.append(line)
            line = word
        else:
            line = longer
    kept = [*done, line] if len(done) < lines else [*done[: lines - 1], " ".join([*done[lines - 1 :], line])]
    return tuple(_shortened(part, size, room, bold=bold) for part in kept)


def balanced(lines: tuple[str, ...], size: float) -> tuple[str, ...]:
    """Return a bold title of two lines broken where they are most alike, so that no word stands alone."""
    if len(lines) != 2 or lines[1].endswith(ELLIPSIS):  # noqa: PLR2004 - one line has no break, and a full one no choice
        return lines
    room = text_width(lines[0], size, bold=True)
    words = " ".join(lines).split()
    breaks = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    widths = {pair: max(text_width(line, size, bold=True) for line in pair) for pair in breaks}
    return min(
        (pair for pair in breaks if widths[pair] <= room), key=lambda pair: widths[pair], default=lines
    )


def _shortened(text: str, size: float, room: float, *, bold: bool) -> str:
    if text_width(text, size, bold=bold) <= room:
        return text
    cut = text
    while cut and text_width(cut + ELLIPSIS, size, bold=bold) > room:
        cut = cut[:-1]
    return cut.rstrip() + ELLIPSIS
