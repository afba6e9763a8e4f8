"""Reads the icon library that `runner/training/library` has packed. Called by the icon painter; knows nothing of meanings."""

import json
import lzma
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from chartspark_api.colours import Rgb
from numpy.typing import NDArray

from chartspark_runner.artwork import Drawing, Shape
from chartspark_runner.errors import ModelMissing

FOLDER: Final = Path(__file__).parent / "library"
INDEX: Final = "index.json.xz"
DIRECTIONS: Final = "directions.npy"


@dataclass(frozen=True, slots=True)
class IconSet:
    """Where icons come from."""

    name: str
    title: str
    version: str
    author: str
    url: str
    licence: str
    """SPDX."""
    coloured: bool
    """Whether it has colours of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """What there is, and by which phrases it is found."""

    sets: tuple[IconSet, ...]
    """The more generally liked ones first."""
    labels: tuple[str, ...]
    """What icons show, in words."""
    label_sets: tuple[tuple[int, ...], ...]
    """Per label the places of the sets that draw it."""
    inks: tuple[Rgb, ...]
    """Per label the colour of its glyphs."""
    phrases: tuple[str, ...]
    directions: NDArray[np.float32]
    """One row of length 1 per phrase."""
    link_labels: NDArray[np.int32]
    """The links of labels and phrases: places of labels, ..."""
    link_phrases: NDArray[np.int32]
    """... places of phrases, ..."""
    link_weights: NDArray[np.float32]
    """... and from 0 to 1 how well the phrase tells the label."""


def read_index(folder: Path = FOLDER) -> Index:
    """Return the library's index.

    Raises:
        ModelMissing: The library is not there.
    """
    content = _read(folder / INDEX)
    labels = content["labels"]
    links = [
        (place, int(phrase), weight / 100)
        for place, label in enumerate(labels)
        for phrase, weight in label["phrases"].items()
    ]
    directions = np.load(folder / DIRECTIONS).astype(np.float32)
    inks = [_rgb(rgb) for rgb in content["inks"]]
    return Index(
        sets=tuple(IconSet(**about) for about in content["sets"]),
        labels=tuple(label["label"] for label in labels),
        label_sets=tuple(tuple(label["sets"]) for label in labels),
        inks=tuple(inks[label["ink"]] for label in labels),
        phrases=tuple(content["phrases"]),
        directions=directions / np.linalg.norm(directions, axis=1, keepdims=True),
        link_labels=np.array([label for label, _, _ in links], np.int32),
        link_phrases=np.array([phrase for _, phrase, _ in links], np.int32),
        link_weights=np.array([weight for _, _, weight in links], np.float32),
    )


def read_drawing(icon_set: str, label: str, ink: Rgb, folder: Path = FOLDER) -> Drawing:
    """Return an icon's outlines, glyphs in `ink`.

    Raises:
        ModelMissing: The library is not there.
    """
    width, height, shapes = _outlines(folder, icon_set)[label]
    return Drawing(
        width,
        height,
        tuple(
            Shape(path, ink if fill is None else _rgb(fill), percent / 100) for fill, percent, path in shapes
        ),
    )


def files(folder: Path = FOLDER) -> tuple[Path, ...]:
    """Return the library's files."""
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in {".xz", ".npy"}))


@lru_cache(maxsize=4)
def _outlines(folder: Path, icon_set: str) -> Any:  # noqa: ANN401 - JSON
    return _read(folder / f"{icon_set}.json.xz")


def _read(path: Path) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(lzma.decompress(path.read_bytes()))
    except FileNotFoundError as error:
        raise ModelMissing(f"the icon library lacks {path}") from error


def _rgb(channels: list[int]) -> Rgb:
    red, green, blue = channels
    return red, green, blue
