"""A ribbon is covered by its element, and however thin that is, whole ones can be seen in it."""

from itertools import combinations

import numpy as np
import pytest
from chartspark_runner.charts.line.chart import LineChart
from chartspark_runner.charts.line.ribbon import Laid
from chartspark_runner.element import Cast, Element
from chartspark_runner.rim import Rim
from chartspark_runner.score import score
from PIL import Image, ImageDraw
from runner_builders import planned

SHAPES = {
    "bolt": ((45, 0), (10, 70), (40, 70), (25, 128), (70, 50), (40, 50), (60, 0)),
    "pencil": ((110, 0), (128, 18), (18, 128), (0, 110)),
    "ball": tuple((64 + 60 * np.cos(t), 64 + 60 * np.sin(t)) for t in np.linspace(0, 6.2, 30)),
}


def element(shape: str) -> Element:
    sheet = Image.new("RGBA", (128, 128), (60, 90, 130, 0))
    ImageDraw.Draw(sheet).polygon(list(SHAPES[shape]), fill=(60, 90, 130, 255))
    return Element(np.asarray(sheet.crop(sheet.getbbox(alpha_only=True))), 1.0)


def line() -> LineChart:
    rows = "".join(f"{2005 + i},{v}\n" for i, v in enumerate([40, 52, 47, 61, 58, 90, 60, 72]))
    chart = planned(type="Line", csv="year,v\n" + rows, x="year", y="v").drawing
    assert isinstance(chart, LineChart)
    return chart


def laid(shape: str) -> Laid:
    (ribbon,) = line().ribbons
    return ribbon.laid(element(shape), Rim(1.5, (255, 255, 255)))


@pytest.mark.parametrize("shape", ["bolt", "pencil"])
def test_thin_ones_stand_apart_before_paler_ones(shape: str) -> None:
    found = laid(shape)
    assert len(found.behind) > len(found.front) >= 6
    for one, other in combinations([stamp.box for stamp in found.front], 2):
        across = one.right <= other.left or other.right <= one.left
        assert across or one.bottom <= other.top or other.bottom <= one.top


def test_full_ones_need_no_others_behind_them() -> None:
    assert laid("ball").behind == ()


@pytest.mark.parametrize("shape", SHAPES)
def test_the_line_is_read_back_and_made_of_the_element(shape: str) -> None:
    chart = line()
    sheet = chart.compose(Cast((element(shape),)))
    picture, _ = sheet.pixels()
    assert score(chart.expected, chart.decode(picture)).worst_mark <= 0.05
    (mark,) = chart.masks()
    assert sheet.elements()[mark].mean() >= 0.6
