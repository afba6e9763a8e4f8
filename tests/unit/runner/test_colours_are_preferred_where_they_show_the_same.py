"""A glyph that fits the words best gives way to a coloured icon of the same thing, and to nothing else."""

import numpy as np
import pytest
from chartspark_runner.models.icons.library import IconSet, Index
from chartspark_runner.models.icons.reading import readings
from chartspark_runner.models.icons.search import Finds, names, search
from chartspark_runner.models.icons.styles import named_style
from numpy.typing import NDArray

GLYPHS = IconSet("mdi", "Glyphs", "1", "A", "https://example.org", "MIT", coloured=False)
COLOURS = IconSet("fluent-emoji-flat", "Colours", "1", "A", "https://example.org", "MIT", coloured=True)


@pytest.mark.parametrize(
    ("label", "subject", "named"),
    [
        ("red apple", "apple", True),
        ("red apple", "Apples picked", True),
        ("glass of milk", "milk", True),
        ("wind chime", "wind", False),
        ("leaf fluttering in wind", "wind", False),
        ("pineapple", "apple", False),
        ("hot dog", "cat", False),
        ("red apple", "?!", False),
    ],
)
def test_a_kind_of_the_subject_is_called_after_it(label: str, subject: str, named: bool) -> None:  # noqa: FBT001
    assert names(label, readings(subject)) is named


def found(glyph: str, coloured: str, likeness: float, style: str) -> Finds:
    """Search for "apple" among a glyph that fits fully, and a coloured icon of a likeness."""
    directions = np.array([[1, 0], [likeness, np.sqrt(1 - likeness**2)]], np.float32)
    index = Index(
        sets=(GLYPHS, COLOURS),
        labels=(glyph, coloured),
        label_sets=((0,), (1,)),
        inks=((0, 0, 0), (0, 0, 0)),
        phrases=(glyph, coloured),
        directions=directions,
        link_labels=np.array([0, 1], np.int32),
        link_phrases=np.array([0, 1], np.int32),
        link_weights=np.ones(2, np.float32),
    )

    def encode(phrases: tuple[str, ...]) -> NDArray[np.float32]:
        return np.repeat(np.array([[1, 0]], np.float32), len(phrases), axis=0)

    chosen = named_style(style)
    assert chosen is not None
    return search(index, readings("apple"), chosen, encode)


@pytest.mark.parametrize(
    ("coloured", "likeness", "style", "first"),
    [
        ("red apple", 0.85, "flat", "red apple"),
        ("red apple", 0.75, "flat", "apple"),
        ("watch", 0.85, "flat", "apple"),
        ("watch", 0.95, "flat", "watch"),
        ("red apple", 0.85, "glyph", "apple"),
    ],
)
def test_a_glyph_gives_way_by_meaning_and_by_name(
    coloured: str, likeness: float, style: str, first: str
) -> None:
    finds = found("apple", coloured, likeness, style)
    assert ("apple", coloured)[finds.nearest[0].label] == first
