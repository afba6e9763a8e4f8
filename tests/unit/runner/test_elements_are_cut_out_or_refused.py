import numpy as np
from chartspark_runner.element import Element
from chartspark_runner.embed import Unusable, cut_out
from runner_builders import ball


def test_a_ball_is_cropped_to_its_outline() -> None:
    element = cut_out(ball())
    assert isinstance(element, Element)
    assert abs(element.pixels.shape[0] - 100) <= 3
    assert element.pixels[0, 0, 3] == 0
    assert element.pixels[50, 50].tolist() == [200, 60, 40, 255]


def test_white_inside_the_element_stays() -> None:
    picture = ball()
    picture[54:74, 54:74] = 255
    element = cut_out(picture)
    assert isinstance(element, Element)
    assert element.pixels[50, 50, 3] == 255


def test_specks_are_dropped() -> None:
    picture = ball()
    picture[2:5, 2:5] = 0
    element = cut_out(picture)
    assert isinstance(element, Element)
    assert element.pixels.shape[0] < 105


def test_what_cannot_be_used_says_why() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (128, 128, 3)).astype(np.uint8)
    paper = np.full((128, 128, 3), 255, np.uint8)
    lines = paper.copy()
    for near, far in ((20, 108), (32, 96), (44, 84)):  # a spiral, open to the paper outside
        lines[near, near:far] = lines[near:far, far] = lines[far, near : far + 1] = 0
        lines[near + 12 : far, near] = lines[near + 12, near : near + 12] = 0
    for picture, why in ((paper, "empty"), (noise, "not uniform"), (lines, "all lines of a pixel")):
        found = cut_out(picture)
        assert isinstance(found, Unusable)
        assert why in found.why
