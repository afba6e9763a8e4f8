"""By the eye, by people who lack one kind of cones, and by the decoder, which knows nothing else of a chart's marks."""

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from chartspark_api.colours import EDGES, Rgb
from chartspark_runner.element import Element
from chartspark_runner.palette import contrast, palette_for, shows
from hypothesis import given
from hypothesis import strategies as st
from skimage.color import deltaE_cie76, rgb2lab

# Machado, Oliveira and Fernandes 2009, for a cone that is missing altogether; of linear RGB.
EYES = {
    "three kinds of cones": (np.eye(3), 33),
    "no long-wave cones": (
        np.array(
            [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ]
        ),
        14,
    ),
    "no middle-wave cones": (
        np.array(
            [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ]
        ),
        14,
    ),
}
HUES = [
    Element(np.full((4, 4, 4), (*rgb, 255), dtype=np.uint8), 1.0)
    for rgb in ((220, 40, 40), (230, 150, 30), (60, 160, 70), (40, 160, 170), (40, 90, 200), (150, 60, 180))
]


def seen(colour: Rgb, eye: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    channels = np.array(colour) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    light = np.clip(eye @ linear, 0, 1)
    shown = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(rgb2lab(shown[None, None])[0, 0])


@pytest.mark.parametrize(("eye", "least"), EYES.values(), ids=EYES)
def test_any_two_look_different(eye: npt.NDArray[np.float64], least: float) -> None:
    for one, other in combinations(EDGES, 2):
        assert deltaE_cie76(seen(one, eye), seen(other, eye)) >= least, (one, other)


@given(st.tuples(*[st.integers(0, 160)] * 3))
def test_no_pixel_shows_two(colour: tuple[int, int, int]) -> None:
    pixel = np.array([[colour]], dtype=np.uint8)
    assert sum(bool(shows(pixel, edge)[0, 0]) for edge in EDGES) <= 1


def test_any_two_lie_apart_by_twice_what_the_decoder_takes_for_one() -> None:
    apart = min(np.linalg.norm(np.subtract(one, other)) for one, other in combinations(EDGES, 2))
    assert apart >= 60


@pytest.mark.parametrize("element", [None, *HUES])
def test_they_stand_out_from_paper_and_solid_marks_and_are_no_letters(
    element: Element | None,
) -> None:
    palette = palette_for(element)
    for edge in EDGES:
        assert contrast(edge, palette.background) >= 8
        for letters in (palette.title, palette.text, palette.quiet):
            assert np.linalg.norm(np.subtract(edge, letters)) >= 30
    assert contrast(palette.edge, palette.solid) >= 3
