import numpy as np
import pytest
from chartspark_api.colours import EDGES, Rgb
from chartspark_runner.element import Cast, Element
from chartspark_runner.embed import cut_out
from hypothesis import given, settings
from hypothesis import strategies as st
from runner_builders import ball, cast_of
from trace_builders import OTHERS, VALUES, farthest, finished, frame_of, scored, traced

SIZES = [(640, 480), (1200, 800), (900, 1200)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("series", [(VALUES,), (VALUES, OTHERS)], ids=["one", "two"])
def test_a_true_line_scores_everything(series: tuple[tuple[float, ...], ...], size: tuple[int, int]) -> None:
    chart = traced(*series, width=size[0], height=size[1])
    assert scored(finished(chart), chart).total >= 0.99


CASES = {
    "inverted": (tuple(38 - value for value in VALUES), 0.0),
    "two points swapped": ((19.0, 31.0, *VALUES[2:]), 0.0),
    "one of ten 10 % too high": ((*VALUES[:3], 27.5, *VALUES[4:]), 0.3),
    "one of ten 10 % too low": ((*VALUES[:8], 25.2, VALUES[9]), 0.3),
}


@pytest.mark.parametrize(("values", "most"), CASES.values(), ids=CASES)
def test_a_wrong_line_is_seen(values: tuple[float, ...], most: float) -> None:
    true, false = (traced(shown, width=1200, height=800) for shown in (VALUES, values))
    assert frame_of(false).y == frame_of(true).y
    assert scored(finished(false), true).total <= most


def test_an_inverted_line_on_an_axis_far_from_zero_is_seen() -> None:
    true, false = (
        traced([1000 + sign * v for v in (1, -1, 2, -2, 1.5)], width=1200, height=800) for sign in (1, -1)
    )
    assert frame_of(false).y == frame_of(true).y
    scores = scored(finished(false), true)
    assert scores.total == 0
    assert scores.worst_mark > 0.5


def test_two_series_under_each_others_names_are_seen() -> None:
    chart = traced(VALUES, OTHERS)
    picture = finished(chart)
    edges = chart.drawing.decode(picture).edges
    for swatch, edge in zip(frame_of(chart).swatches, reversed(edges), strict=True):
        picture[swatch.top : swatch.bottom, swatch.left : swatch.right] = edge
    assert scored(picture, chart).total == 0


def test_a_missing_point_is_seen() -> None:
    chart = traced(VALUES)
    frame, picture = frame_of(chart), finished(chart)
    left, right = (int(frame.stations[0][i]) for i in (2, 4))
    picture[frame.room.top : frame.room.bottom, left:right] = picture[2, 2]
    reading = chart.drawing.decode(picture)
    assert reading.values[3] is None
    assert scored(picture, chart).total == 0


def test_elements_without_a_data_edge_are_no_line() -> None:
    chart = traced(VALUES)
    picture = finished(chart).astype(np.int32)
    edge = np.array(chart.drawing.decode(finished(chart)).edges[0])
    picture[((picture - edge) ** 2).sum(axis=2) < 60**2] = (200, 60, 40)
    assert scored(picture.astype(np.uint8), chart).data_accuracy <= 0.3


def test_ink_of_the_reserved_colour_beside_a_line_does_not_move_it() -> None:
    chart = traced(VALUES, width=1200, height=800)
    frame, picture = frame_of(chart), finished(chart)
    edge = chart.drawing.decode(picture).edges[0]
    speckles = np.random.default_rng(3)
    for _ in range(150):
        x = int(speckles.integers(frame.room.left, frame.room.right - 6))
        y = int(speckles.integers(frame.room.top, frame.room.bottom - 6))
        picture[y : y + 5, x : x + 5] = edge
    assert scored(picture, chart).worst_mark <= 0.02


def test_ink_over_a_line_hides_it() -> None:
    chart = traced(VALUES)
    frame, picture = frame_of(chart), finished(chart)
    edge = chart.drawing.decode(picture).edges[0]
    left, right = (int(frame.stations[0][i]) for i in (2, 4))
    picture[frame.room.top : frame.room.bottom, left:right] = edge
    assert scored(picture, chart).total == 0


@pytest.mark.parametrize("kind", ["Line", "Area"])
@pytest.mark.parametrize("edge", EDGES)
def test_elements_in_the_colour_of_their_edge_do_not_move_it(edge: Rgb, kind: str) -> None:
    chart = traced(VALUES, kind=kind, width=800, height=600)
    dark = cut_out(ball(edge))
    assert isinstance(dark, Element)
    picture = chart.drawing.compose(Cast((dark,))).pixels()[0]
    assert scored(picture, chart).worst_mark <= 0.02


def test_series_that_share_their_values_are_both_read() -> None:
    chart = traced(VALUES, (*VALUES[:5], *OTHERS[5:]), width=1200, height=800)
    assert scored(finished(chart), chart).total >= 0.99


def test_a_gap_is_no_line() -> None:
    chart = traced(VALUES, csv="year,amount\n2001,5\n2002,8\n2003,\n2004,3\n2005,\n2006,9\n2007,4\n")
    assert [want.label for want in chart.drawing.expected] == ["2001", "2002", "2004", "2006", "2007"]
    assert scored(finished(chart), chart).total >= 0.99
    frame, picture = frame_of(chart), finished(chart)
    middle = round((frame.stations[0][1] + frame.stations[0][2]) / 2)
    edge = np.array(chart.drawing.decode(picture).edges[0])
    column = picture[frame.room.top : frame.room.bottom, middle].astype(np.int32)
    assert (((column - edge) ** 2).sum(axis=1) > 30**2).all()


@settings(max_examples=15, deadline=None)
@given(
    values=st.lists(
        st.floats(-1e6, 1e6, allow_subnormal=False).map(lambda v: round(v, 2)), min_size=1, max_size=30
    ),
    size=st.sampled_from(SIZES),
)
def test_decoder_and_geometry_agree_within_a_pixel(values: list[float], size: tuple[int, int]) -> None:
    chart = traced(values, width=size[0], height=size[1])
    assert farthest(chart, chart.drawing.plain().pixels()[0]) <= 1


@settings(max_examples=10, deadline=None)
@given(
    one=st.lists(st.integers(0, 60), min_size=4, max_size=12),
    other=st.lists(st.integers(70, 100), min_size=4, max_size=12),
)
def test_it_agrees_for_several_series_that_do_not_meet(one: list[int], other: list[int]) -> None:
    chart = traced(one, other, width=1200, height=800)
    assert farthest(chart, chart.drawing.compose(cast_of(chart)).pixels()[0]) <= 1
