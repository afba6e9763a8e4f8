import math

import numpy as np
import pytest
from chartspark_runner.charts.pie.chart import PieChart
from chartspark_runner.check import PlannedChart
from chartspark_runner.coverage import ENOUGH, coverage, depth
from chartspark_runner.errors import InvalidData
from chartspark_runner.picture import Pixels
from chartspark_runner.score import Scores, score
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from runner_builders import cast_of, csv_of, planned

PARTS = (40.0, 25.0, 12.0, 9.0, 5.0)


def pie(*parts: float, **fields: object) -> PlannedChart:
    asked = {"type": "Pie", "width": 900, "height": 600, "csv": csv_of(parts or PARTS), **fields}
    return planned(**asked)


def drawing(chart: PlannedChart) -> PieChart:
    assert isinstance(chart.drawing, PieChart)
    return chart.drawing


def finished(chart: PlannedChart) -> Pixels:
    picture, _ = chart.drawing.compose(cast_of(chart)).pixels()
    return picture


def scored(shown: Pixels, true: PlannedChart) -> Scores:
    return score(true.drawing.expected, true.drawing.decode(shown))


@pytest.mark.parametrize("donut", [False, True])
@pytest.mark.parametrize("size", [(400, 300), (900, 600), (700, 900)])
def test_a_true_chart_scores_everything(size: tuple[int, int], *, donut: bool) -> None:
    chart = pie(donut=donut, width=size[0], height=size[1])
    assert scored(finished(chart), chart).total >= 0.99


CASES = {
    "two sectors swapped": (25.0, 40.0, 12.0, 9.0, 5.0),
    "one sector 10 % too large": (40.0, 25.0, 13.2, 7.8, 5.0),
    "in the reverse order": PARTS[::-1],
    "all alike": (1.0,) * 5,
}


@pytest.mark.parametrize("shown", CASES.values(), ids=CASES)
def test_a_wrong_sector_is_seen(shown: tuple[float, ...]) -> None:
    assert scored(finished(pie(*shown)), pie()).total <= 0.3


def test_a_missing_separator_is_seen() -> None:
    chart, without = pie(), pie(40.0, 25.0, 21.0, 5.0)
    reading = chart.drawing.decode(finished(without))
    assert reading.values == (None,) * 5
    assert score(chart.drawing.expected, reading).total == 0


def test_elements_without_separators_are_no_sectors() -> None:
    chart = pie()
    frame, picture = drawing(chart).layout.frame, finished(chart)
    ys, xs = np.mgrid[: frame.height, : frame.width]
    picture[np.hypot(xs - frame.x, ys - frame.y) < frame.radius * 0.85] = (200, 60, 40)
    assert chart.drawing.decode(picture).values == (None,) * 5


def test_leaked_ink_is_seen() -> None:
    """A stroke in the reserved colour that is no data edge makes a sector too many."""
    chart = pie()
    layout = drawing(chart).layout
    picture = finished(chart)
    edge = chart.drawing.decode(picture).edges[0]
    for along in np.linspace(0, layout.frame.radius, 4 * round(layout.frame.radius)):
        x, y = layout.frame.at(0.2, along)
        picture[round(y) - 1 : round(y) + 1, round(x) - 1 : round(x) + 1] = edge
    assert scored(picture, chart).total == 0


def test_a_sector_filled_with_the_reserved_colour_does_not_shift_its_sides() -> None:
    chart = pie()
    edge = chart.drawing.decode(finished(chart)).edges[0]
    dark = np.full((128, 128, 3), 255, dtype=np.uint8)
    dark[20:108, 20:108] = edge
    picture, _ = chart.drawing.compose(cast_of(chart, dark)).pixels()
    assert scored(picture, chart).total >= 0.99


@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    parts=st.lists(st.floats(1e-9, 1e12, allow_subnormal=False), min_size=1, max_size=6),
    donut=st.booleans(),
    width=st.integers(320, 1400),
    height=st.integers(240, 1000),
)
@example(parts=[1.0], donut=False, width=640, height=480)
@example(parts=[1.0, 1e12], donut=False, width=640, height=480)
@example(parts=[600.0, 2.0, 2.0, 2.0, 2.0], donut=True, width=1200, height=800)
@example(parts=[24.0, 768.0, 317.0, 133.0], donut=False, width=333, height=509)
def test_geometry_and_decoder_agree_within_a_pixel_or_the_table_is_refused(
    parts: list[float], width: int, height: int, *, donut: bool
) -> None:
    try:
        chart = pie(*parts, donut=donut, width=width, height=height)
    except InvalidData:
        return
    around = 2 * math.pi * drawing(chart).layout.frame.radius
    picture, _ = chart.drawing.plain().pixels()
    for want, read in zip(chart.drawing.expected, chart.drawing.decode(picture).values, strict=True):
        assert read is not None
        assert abs(read - want.value) * around <= 1


@pytest.mark.parametrize("donut", [False, True])
def test_most_of_every_sector_is_the_element(*, donut: bool) -> None:
    chart = pie(donut=donut)
    elements = chart.drawing.compose(cast_of(chart)).elements()
    for mask in chart.drawing.masks():
        assert coverage(elements, depth([mask])) >= ENOUGH


def test_over_a_scene_a_pie_reads_as_true_as_a_plain_one() -> None:
    chart = pie()
    picture, _ = chart.drawing.over(cast_of(chart)).pixels()
    assert scored(picture, chart).total >= 0.99


def test_masks_are_the_sectors_sizes() -> None:
    chart = pie()
    sizes = [float(mask.sum()) for mask in chart.drawing.masks()]
    for size, part in zip(sizes, PARTS, strict=True):
        assert size / sum(sizes) == pytest.approx(part / sum(PARTS), abs=0.002)
