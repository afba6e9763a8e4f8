import numpy as np
import pytest
from chartspark_api.charts import Orientation
from chartspark_runner.check import PlannedChart
from chartspark_runner.picture import Pixels
from chartspark_runner.score import Scores, score
from hypothesis import given, settings
from hypothesis import strategies as st
from runner_builders import VALUES, bars, cast_of, csv_of, planned


def finished(chart: PlannedChart) -> Pixels:
    picture, _ = chart.drawing.compose(cast_of(chart)).pixels()
    return picture


def scored(shown: PlannedChart, true: PlannedChart) -> Scores:
    """Draw one chart, and score the picture as the other one."""
    return score(true.drawing.expected, true.drawing.decode(finished(shown)))


@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize("width", [480, 1200])
def test_a_true_chart_scores_everything(orientation: Orientation, width: int) -> None:
    chart = planned(orientation=orientation.value, width=width, height=600)
    assert scored(chart, chart).total >= 0.99


CASES = {
    "two bars swapped": ((19.0, 31.0, *VALUES[2:]), 0.0),
    "one of ten 10 % too tall": ((*VALUES[:3], 27.5, *VALUES[4:]), 0.3),
    "one of ten 10 % too short": ((*VALUES[:8], 25.2, VALUES[9]), 0.3),
}


@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize(("values", "most"), CASES.values(), ids=CASES)
def test_a_wrong_bar_is_seen(values: tuple[float, ...], most: float, orientation: Orientation) -> None:
    true = planned(orientation=orientation.value, width=1200, height=800)
    false = planned(orientation=orientation.value, width=1200, height=800, csv=csv_of(values))
    assert bars(false).layout.frame == bars(true).layout.frame
    assert scored(false, true).total <= most


def test_a_missing_mark_is_seen() -> None:
    chart = planned()
    frame, picture = bars(chart).layout.frame, finished(chart)
    box = frame.box(frame.bands[3], 0, frame.reach)
    picture[box.top : box.bottom, box.left : box.right] = picture[2, 2]
    reading = chart.drawing.decode(picture)
    assert reading.values[3] is None
    assert score(chart.drawing.expected, reading).total == 0


def test_pictograms_without_a_data_edge_are_no_bar() -> None:
    chart = planned()
    layout, picture = bars(chart).layout, finished(chart)
    for mark in layout.bars.marks:
        box = layout.frame.edge_box(layout.frame.lane(mark.category, 0), mark.start, mark.end)
        picture[box.top : box.bottom, box.left : box.right] = np.array([200, 60, 40])
    assert chart.drawing.decode(picture).values == (None,) * 10


@settings(max_examples=25, deadline=None)
@given(
    values=st.lists(
        st.floats(0, 1e6, allow_subnormal=False).map(lambda v: round(v, 2)), min_size=1, max_size=12
    ),
    orientation=st.sampled_from(Orientation),
    size=st.sampled_from([(640, 480), (1200, 800), (900, 1200)]),
)
def test_decoder_and_geometry_agree_within_a_pixel(
    values: list[float], orientation: Orientation, size: tuple[int, int]
) -> None:
    width, height = size
    chart = planned(csv=csv_of(values), orientation=orientation.value, width=width * 2, height=height)
    scale = bars(chart).layout.frame.pixels_per_value
    picture, _ = chart.drawing.plain().pixels()
    for value, read in zip(values, chart.drawing.decode(picture).values, strict=True):
        assert read is not None
        assert abs(read - value) * scale <= 1
