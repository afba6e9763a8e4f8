"""A white thing on pale paper has an area that can be seen: a line runs around it, within the area."""

import numpy as np
import pytest
from chartspark_runner.element import Cast, Element
from chartspark_runner.rim import silhouette
from chartspark_runner.score import score
from hypothesis import given, settings
from hypothesis import strategies as st
from test_scatter_charts_are_read_back import scatter

PALE = st.tuples(*[st.integers(225, 255)] * 3)
ALPHA = st.sampled_from([60, 110, 170, 255])


def disc(colour: tuple[int, int, int], alpha: int = 255, heart: int = 0) -> Element:
    """A round thing, perhaps with a dark heart."""
    ys, xs = np.mgrid[:120, :120] - 59.5
    away = np.hypot(xs, ys)
    pixels = np.zeros((120, 120, 4), dtype=np.uint8)
    pixels[away < 60] = (*colour, alpha)
    pixels[away < heart] = (90, 50, 30, 255)
    return Element(pixels, 1.0)


def worst(element: Element) -> float:
    drawing = scatter(width=1000, height=700).drawing
    picture, _ = drawing.compose(Cast((element,) * len(drawing.slots))).pixels()
    return score(drawing.expected, drawing.decode(picture)).worst_mark


@settings(max_examples=6, deadline=None)
@given(colour=PALE, alpha=ALPHA, heart=st.sampled_from([0, 30, 45]))
def test_pale_elements_are_read_within_five_percent(
    colour: tuple[int, int, int], alpha: int, heart: int
) -> None:
    assert worst(disc(colour, alpha, heart)) <= 0.05


CASES = {
    "white": ((255, 255, 255), 255, 0),
    "nearly white": ((244, 244, 244), 255, 0),
    "a cup of coffee": ((250, 250, 250), 255, 40),
    "paper shines through": ((90, 60, 40), 60, 0),
    "dark": ((90, 50, 30), 255, 0),
}


@pytest.mark.parametrize(("colour", "alpha", "heart"), CASES.values(), ids=CASES)
def test_so_are_these(colour: tuple[int, int, int], alpha: int, heart: int) -> None:
    assert worst(disc(colour, alpha, heart)) <= 0.05


def test_what_shines_through_belongs_to_the_silhouette() -> None:
    assert silhouette(disc((90, 60, 40), 60).pixels)[60, 60]
