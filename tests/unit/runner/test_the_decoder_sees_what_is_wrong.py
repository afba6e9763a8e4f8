import numpy as np
import pytest
from chartspark_api.charts import Orientation
from chartspark_runner.charts.bar.compose import compose
from chartspark_runner.charts.bar.decode import decode
from chartspark_runner.charts.bar.draw import draw_plain
from chartspark_runner.check import PlannedChart
from chartspark_runner.embed import Element, cut_out
from chartspark_runner.palette import palette_for
from chartspark_runner.picture import Pixels
from chartspark_runner.score import Scores, score
from hypothesis import given, settings
from hypothesis import strategies as st
from runner_builders import VALUES, ball, csv_of, planned


def element() -> Pixels:
    found = cut_out(ball())
    assert isinstance(found, Element)
    return found.pixels


def scored(shown: PlannedChart, true: PlannedChart) -> Scores:
    """Draw one chart, and score the picture as the other one."""
    picture, _ = compose(shown.layout, element()).pixels()
    return score(
        true.layout.frame, true.series.labels, true.series.values, decode(true.layout.frame, picture)
    )


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
    assert false.layout.frame == true.layout.frame
    assert scored(false, true).total <= most


def test_a_missing_mark_is_seen() -> None:
    chart = planned()
    frame = chart.layout.frame
    picture, _ = compose(chart.layout, element()).pixels()
    box = frame.box(frame.bands[3], 0, frame.reach)
    picture[box.top : box.bottom, box.left : box.right] = picture[2, 2]
    reading = decode(frame, picture)
    assert reading.values[3] is None
    assert score(frame, chart.series.labels, chart.series.values, reading).total == 0


def test_pictograms_without_a_data_edge_are_no_bar() -> None:
    chart = planned()
    frame = chart.layout.frame
    picture, _ = compose(chart.layout, element()).pixels()
    for band, value in zip(frame.bands, chart.layout.values, strict=True):
        box = frame.edge_box(band, value)
        picture[box.top : box.bottom, box.left : box.right] = np.array([200, 60, 40])
    assert decode(frame, picture).values == (None,) * 10


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
    frame = chart.layout.frame
    picture, _ = draw_plain(chart.layout, palette_for(None)).pixels()
    for value, read in zip(values, decode(frame, picture).values, strict=True):
        assert read is not None
        assert abs(read - value) * frame.pixels_per_value <= 1
