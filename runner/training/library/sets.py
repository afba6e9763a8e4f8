"""Which sets the library is made of, in which order a style prefers them, and where their keywords come from."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import yaml

from runner.training.library.chosen import Chosen, emoji, glyphs
from runner.training.sources import SOURCES, IconSet, Source, load

Keywords = Mapping[str, tuple[str, ...]]
"""Other words for what an icon shows, by its label."""


@dataclass(frozen=True, slots=True)
class LibrarySet:
    """A set of the library: what of which source."""

    name: str
    icons: IconSet
    chosen: tuple[Chosen, ...]
    keywords: Keywords
    ink: bool
    """Whether it has no colours of its own."""


_NAMES: Final = (
    # Set of the library, its source, the suffix of the variant that is taken. Among those that a style has
    # no wish about, the earlier ones are preferred.
    ("fluent-emoji-flat", "fluent-emoji-flat", ""),
    ("noto", "noto", ""),
    ("twemoji", "twemoji", ""),
    ("emojitwo", "emojione", ""),
    ("flat-color-icons", "flat-color-icons", ""),
    ("healthicons", "healthicons", ""),
    ("mdi", "mdi", ""),
    ("ph-fill", "ph", "-fill"),
    ("fa7-solid", "fa7-solid", ""),
    ("maki", "maki", ""),
    ("material-symbols", "material-symbols", ""),
    ("game-icons", "game-icons", ""),
    ("ph-duotone", "ph", "-duotone"),
    ("tabler", "tabler", ""),
    ("lucide-lab", "lucide-lab", ""),
)
_NAMELESS: Final = frozenset({"tabler", "ph-duotone"})
"""Sets that draw what others have, in another style, and bring no subjects of their own: theirs are controls."""
_FANTASY: Final = frozenset({"game-icons"})
"""Sets of which only what is told in words that other sets use is taken: the rest are spells and monsters."""
_UNCLEAR: Final = frozenset({("healthicons", "prisoner")})
"""Drawings that a reader took for something else, where another set draws the same more clearly."""
_EMOJI: Final = frozenset({"fluent-emoji-flat", "noto", "twemoji", "emojione"})


def library_sets(packages: Path, wanted: Collection[str]) -> tuple[LibrarySet, ...]:
    """Return what the library takes of the packages that `sources.fetch` has installed.

    Args:
        packages: The folder node_modules.
        wanted: Labels that are taken wherever they are.
    """
    sources = {source.name: source for source in SOURCES}
    groups, unicode_words = _unicode(packages)
    offered = [
        _set(name, sources[source], suffix, packages, groups, unicode_words)
        for name, source, suffix in _NAMES
    ]
    leading = [library_set for library_set in offered if library_set.name not in _NAMELESS | _FANTASY]
    labels = {icon.label for library_set in leading for icon in library_set.chosen}
    words = {word for library_set in leading for phrase in _phrases(library_set) for word in phrase.split()}
    return tuple(
        replace(
            library_set,
            chosen=tuple(
                icon
                for icon in library_set.chosen
                if icon.label in wanted
                or (
                    (library_set.name not in _NAMELESS or icon.label in labels)
                    and (library_set.name not in _FANTASY or words.issuperset(icon.label.split()))
                )
            ),
        )
        for library_set in offered
    )


def _phrases(library_set: LibrarySet) -> Iterable[str]:
    for icon in library_set.chosen:
        yield icon.label
        yield from library_set.keywords.get(icon.label, ())


def _set(  # noqa: PLR0913, PLR0917 - what a set is made of
    name: str, source: Source, suffix: str, packages: Path, groups: Mapping[str, str], unicode_words: Keywords
) -> LibrarySet:
    icons = load(source, packages)
    take: Callable[[IconSet], Iterable[Chosen]] = emoji(groups) if source.name in _EMOJI else glyphs(suffix)
    words: dict[str, Callable[[], Keywords]] = {
        "mdi": lambda: _mdi(packages),
        "fa7-solid": lambda: _font_awesome(packages),
        "healthicons": lambda: _healthicons(packages),
    }
    keywords = unicode_words if source.name in _EMOJI else words.get(source.name, dict)()
    chosen = tuple(icon for icon in take(icons) if (name, icon.label) not in _UNCLEAR)
    return LibrarySet(name, icons, chosen, keywords, source.kind == "glyph")


def _unicode(packages: Path) -> tuple[Mapping[str, str], Keywords]:
    named = json.loads((packages / "unicode-emoji-json/data-by-emoji.json").read_text(encoding="utf-8"))
    words = json.loads((packages / "emojilib/dist/emoji-en-US.json").read_text(encoding="utf-8"))
    groups: dict[str, str] = {}
    keywords: dict[str, tuple[str, ...]] = {}
    for character, about in named.items():
        slug = str(about["slug"]).replace("_", "-")
        groups[slug] = str(about["group"])
        keywords[slug.replace("-", " ")] = _clean((str(about["name"]), *words.get(character, ())))
    return groups, keywords


def _mdi(packages: Path) -> Keywords:
    entries = json.loads((packages / "@mdi/svg/meta.json").read_text(encoding="utf-8"))
    return {str(entry["name"]).replace("-", " "): _clean(entry["aliases"]) for entry in entries}


def _font_awesome(packages: Path) -> Keywords:
    path = packages / "@fortawesome/fontawesome-free/metadata/icons.yml"
    entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {
        str(name).replace("-", " "): _clean(
            (
                str(entry["label"]),
                *(str(term) for term in (entry.get("search") or {}).get("terms") or ()),
            )
        )
        for name, entry in entries.items()
    }


def _healthicons(packages: Path) -> Keywords:
    path = packages / "healthicons/public/icons/meta-data.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    return {
        str(entry["id"]).replace("_", " "): _clean((str(entry["title"]), *map(str, entry.get("tags") or ())))
        for entry in entries
    }


def _clean(words: Iterable[str]) -> tuple[str, ...]:
    plain = (re.sub(r"[^a-z0-9' ]+", " ", str(word).lower().replace("_", " ")).strip() for word in words)
    return tuple(dict.fromkeys(word for word in plain if len(word) > 2 and not word.isdigit()))  # noqa: PLR2004
