"""Before a pale heap of themselves thin pictograms stand whole and clear of each other: as many as the key says."""

from itertools import combinations

import numpy as np
import pytest
from chartspark_api.charts import Orientation
from chartspark_runner.charts.bar.closeness import closeness, grown
from chartspark_runner.charts.fit import Fit
from chartspark_runner.element import Cast, Element
from chartspark_runner.geometry import Box
from chartspark_runner.score import score
from chartspark_runner.stamps import fitted
from PIL import Image, ImageDraw
from runner_builders import bars, planned

CLOSE = Fit(close=True, halo=True)
CELL = Box(0, 0, 40, 40)


def drawn(shape: str) -> Element:
    sheet = Image.new("RGBA", (128, 128), (60, 90, 130, 0))
    pen = ImageDraw.Draw(sheet)
    ink = (60, 90, 130, 255)
    match shape:
        case "ear":
            pen.line((64, 0, 64, 128), ink, 16)
            for y in (20, 50, 80):
                pen.line((64, y, 110, y), ink, 14)
        case "frame":
            pen.rectangle((4, 4, 124, 124), outline=ink, width=16)
        case _:
            pen.ellipse((0, 0, 127, 127), fill=ink)
    return Element(np.asarray(sheet.crop(sheet.getbbox(alpha_only=True))), 1.0)


@pytest.mark.parametrize("upright", [True, False])
@pytest.mark.parametrize("shape", ["ear", "frame"])
def test_thin_ones_stand_clear_of_each_other(shape: str, *, upright: bool) -> None:
    lying = closeness(drawn(shape), CELL, 1, upright=upright)
    assert lying.heaped
    cells = [Box(0, 0, 40, 40), Box(40, 0, 80, 40), Box(0, 40, 40, 80)]
    boxes = [fitted(drawn(shape), grown(cell, lying.room)) for cell in cells]
    for one, other in combinations(boxes, 2):
        assert one.right <= other.left or one.bottom <= other.top or other.right <= one.left


def test_full_ones_need_no_heap() -> None:
    assert not closeness(drawn("ball"), CELL, 1, upright=True).heaped


@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize("shape", ["ear", "frame", "ball"])
def test_bars_of_them_are_true_and_made_of_them(shape: str, orientation: Orientation) -> None:
    chart = bars(planned(orientation=orientation, width=900, height=600))
    sheet = chart.compose(Cast((drawn(shape),) * len(chart.slots)), CLOSE)
    picture, _ = sheet.pixels()
    assert score(chart.expected, chart.decode(picture)).worst_mark <= 0.05
    marks = np.logical_or.reduce(list(chart.masks()))
    assert sheet.elements()[marks].mean() >= 0.6
