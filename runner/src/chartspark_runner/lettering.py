"""How wide text is, and where it breaks. Pure but for reading the font; called by the layouts of charts."""

from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

FAMILY = "DejaVu Sans"
"""It comes with matplotlib, so that a chart is the same on every machine."""
LINE = 1.28
"""The distance of lines, in font sizes."""

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


def _shortened(text: str, size: float, room: float, *, bold: bool) -> str:
    if text_width(text, size, bold=bold) <= room:
        return text
    cut = text
    while cut and text_width(f"{cut}\u2026", size, bold=bold) > room:
        cut = cut[:-1]
    return f"{cut.rstrip()}\u2026"
