"""Where icons come from: named sets at pinned versions, of licences that allow it, fetched once into the cache.

Called by the icon library's build and by the training of IconDiffusion. Knows nothing about what either
does with an icon. Versions and digests are pinned by package-lock.json beside this file; the licences are
read here by a person, and compared with what each package says of itself.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from chartspark_dev import cache, commands
from chartspark_dev.places import PROGRAMS

ALLOWED_LICENCES: Final = frozenset({"MIT", "Apache-2.0", "ISC", "CC0-1.0", "CC-BY-3.0", "CC-BY-4.0"})
"""Nothing share-alike: a chart may be published under any terms."""

_HERE: Final = Path(__file__).parent
_MANIFESTS: Final = ("package.json", "package-lock.json")


class Kind(StrEnum):
    """How the icons of a set are coloured."""

    COLOUR = "colour"
    GLYPH = "glyph"
    """One colour, which a palette may replace."""


@dataclass(frozen=True, slots=True)
class Source:
    """A set of icons that may be used."""

    name: str
    """Its prefix among the Iconify sets, from which its package is named."""
    kind: Kind
    licence: str
    """SPDX."""


SOURCES: Final = (
    Source("carbon", Kind.GLYPH, "Apache-2.0"),
    Source("emojione", Kind.COLOUR, "CC-BY-4.0"),
    Source("emojione-monotone", Kind.GLYPH, "CC-BY-4.0"),
    Source("fa7-solid", Kind.GLYPH, "CC-BY-4.0"),
    Source("flat-color-icons", Kind.COLOUR, "MIT"),
    Source("fluent-color", Kind.COLOUR, "MIT"),
    Source("fluent-emoji-flat", Kind.COLOUR, "MIT"),
    Source("fluent-emoji-high-contrast", Kind.GLYPH, "MIT"),
    Source("fxemoji", Kind.COLOUR, "Apache-2.0"),
    Source("game-icons", Kind.GLYPH, "CC-BY-3.0"),
    Source("gis", Kind.GLYPH, "CC-BY-4.0"),
    Source("guidance", Kind.GLYPH, "CC-BY-4.0"),
    Source("healthicons", Kind.GLYPH, "MIT"),
    Source("icon-park", Kind.COLOUR, "Apache-2.0"),
    Source("lucide-lab", Kind.GLYPH, "ISC"),
    Source("maki", Kind.GLYPH, "CC0-1.0"),
    Source("material-symbols", Kind.GLYPH, "Apache-2.0"),
    Source("mdi", Kind.GLYPH, "Apache-2.0"),
    Source("medical-icon", Kind.GLYPH, "MIT"),
    Source("meteocons", Kind.COLOUR, "MIT"),
    Source("noto", Kind.COLOUR, "Apache-2.0"),
    Source("noto-v1", Kind.COLOUR, "Apache-2.0"),
    Source("ph", Kind.GLYPH, "MIT"),
    Source("streamline-emojis", Kind.COLOUR, "CC-BY-4.0"),
    Source("streamline-freehand-color", Kind.COLOUR, "CC-BY-4.0"),
    Source("streamline-plump", Kind.GLYPH, "CC-BY-4.0"),
    Source("streamline-ultimate-color", Kind.COLOUR, "CC-BY-4.0"),
    Source("tabler", Kind.GLYPH, "MIT"),
    Source("twemoji", Kind.COLOUR, "CC-BY-4.0"),
)


class LicenceChangedError(Exception):
    """A package names another licence than the one that was read here."""


@dataclass(frozen=True, slots=True)
class Svg:
    """One icon as its set has it."""

    name: str
    body: str
    """What lies inside the `<svg>` element."""
    view_box: tuple[float, float, float, float]
    """Left, top, width, height."""

    @property
    def document(self) -> str:
        """The whole picture, as a renderer takes it."""
        box = " ".join(f"{number:g}" for number in self.view_box)
        spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        return f'<svg {spaces} viewBox="{box}">{self.body}</svg>'


@dataclass(frozen=True, slots=True)
class IconSet:
    """A set as its package holds it."""

    source: Source
    title: str
    author: str
    url: str
    version: str
    icons: Mapping[str, Svg]
    categories: Mapping[str, tuple[str, ...]]
    """By icon."""


def fetch() -> Path:
    """Return the folder node_modules that holds the packages, installing them if no run has yet.

    Raises:
        CommandFailedError: npm could not fetch one, or its digest is another.
    """
    inputs = [(_HERE / name).read_bytes() for name in _MANIFESTS]
    return cache.ensure(cache.entry("icon-sets", inputs), _install) / "node_modules"


def _install(folder: Path) -> None:
    for name in _MANIFESTS:
        shutil.copy(_HERE / name, folder / name)
    # npm is a Node script: its node lies beside it.
    search = {"PATH": f"{PROGRAMS}:/usr/bin:/bin"}
    commands.run(
        PROGRAMS / "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=folder, env=search
    )


def load(source: Source, packages: Path) -> IconSet:
    """Return a set of `packages`, the folder that `fetch` returns.

    Raises:
        LicenceChangedError: The package is not under the licence that `SOURCES` says.
    """
    folder = packages / "@iconify-json" / source.name
    info = _read(folder / "info.json")
    licence = info["license"]["spdx"]
    if licence != source.licence or licence not in ALLOWED_LICENCES:
        raise LicenceChangedError(f"{source.name} is under {licence}, and not under {source.licence}.")
    content = _read(folder / "icons.json")
    metadata = folder / "metadata.json"
    return IconSet(
        source=source,
        title=info["name"],
        author=info["author"]["name"],
        url=info["author"]["url"],
        version=_read(folder / "package.json")["version"],
        icons=MappingProxyType(
            {
                name: _svg(name, icon, content)
                for name, icon in sorted(content["icons"].items())
                if not icon.get("hidden")
            }
        ),
        categories=_categories(_read(metadata) if metadata.exists() else {}),
    )


def _svg(name: str, icon: Mapping[str, Any], content: Mapping[str, Any]) -> Svg:
    def number(key: str, otherwise: float) -> float:
        return float(icon.get(key, content.get(key, otherwise)))

    box = (number("left", 0), number("top", 0), number("width", 16), number("height", 16))
    return Svg(name, str(icon["body"]), box)


def _categories(metadata: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for category, names in sorted(metadata.get("categories", {}).items()):
        for name in names:
            found[name] = (*found.get(name, ()), category)
    return MappingProxyType(found)


def _read(path: Path) -> Any:  # noqa: ANN401 - JSON of any shape
    return json.loads(path.read_text(encoding="utf-8"))
