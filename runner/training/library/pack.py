"""Writes the library's files: one of outlines per set, an index, the phrases' directions, the attribution.

Called by the build. The same icons and phrases give the same bytes.
"""

import json
import lzma
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from chartspark_runner.models.icons.encoder import Vectors

from runner.training.library.normalise import Outline
from runner.training.library.sets import LibrarySet
from runner.training.library.vocabulary import Weights

INKS: Final = (
    ("water, rain, rivers and the sea", (0x1F, 0x77, 0xB4)),
    ("plants, forests, farming and the environment", (0x3A, 0x86, 0x3E)),
    ("electricity, energy and sunshine", (0xD9, 0x8E, 0x04)),
    ("health, blood, hospitals and emergencies", (0xC8, 0x32, 0x3F)),
    ("money, banks and gold", (0xB8, 0x86, 0x0B)),
    ("industry, machines, metal and vehicles", (0x4A, 0x5A, 0x6A)),
    ("technology, computers and the internet", (0x3F, 0x51, 0xB5)),
    ("food and drink", (0xA0, 0x52, 0x2D)),
    ("people, work and society", (0x00, 0x6D, 0x77)),
    ("culture, music, games and sport", (0x8E, 0x3B, 0x8E)),
)
"""A glyph has no colour: it takes that of what it is about, ..."""
PLAIN_INK: Final = (0x3D, 0x5A, 0x80)
"""... or this one, where it is about nothing of these."""
_ABOUT: Final = 0.3


_KEYWORDS: Final = (
    "Keywords are from emojilib and unicode-emoji-json (MIT), Material Design Icons (Apache-2.0), "
    "Font Awesome Free (CC-BY-4.0) and Health Icons (MIT)."
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A set with its outlines."""

    library_set: LibrarySet
    outlines: Mapping[str, Outline]
    """By label."""


def pack(drawn: Sequence[Drawn], weights: Weights, vectors: Mapping[str, Vectors], folder: Path) -> None:
    """Write the library into `folder`, which holds nothing else of these names."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in drawn:
        _write(
            folder / f"{one.library_set.name}.json.xz",
            {
                label: [
                    outline.width,
                    outline.height,
                    [[s.fill, s.alpha_percent, s.path] for s in outline.shapes],
                ]
                for label, outline in sorted(one.outlines.items())
            },
        )
    labels = sorted({label for one in drawn for label in one.outlines})
    phrases = sorted({phrase for label in labels for phrase in weights[label]})
    places = {phrase: place for place, phrase in enumerate(phrases)}
    inks = np.stack([vectors[phrase] for phrase, _ in INKS])
    _write(
        folder / "index.json.xz",
        {
            "sets": [_about(one.library_set) for one in drawn],
            "inks": [*(rgb for _, rgb in INKS), PLAIN_INK],
            "phrases": phrases,
            "labels": [
                {
                    "label": label,
                    "sets": [place for place, one in enumerate(drawn) if label in one.outlines],
                    "ink": _ink(inks @ vectors[label]),
                    "phrases": {places[phrase]: weight for phrase, weight in sorted(weights[label].items())},
                }
                for label in labels
            ],
        },
    )
    directions = np.stack([vectors[phrase] for phrase in phrases])
    # The search compares directions with each other: their common scale does not matter.
    np.save(
        folder / "directions.npy", np.round(directions * (127 / np.abs(directions).max())).astype(np.int8)
    )
    (folder / "ATTRIBUTION.md").write_text(attribution([one.library_set for one in drawn]), encoding="utf-8")


def _ink(likeness: Vectors) -> int:
    best = int(np.argmax(likeness))
    return best if likeness[best] >= _ABOUT else len(INKS)


def attribution(sets: Sequence[LibrarySet]) -> str:
    """Return the page that names every set, its authors and its licence."""
    rows = [
        f"| {s.icons.title} {s.icons.version} | {s.icons.author}, {s.icons.url} | {s.icons.source.licence} | {len(s.chosen)} |"
        for s in sets
    ]
    return "\n".join(
        (
            "# The icons' authors",
            "",
            "Every icon was cropped, its strokes and gradients became flat fills, and its coordinates were rounded.",
            "",
            "| set | by | licence | icons |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
            _KEYWORDS,
            "",
        )
    )


def _about(library_set: LibrarySet) -> Mapping[str, Any]:
    icons = library_set.icons
    return {
        "name": library_set.name,
        "title": icons.title,
        "version": icons.version,
        "author": icons.author,
        "url": icons.url,
        "licence": icons.source.licence,
        "coloured": not library_set.ink,
    }


def _write(path: Path, content: object) -> None:
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
    path.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
