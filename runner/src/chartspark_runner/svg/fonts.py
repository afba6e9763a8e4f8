"""The fonts of a document's letters, cut down to those letters and embedded. Called by `document`.

Text stays text: it can be selected, searched and read aloud, and looks the same where the font is not installed.
"""

import base64
import io
from collections.abc import Mapping
from functools import lru_cache

from chartspark_runner.fonts import cut

Letters = Mapping[tuple[str, bool], frozenset[str]]
"""The letters in use, by family and whether they are bold."""


def font_faces(letters: Letters) -> str:
    """Return the style sheet that brings the fonts."""
    return "".join(
        f"@font-face{{font-family:'{family}';font-weight:{700 if bold else 400};"
        f"src:url(data:font/woff;base64,{_subset(family, bold, ''.join(sorted(used)))}) format('woff')}}"
        for (family, bold), used in sorted(letters.items())
    )


@lru_cache(maxsize=64)
def _subset(family: str, bold: bool, letters: str) -> str:  # noqa: FBT001 - keys of the cache
    font = cut(family, frozenset(letters), bold=bold)
    font.flavor = "woff"
    stream = io.BytesIO()
    font.save(stream)
    return base64.b64encode(stream.getvalue()).decode()
