"""Draws the icons that IconDiffusion learns from: python -m runner.training.diffusion.prepare FOLDER.

Takes the colourful sets of the icon library, without duplicates, and besides each icon of one colour the same
in another. Writes icons.npy (n, 128, 128, 4; bytes with straight alpha) and icons.json.
"""

import io
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import numpy.typing as npt
import resvg_py
import typer
from chartspark_runner.models.icon_diffusion.load import SIDE
from PIL import Image

from runner.training.diffusion.captions import COLOURS, Shown
from runner.training.diffusion.held_out import concepts, is_held_out
from runner.training.diffusion.hues import colour_of, recoloured
from runner.training.diffusion.likeness import distinct
from runner.training.library.sets import LibrarySet, library_sets
from runner.training.sources import fetch

STYLES: Final = {
    "fluent-emoji-flat": "flat",
    "noto": "noto",
    "twemoji": "simple",
    "emojitwo": "rounded",
    "flat-color-icons": "flat",
}
"""Sets of the library, and the word for their style in captions."""
_MARGIN: Final = 8
"""Pixels around an icon's own box."""
_MOST_WORDS: Final = 8

Drawn = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Icon:
    """A picture with alpha, and what it shows."""

    pixels: Drawn
    shown: Shown


def icons_of(library: LibrarySet) -> Iterator[Icon]:
    """Draw what the library takes of a set."""
    for chosen in library.chosen:
        pixels = draw(library.icons.icons[chosen.name].document)
        words = tuple(word for word in library.keywords.get(chosen.label, ()) if word != chosen.label)
        shown = Shown(
            chosen.label, STYLES[library.name], words[:_MOST_WORDS], colour_of(pixels), recoloured=False
        )
        yield Icon(pixels, shown)


def draw(document: str) -> Drawn:
    """Return an SVG picture with alpha, centred in the square that the model draws."""
    inner = SIDE - 2 * _MARGIN
    png = resvg_py.svg_to_bytes(svg_string=document, width=inner, height=inner)
    drawn = Image.open(io.BytesIO(bytes(png))).convert("RGBA")
    square = Image.new("RGBA", (SIDE, SIDE))
    square.paste(drawn, ((SIDE - drawn.width) // 2, (SIDE - drawn.height) // 2))
    return np.array(square)


def in_another_colour(icon: Icon, chance: random.Random) -> Iterator[Icon]:
    """Give an icon of one colour in another, and nothing for one of many colours."""
    if icon.shown.colour is None:
        return
    wanted = chance.choice([colour for colour in COLOURS if colour != icon.shown.colour])
    pixels = recoloured(icon.pixels, icon.shown.colour, wanted)
    yield Icon(pixels, replace(icon.shown, colour=wanted, recoloured=True))


def save(icons: Iterable[Icon], folder: Path) -> int:
    """Write the icons; return how many there are."""
    kept = list(icons)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "icons.npy", np.stack([icon.pixels for icon in kept]))
    (folder / "icons.json").write_text(json.dumps([asdict(icon.shown) for icon in kept]), encoding="utf-8")
    return len(kept)


def main(
    folder: Path,
    most: Annotated[int | None, typer.Option(help="take no more icons than this of each set")] = None,
    seed: int = 0,
    hold_out: Annotated[bool, typer.Option(help="leave out the concepts of held-out-concepts.csv")] = False,  # noqa: FBT002
) -> None:
    """Draw all icons."""
    chance = random.Random(seed)  # noqa: S311 - which colour an icon gets needs no secrecy
    sets = [library for library in library_sets(fetch(), ()) if library.name in STYLES]
    offered = [icon for library in sets for icon in list(icons_of(library))[:most]]
    left_out = concepts() if hold_out else ()
    drawn = [icon for icon in offered if not is_held_out(icon.shown, left_out)]
    single = [drawn[number] for number in distinct(np.stack([icon.pixels for icon in drawn]))]
    coloured = [other for icon in single for other in in_another_colour(icon, chance)]
    count = save([*single, *coloured], folder)
    print(  # noqa: T201 - what a command says
        f"{count} icons, {len(coloured)} of them in another colour; {len(drawn) - len(single)} duplicates and "
        f"{len(offered) - len(drawn)} icons of held-out concepts left out"
    )


if __name__ == "__main__":
    typer.run(main)
