"""The fonts of a document's letters, cut down to those letters and embedded. Called by `document`.

Text stays text: it can be selected, searched and read aloud, and looks the same where the font is not installed.
"""

import base64
import io
from collections.abc import Mapping
from functools import lru_cache

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties, findfont

from chartspark_runner.lettering import FAMILY

Letters = Mapping[bool, frozenset[str]]
"""The letters in use, by whether they are bold."""


def font_faces(letters: Letters) -> str:
    """Return the style sheet that brings the fonts."""
    return "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{700 if bold else 400};"
        f"src:url(data:font/woff;base64,{_subset(bold, ''.join(sorted(used)))}) format('woff')}}"
        for bold, used in sorted(letters.items())
        if used
    )


@lru_cache(maxsize=64)
def _subset(bold: bool, letters: str) -> str:  # noqa: FBT001 - a key of the cache
    options = Options()
    options.flavor = "woff"
    options.layout_features = ["*"]
    # FontForge's own table of times.
    options.drop_tables += ["FFTM"]
    # The time of the cut would make equal charts unequal files.
    options.recalc_timestamp = False
    options.notdef_outline = True
    file = findfont(FontProperties(family=FAMILY, weight="bold" if bold else "normal"))
    font = TTFont(file, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    font.flavor = "woff"
    stream = io.BytesIO()
    font.save(stream)
    return base64.b64encode(stream.getvalue()).decode()
