import numpy as np
import pytest
from chartspark_runner.coverage import ENOUGH, coverage, depth
from hypothesis import given, settings
from hypothesis import strategies as st
from runner_builders import cast_of
from trace_builders import OTHERS, VALUES, farthest, finished, frame_of, scored, traced


@pytest.mark.parametrize("series", [(VALUES,), (VALUES, OTHERS)], ids=["one", "two"])
@pytest.mark.parametrize("width", [480, 1200])
def test_a_true_area_scores_everything(series: tuple[tuple[float, ...], ...], width: int) -> None:
    chart = traced(*series, kind="Area", width=width, height=600)
    assert scored(finished(chart), chart).total >= 0.99


CASES = {
    "inverted": (tuple(38 - value for value in VALUES), 0.0),
    "two points swapped": ((19.0, 31.0, *VALUES[2:]), 0.0),
    "one of ten 10 % too high": ((*VALUES[:3], 27.5, *VALUES[4:]), 0.3),
}


@pytest.mark.parametrize(("values", "most"), CASES.values(), ids=CASES)
def test_a_wrong_area_is_seen(values: tuple[float, ...], most: float) -> None:
    true, false = (traced(shown, kind="Area", width=1200, height=800) for shown in (VALUES, values))
    assert frame_of(false).y == frame_of(true).y
    assert scored(finished(false), true).total <= most


def test_a_part_of_a_stack_is_read_without_what_it_stands_on() -> None:
    chart = traced(VALUES, OTHERS, kind="Area", width=1200, height=800)
    reading = chart.drawing.decode(finished(chart))
    assert reading.values == pytest.approx((*VALUES, *OTHERS), abs=0.3)


def test_elements_without_a_data_edge_are_no_area() -> None:
    chart = traced(VALUES, kind="Area")
    picture = finished(chart).astype(np.int32)
    edge = np.array(chart.drawing.decode(finished(chart)).edges[0])
    picture[((picture - edge) ** 2).sum(axis=2) < 60**2] = (200, 60, 40)
    assert scored(picture.astype(np.uint8), chart).data_accuracy <= 0.3


def test_an_area_begins_and_ends_at_its_first_and_last_point() -> None:
    """Not in the corners of the axes, which would slant its sides."""
    chart = traced(VALUES, kind="Area")
    frame = frame_of(chart)
    (mask,) = chart.drawing.masks()
    first, last = frame.stations[0][0], frame.stations[0][-1]
    columns = np.nonzero(mask.any(axis=0))[0]
    assert abs(columns[0] - first) <= 1
    assert abs(columns[-1] - last) <= 1
    assert abs(mask[:, columns[0] + 1].sum() - (frame.y.at(0) - frame.y.at(VALUES[0]))) <= 6


@pytest.mark.parametrize("kind", ["Line", "Area"])
@pytest.mark.parametrize("width", [480, 1200])
def test_marks_are_made_of_the_element(kind: str, width: int) -> None:
    chart = traced(VALUES, kind=kind, width=width, height=600)
    sheet = chart.drawing.compose(cast_of(chart))
    assert coverage(sheet.elements(), depth(chart.drawing.masks())) >= ENOUGH


@pytest.mark.parametrize("kind", ["Line", "Area"])
def test_a_chart_over_a_scene_is_read_as_well(kind: str) -> None:
    chart = traced(VALUES, kind=kind, width=1200, height=800)
    picture, _ = chart.drawing.over(cast_of(chart)).pixels()
    assert scored(picture, chart).worst_mark <= 0.02


@settings(max_examples=12, deadline=None)
@given(
    values=st.lists(
        st.floats(-1e6, 1e6, allow_subnormal=False).map(lambda v: round(v, 2)), min_size=2, max_size=30
    ),
    size=st.sampled_from([(640, 480), (1200, 800), (900, 1200)]),
)
def test_decoder_and_geometry_agree_within_a_pixel(values: list[float], size: tuple[int, int]) -> None:
    chart = traced(values, kind="Area", width=size[0], height=size[1])
    assert farthest(chart, chart.drawing.plain().pixels()[0]) <= 1
