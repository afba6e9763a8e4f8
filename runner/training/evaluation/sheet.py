"""Draws many elements on one sheet, with captions or with numbers alone. Knows nothing about what made them."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from matplotlib import get_data_path
from PIL import Image, ImageDraw, ImageFont

_PICTURE: Final = 120
_MARGIN: Final = 12
_LINE: Final = 15
_FONT: Final = Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
_INK: Final = "#223"
_MISS: Final = "#c8323f"
_HELD_OUT: Final = "#2a6fdb"
_DISC: Final = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """One element."""

    caption: str
    picture: Image.Image | None
    """RGBA. None: nothing was drawn."""
    miss: bool = False
    """Whether it shows something else; it is framed in red."""
    held_out: bool = False
    """Whether an evaluation checkpoint never saw the concept; it has a blue disc in its corner."""


def draw(cells: Sequence[Cell], columns: int, lines: int) -> Image.Image:
    """Return a sheet; captions take so many lines of text."""
    width, height = _PICTURE + 2 * _MARGIN, _PICTURE + 2 * _MARGIN + lines * _LINE
    rows = -(-len(cells) // columns)
    sheet = Image.new("RGB", (columns * width, rows * height), "white")
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(_FONT, 12)
    for place, cell in enumerate(cells):
        left, top = place % columns * width, place // columns * height
        if cell.picture is not None:
            small = cell.picture.copy()
            small.thumbnail((_PICTURE, _PICTURE), Image.Resampling.LANCZOS)
            corner = (left + (width - small.width) // 2, top + _MARGIN + (_PICTURE - small.height) // 2)
            sheet.paste(small, corner, small)
        text = "\n".join(textwrap.wrap(cell.caption, 20)[:lines])
        place_of_text = (left + width / 2, top + _PICTURE + 1.5 * _MARGIN)
        pen.multiline_text(place_of_text, text, _MISS if cell.miss else _INK, font, "ma", align="center")
        if cell.miss:
            pen.rectangle((left + 2, top + 2, left + width - 3, top + height - 3), outline=_MISS, width=2)
        if cell.held_out:
            pen.ellipse((left + 6, top + 6, left + 6 + _DISC, top + 6 + _DISC), fill=_HELD_OUT)
    return sheet
