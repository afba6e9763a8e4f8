from pathlib import Path

import numpy as np
import pytest
import resvg_py
from chartspark_runner.artwork import Drawing, Shape
from chartspark_runner.canvas import Canvas
from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.picture import open_picture
from chartspark_runner.rim import Rim
from chartspark_runner.stamps import Stamp, corners

PAPER, RED = (255, 255, 255), (200, 30, 30)
RIM = Rim(3.0, (20, 160, 60))
LEFT, RIGHT = Stamp(Box(10, 20, 50, 60)), Stamp(Box(40, 20, 80, 60))


def square(drawing: Drawing | None = None) -> Element:
    pixels = np.full((40, 40, 4), (*RED, 255), dtype=np.uint8)
    return Element(pixels, 1.0, drawing)


def ring() -> Element:
    pixels = np.array(square().pixels)
    pixels[10:30, 10:30, 3] = 0
    return Element(pixels, 1.0)


def drawn(element: Element, *stamps: Stamp) -> Canvas:
    canvas = Canvas(100, 80, PAPER)
    canvas.stamp(element, stamps, RIM)
    return canvas


def test_it_runs_around_the_stamp_and_over_the_one_below() -> None:
    picture, _ = drawn(square(), LEFT, RIGHT).pixels()
    assert tuple(picture[40, 38]) == RIM.colour
    assert tuple(picture[40, 8]) == RIM.colour
    assert tuple(picture[40, 20]) == tuple(picture[40, 60]) == RED
    assert tuple(picture[40, 4]) == PAPER


def test_what_it_hides_is_no_element() -> None:
    shown = drawn(square(), LEFT, RIGHT).elements()
    assert not shown[40, 38]
    assert shown[40, 20]
    assert shown[40, 60]
    assert not shown[40, 8]


def test_a_later_sheet_hides_an_earlier_one() -> None:
    canvas = drawn(square(), LEFT)
    canvas.stamp(square(), [RIGHT], RIM)
    assert not canvas.elements()[40, 38]


def test_nothing_behind_shines_through_a_hole() -> None:
    picture, _ = drawn(ring(), LEFT, RIGHT).pixels()
    assert tuple(picture[40, 55]) == RIM.colour


def test_a_clip_cuts_it() -> None:
    picture, _ = drawn(square(), Stamp(LEFT.box, clip=corners(LEFT.box))).pixels()
    assert tuple(picture[40, 8]) == PAPER


@pytest.mark.parametrize("drawing", [None, Drawing(40, 40, (Shape("M0 0H40V40H0Z", RED),))])
def test_svg_shows_the_same(drawing: Drawing | None, tmp_path: Path) -> None:
    canvas = drawn(square(drawing), LEFT, Stamp(RIGHT.box, turn=20.0))
    png, _ = canvas.pixels()
    file = tmp_path / "chart.png"
    file.write_bytes(
        resvg_py.svg_to_bytes(svg_string=canvas.svg("t", "d").decode(), skip_system_fonts=True, dpi=96)
    )
    off = np.abs(open_picture(file).astype(int) - png.astype(int)).max(axis=2) > 60
    assert off.mean() < 0.02
