"""Which sets a style means. Called by the search; pure.

A style is plain words, for a diffusion model understands any. Icons have a few styles: the first word that
names one of them decides, and other words change nothing. Without any the style is flat.
"""

import re
from dataclasses import dataclass
from typing import Final

from chartspark_runner.models.icons.library import IconSet

_COLOURED: Final = ("fluent-emoji-flat", "flat-color-icons", "twemoji", "emojitwo", "noto")
_GLYPHS: Final = ("healthicons", "ph-fill", "mdi", "fa7-solid", "maki", "material-symbols", "game-icons")
_LINES: Final = ("tabler", "lucide-lab")

_SAME: Final = 0.02
"""Against each next set of the style: the charts of a job look alike, and another set comes with another candidate."""
_OTHER: Final = 0.04
"""Against a set of another style: something nearer in another style is better than something else in this one."""
_FAR: Final = 0.09
"""Against a glyph where colours are wanted, and the other way round, ..."""
_NEEDLESS: Final = 0.22
"""... and where what is wanted is there by name: no name fits "apple" as well as a glyph's, and the red apple is one."""


@dataclass(frozen=True, slots=True)
class Style:
    """An order of sets."""

    name: str
    sets: tuple[str, ...]
    """The best first."""

    def wants(self, icon_set: IconSet) -> bool:
        """Return whether the set is coloured, or not, as this style is."""
        return (self.sets[0] in _COLOURED) == icon_set.coloured

    def against(self, icon_set: IconSet, *, named: bool) -> float:
        """Return how much nearer an icon of this set has to be than one of the best set.

        Args:
            icon_set: The set.
            named: Whether an icon that the style wants is called what is looked for.
        """
        if icon_set.name in self.sets:
            return _SAME * self.sets.index(icon_set.name)
        if self.wants(icon_set):
            return _OTHER
        return _NEEDLESS if named else _FAR


FLAT: Final = Style("flat", ("fluent-emoji-flat", "twemoji", "flat-color-icons", "emojitwo"))
_GLYPH: Final = Style("glyph", _GLYPHS)
_LINE: Final = Style("line", _LINES)
_NAMED: Final = {
    "flat": FLAT,
    "fluent": FLAT,
    "noto": Style("noto", ("noto",)),
    "shaded": Style("noto", ("noto",)),
    "twemoji": Style("twemoji", ("twemoji",)),
    "simple": Style("twemoji", ("twemoji",)),
    "emojitwo": Style("emojitwo", ("emojitwo",)),
    "glyph": _GLYPH,
    "solid": _GLYPH,
    "silhouette": _GLYPH,
    "monochrome": _GLYPH,
    "line": _LINE,
    "outline": _LINE,
    "duotone": Style("duotone", ("ph-duotone",)),
}

STYLES: Final = tuple(dict.fromkeys(style.name for style in _NAMED.values()))
"""The styles' names."""


def named_style(words: str) -> Style | None:
    """Return the style that the first known word names. None: no word names one."""
    known = (word for word in re.findall(r"\w+", words.lower()) if word in _NAMED)
    return _NAMED[word] if (word := next(known, None)) else None
