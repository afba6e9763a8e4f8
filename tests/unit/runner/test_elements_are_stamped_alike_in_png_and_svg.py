import xml.etree.ElementTree as ET

import numpy as np
from chartspark_runner.artwork import Drawing, Shape
from chartspark_runner.canvas import Canvas
from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.stamps import Stamp, corners, fitted

PAPER, RED = (255, 255, 255), (200, 30, 30)
SVG = "{http://www.w3.org/2000/svg}"


def square(drawing: Drawing | None = None) -> Element:
    return Element(np.full((10, 10, 4), (*RED, 255), dtype=np.uint8), 1.0, drawing)


def test_a_stamp_fills_its_box_and_nothing_else() -> None:
    canvas = Canvas(100, 80, PAPER)
    canvas.stamp(square(), [Stamp(Box(20, 10, 60, 50))])
    picture, _ = canvas.pixels()
    inked = np.any(picture != 255, axis=2)
    assert inked[10:50, 20:60].all()
    assert inked.sum() == 40 * 40


def test_a_clip_cuts_on_the_pixel_and_opacity_pales() -> None:
    canvas = Canvas(100, 80, PAPER)
    box = Box(20, 10, 60, 50)
    low, high = Box(20, 30, 60, 50), Box(20, 10, 60, 30)
    canvas.stamp(square(), [Stamp(box, clip=corners(low)), Stamp(box, 0.2, clip=corners(high))])
    picture, _ = canvas.pixels()
    assert tuple(picture[40, 30]) == RED
    assert picture[20, 30, 1] > 200
    assert tuple(picture[30, 30]) == RED


def test_what_hangs_over_the_sheet_is_cut_off() -> None:
    canvas = Canvas(50, 50, PAPER)
    canvas.stamp(square(), [Stamp(Box(-10, -10, 10, 10), turn=30.0), Stamp(Box(60, 60, 70, 70))])
    assert tuple(canvas.pixels()[0][2, 2]) == RED


def test_svg_holds_an_element_once_and_uses_it_many_times() -> None:
    canvas = Canvas(100, 80, PAPER)
    element = square()
    canvas.stamp(
        element, [Stamp(Box(0, 0, 10, 10)), Stamp(Box(20, 0, 30, 10), 0.5, 15.0, corners(Box(20, 0, 25, 10)))]
    )
    canvas.stamp(element, [Stamp(Box(40, 0, 50, 10))])
    root = ET.fromstring(canvas.svg("t", "d"))  # noqa: S314 - it is our own
    assert len(root.findall(f".//{SVG}symbol")) == 1
    assert len(root.findall(f".//{SVG}use[@width]")) == 3
    assert len(root.findall(f".//{SVG}clipPath/{SVG}polygon")) == 1
    assert root.find(f".//{SVG}symbol/{SVG}image") is not None


def test_outlines_stay_outlines_in_svg() -> None:
    canvas = Canvas(100, 80, PAPER)
    drawing = Drawing(10, 10, (Shape("M0 0H10V10H0Z", RED),))
    canvas.stamp(square(drawing), [Stamp(Box(0, 0, 10, 10))])
    text = canvas.svg("t", "d").decode()
    assert 'd="M0 0H10V10H0Z"' in text
    assert "<image" not in text


def test_pixels_are_not_enlarged_and_outlines_are() -> None:
    room = Box(0, 0, 40, 20)
    assert fitted(square(), room) == Box(15, 5, 25, 15)
    assert fitted(square(Drawing(10, 10, ())), room) == Box(10, 0, 30, 20)
