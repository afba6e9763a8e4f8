"""Which font draws which script beyond those of the embedded one, and where it lies. Called by `fonts`; knows no chart.

DejaVu Sans draws Latin, Greek, Cyrillic, Hebrew, Arabic and a dozen more. The others are variable Noto fonts.
"""

import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Script:
    """A font, and the letters that it is taken for."""

    family: str
    file: Path
    ranges: tuple[tuple[int, int], ...]

    def has(self, letter: str) -> bool:
        """Tell whether a letter is the font's to draw."""
        return any(first <= ord(letter) <= last for first, last in self.ranges)


def _noto(package: str, name: str, *ranges: tuple[int, int], axes: str = "wdth,wght") -> Script:
    folder = Path(str(files(package))) / "fonts/ofl" / f"notosans{name.lower()}"
    return Script(f"Noto Sans {name}", folder / f"NotoSans{name}[{axes}].ttf", ranges)


_HAN = (
    (0x2E80, 0x303F),
    (0x3100, 0x312F),
    (0x31A0, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
)
_KANA = ((0x3040, 0x30FF), (0x31F0, 0x31FF))
_HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))
_CJK = "justmytype_intl_cjk"
_INDIC = "justmytype_intl_south_asia"
_SOUTH_EAST = "justmytype_intl_sea"
_JAPANESE, _KOREAN, _SIMPLIFIED, _TRADITIONAL = (
    _noto(_CJK, name, *_HAN, *_KANA, *_HANGUL, axes="wght") for name in ("JP", "KR", "SC", "TC")
)
_OTHERS = (
    _noto(_INDIC, "Devanagari", (0x900, 0x97F), (0xA8E0, 0xA8FF)),
    _noto(_INDIC, "Bengali", (0x980, 0x9FF)),
    _noto(_INDIC, "Tamil", (0xB80, 0xBFF)),
    _noto(_INDIC, "Telugu", (0xC00, 0xC7F)),
    _noto(_SOUTH_EAST, "Thai", (0xE00, 0xE7F)),
    _noto(_SOUTH_EAST, "Khmer", (0x1780, 0x17FF), (0x19E0, 0x19FF)),
    _noto(_SOUTH_EAST, "Myanmar", (0x1000, 0x109F)),
)


def scripts_for(letters: frozenset[str], locale: str) -> tuple[Script, ...]:
    """Return the fonts of a chart's letters. Han letters look otherwise in Japan, Korea, Taiwan and China."""
    used = tuple(script for script in _OTHERS if any(map(script.has, letters)))
    return (*used, _east_asian(letters, locale)) if any(map(_SIMPLIFIED.has, letters)) else used


def _east_asian(letters: frozenset[str], locale: str) -> Script:
    if locale.startswith("ja") or _any(letters, _KANA):
        return _JAPANESE
    if locale.startswith("ko") or _any(letters, _HANGUL):
        return _KOREAN
    traditional = ("-Hant", "-TW", "-HK", "-MO")
    return _TRADITIONAL if locale.endswith(traditional) or "-Hant-" in locale else _SIMPLIFIED


def _any(letters: frozenset[str], ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(letter) <= last for letter in letters for first, last in ranges)


def told(letter: str) -> str:
    """Return a letter with what Unicode calls it: its script comes first."""
    return f"{letter!r} ({unicodedata.name(letter, f'U+{ord(letter):04X}')})"


def runs_right_to_left(text: str) -> bool:
    """Tell whether a line begins at the right: whether its first letter that has a direction does."""
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"})
    return next(strong, "L") != "L"
