import xml.etree.ElementTree as ET

import pytest
from chartspark_runner.canvas import Canvas


@pytest.mark.parametrize("width", [251, 320, 333, 435, 1157, 1200, 4096])
def test_in_png_and_svg(width: int) -> None:
    canvas = Canvas(width, 240, (255, 255, 255))
    assert canvas.pixels()[0].shape == (240, width, 3)
    root = ET.fromstring(canvas.svg("nothing", "at all"))  # noqa: S314 - it is our own
    points = float(root.attrib["width"].removesuffix("pt"))
    assert points * 96 / 72 == pytest.approx(width, abs=0.01)


def test_a_dollar_sign_is_drawn_and_missing_letters_are_told() -> None:
    canvas = Canvas(300, 60, (255, 255, 255))
    canvas.text((10, 40), "$5 and $6", 20, (0, 0, 0))
    assert canvas.pixels()[1] == ()
    canvas.text((10, 40), "\u5496", 20, (0, 0, 0))
    assert "missing from font" in canvas.pixels()[1][0]
