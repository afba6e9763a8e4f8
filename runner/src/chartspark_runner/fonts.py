"""The fonts of a chart's letters, cut down to them. Called by `check` before anything is laid out, and by `svg`.

A variable font of ten megabytes becomes a few kilobytes with the chart's own letters, in one weight: the plotting
library knows no variable fonts, and a document embeds no more than it needs.
"""

import atexit
import hashlib
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from matplotlib.font_manager import FontProperties, findfont, fontManager

from chartspark_runner.errors import LettersWithoutFont
from chartspark_runner.scripts import Script, scripts_for, told

FAMILY = "DejaVu Sans"
"""It comes with matplotlib, so that a chart is the same on every machine."""
_REGULAR, _BOLD = 400, 700
_CUT = re.compile(" cut [0-9a-f]{12}")
_brought: dict[str, frozenset[str]] = {}
"""The families that were cut in this process, with their letters. The plotting library's list of fonts is one for the process, too."""
_files: dict[str, Path] = {}
"""Where the fonts lie that were cut, by published family."""


def bring_fonts(texts: Iterable[str], locale: str) -> None:
    """Make sure that every letter of a chart can be drawn.

    Raises:
        LettersWithoutFont: There is no font for some.
    """
    letters = frozenset(letter for text in texts for letter in text if letter not in _embedded())
    for script in scripts_for(letters, locale):
        own = frozenset(filter(script.has, letters)) & _letters_of(script.file)
        letters -= own
        if own:
            _bring(script, own)
    letters = frozenset(letter for letter in letters if not letter.isspace())
    if letters:
        raise LettersWithoutFont(
            f"no font here draws {', '.join(map(told, sorted(letters)[:3]))}; write the texts in a script that "
            "the documentation lists, without pictures among the letters"
        )


def families(text: str) -> tuple[str, ...]:
    """Return the families that draw a text, the embedded one first."""
    lacking = frozenset(text) - _embedded()
    if not lacking:
        return (FAMILY,)
    chosen: list[str] = []
    while lacking:
        # Of two cuts of one font, the one that has more of the text: the other may belong to another chart.
        best = max(_brought, key=lambda name: (len(lacking & _brought[name]), name), default="")
        if not best or not lacking & _brought[best]:
            break
        chosen.append(best)
        lacking -= _brought[best]
    return (FAMILY, *chosen)


def published(text: str) -> str:
    """Return a family's name, or a text with such names, without what tells this process's cuts apart."""
    return _CUT.sub("", text)


def cut(family: str, letters: frozenset[str], *, bold: bool) -> TTFont:
    """Return a font with these letters alone.

    Args:
        family: As it is published.
        letters: Those in use. Of other fonts are passed over.
        bold: Whether it is the bold one.
    """
    if family == FAMILY:
        found = findfont(FontProperties(family=FAMILY, weight="bold" if bold else "normal"))
        return _subset(_opened(Path(found)), letters)
    file = _files[family]
    return _cut(file, letters & _letters_of(file), _BOLD if bold else _REGULAR)


def _bring(script: Script, letters: frozenset[str]) -> None:
    digest = hashlib.sha256("".join(sorted(letters)).encode()).hexdigest()[:12]
    family = f"{script.family} cut {digest}"
    if family in _brought:
        return
    _files[script.family] = script.file
    for weight in (_REGULAR, _BOLD):
        font = _cut(script.file, letters, weight)
        for record in font["name"].names:
            if record.nameID in {1, 4, 16}:
                record.string = family
        place = _folder() / f"{digest}-{script.family.replace(' ', '')}-{weight}.ttf"
        font.save(place)
        fontManager.addfont(place)
    _brought[family] = letters


def _cut(file: Path, letters: frozenset[str], weight: int) -> TTFont:
    small = BytesIO()
    # Shapers take letters apart: a Thai vowel into the two that it is made of, which the text itself does not have.
    parts = frozenset("".join(unicodedata.normalize("NFKD", letter) for letter in letters))
    _subset(_opened(file), letters | (parts & _letters_of(file))).save(small)
    font = TTFont(BytesIO(small.getvalue()), recalcTimestamp=False)
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
    made = instantiateVariableFont(font, axes)
    # Of the flags of style those for bold and regular, which a variable font leaves as they are.
    made["OS/2"].fsSelection = made["OS/2"].fsSelection & ~0x61 | (0x20 if weight == _BOLD else 0x40)
    made["head"].macStyle = int(weight == _BOLD)
    return made


def _opened(file: Path) -> TTFont:
    # In memory: what is read lazily would keep the file open.
    return TTFont(BytesIO(file.read_bytes()), lazy=True, recalcTimestamp=False)


def _subset(font: TTFont, letters: frozenset[str]) -> TTFont:
    options = Options()
    options.layout_features = ["*"]
    # FontForge's own table of times.
    options.drop_tables += ["FFTM"]
    # The time of the cut would make equal charts unequal files.
    options.recalc_timestamp = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(letters)))
    subsetter.subset(font)
    return font


@lru_cache(maxsize=1)
def _folder() -> Path:
    folder = tempfile.mkdtemp(prefix="chartspark-fonts-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


@lru_cache(maxsize=1)
def _embedded() -> frozenset[str]:
    return _letters_of(Path(findfont(FontProperties(family=FAMILY))))


@lru_cache(maxsize=16)
def _letters_of(file: Path) -> frozenset[str]:
    return frozenset(map(chr, _opened(file).getBestCmap()))
