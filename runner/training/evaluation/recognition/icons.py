"""The icons that the judge learns from: sets of which the library has nothing, and IconDiffusion's U-Net learnt nothing.

Called by the judge's command. Of each subject that these sets hold, one icon is kept aside: what the judge
says of those is the best that can be asked of it.
"""

import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
from chartspark_runner.models.icon_diffusion.start import squared
from chartspark_runner.picture import Pixels

from runner.training.diffusion.prepare import draw
from runner.training.evaluation.subjects import Subject
from runner.training.library.chosen import glyphs
from runner.training.library.pack import INKS, PLAIN_INK
from runner.training.sources import SOURCES, IconSet, Kind, Svg, load
from runner.training.wording import words

SETS: Final = MappingProxyType(
    {
        "carbon": "",
        "fxemoji": "",
        "gis": "",
        "guidance": "",
        "icon-park": "",
        "medical-icon": "",
        "meteocons": "",
        "streamline-emojis": "",
        "streamline-freehand-color": "",
        "streamline-plump": "-solid",
        "streamline-ultimate-color": "",
    }
)
"""Each with the ending of the names that are taken."""
SIDE: Final = 64
_COUNTED: Final = re.compile(r"(-\d+)+$")
"""Sets number what they draw twice."""
_SHORT: Final = 10
"""A name of more letters is several words written as one, which the encoder cannot read."""


@dataclass(frozen=True, slots=True, eq=False)
class Captioned:
    """An icon and its name."""

    pixels: Pixels
    """RGBA."""
    name: str


def captioned(packages: Path) -> Iterator[Captioned]:
    """Draw the sets; glyphs in the inks that the library has."""
    inks = [*(rgb for _, rgb in INKS), PLAIN_INK]
    spelled = _spelled(packages)
    for source in SOURCES:
        if source.name not in SETS:
            continue
        icons = _plainly_named(load(source, packages), spelled if source.name == "fxemoji" else None)
        for number, chosen in enumerate(glyphs(SETS[source.name])(icons)):
            document = icons.icons[chosen.name].document
            if source.kind is Kind.GLYPH:
                document = document.replace(
                    "currentColor", "#{:02x}{:02x}{:02x}".format(*inks[number % len(inks)])
                )
            pixels = draw(document)
            if pixels[..., 3].any():
                yield Captioned(framed(pixels), chosen.label)


def framed(pixels: Pixels) -> Pixels:
    """Return a picture with alpha as the judge sees all of them: cropped, and in the middle of a small square."""
    rows, columns = np.nonzero(pixels[..., 3])
    return squared(pixels[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1], SIDE)


def kept_aside(names: Sequence[str], subjects: Iterable[Subject], seed: int) -> dict[str, int]:
    """Return for each subject that is among the names the place of one icon that is called exactly an answer."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    aside: dict[str, int] = {}
    for subject in subjects:
        answers = {words(answer) for answer in subject.answers}
        fitting = [
            place
            for place, name in enumerate(names)
            if words(name) in answers and place not in aside.values()
        ]
        if fitting:
            aside[subject.words] = chance.choice(fitting)
    return aside


def _plainly_named(icons: IconSet, spelled: Mapping[str, str] | None) -> IconSet:
    named: dict[str, Svg] = {}
    for name, svg in icons.icons.items():
        plain = _COUNTED.sub("", name)
        if spelled is not None:
            plain = spelled.get(plain, plain if len(plain) <= _SHORT else "")
        if plain:
            named.setdefault(plain, replace(svg, name=plain))
    return replace(icons, icons=MappingProxyType(named))


def _spelled(packages: Path) -> Mapping[str, str]:
    """Return the names of emoji by the same names without any gap."""
    about = json.loads((packages / "unicode-emoji-json/data-by-emoji.json").read_text(encoding="utf-8"))
    slugs = [str(emoji["slug"]).replace("_", "-") for emoji in about.values()]
    return {slug.replace("-", ""): slug for slug in slugs}
