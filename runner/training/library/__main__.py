"""The build: fetch the sets, choose, normalise, describe, pack. Minutes on two cores.

python -m runner.training.library [FOLDER]; without one the library that the runner carries is made anew.
"""

import os
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Annotated, Final

import chartspark_runner
import typer
from chartspark_runner.models.icons.encoder import FOLDER, Vectors
from sentence_transformers import SentenceTransformer

from runner.training.library.normalise import NotNormalisedError, Outline, normalise
from runner.training.library.pack import INKS, Drawn, pack
from runner.training.library.sets import LibrarySet, library_sets
from runner.training.library.vocabulary import CONCEPTS, named, weights
from runner.training.sources import Svg, fetch

LIBRARY: Final = Path(chartspark_runner.__file__).parent / "models" / "icons" / "library"


def main(folder: Annotated[Path, typer.Argument()] = LIBRARY) -> None:
    """Build the library."""
    concepts = CONCEPTS.read_text(encoding="utf-8")
    sets = library_sets(fetch(), named(concepts))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        drawn = [_draw(library_set, pool) for library_set in sets]
    told = weights(sets, concepts)
    phrases = sorted({phrase for label in told.values() for phrase in label} | {phrase for phrase, _ in INKS})
    pack(drawn, told, _encoded(phrases), folder)
    size = sum(path.stat().st_size for path in folder.iterdir())
    sys.stdout.write(
        f"{sum(len(one.outlines) for one in drawn)} icons, {len(phrases)} phrases, {size} bytes\n"
    )


def _draw(library_set: LibrarySet, pool: ProcessPoolExecutor) -> Drawn:
    icons = [library_set.icons.icons[icon.name] for icon in library_set.chosen]
    outlines: dict[str, Outline] = {}
    for icon, drawn in zip(library_set.chosen, pool.map(_outline, icons, chunksize=32), strict=True):
        if isinstance(drawn, Outline):
            outlines[icon.label] = drawn
        else:
            sys.stdout.write(f"{library_set.name}: {icon.name} is left out: {drawn}\n")
    return Drawn(library_set, outlines)


def _outline(icon: Svg) -> Outline | str:
    try:
        return normalise(icon)
    except NotNormalisedError as error:
        return str(error)


def _encoded(phrases: list[str]) -> Mapping[str, Vectors]:
    # The runner's own encoder computes the same, a phrase at a time.
    model = SentenceTransformer(str(FOLDER), device="cpu")
    return dict(zip(phrases, model.encode(phrases, batch_size=256), strict=True))


if __name__ == "__main__":
    typer.run(main)
