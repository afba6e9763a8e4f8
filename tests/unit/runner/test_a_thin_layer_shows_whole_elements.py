"""Of a layer of a stack that is thinner than the others' elements are large no scraps are made."""

import numpy as np
from chartspark_runner.charts.area.row import layer, row
from chartspark_runner.charts.bar.tiling import Figure, choose_tiling
from chartspark_runner.charts.fit import Fit
from chartspark_runner.score import score
from hypothesis import given, settings
from hypothesis import strategies as st
from runner_builders import cast_of, planned
from scipy.ndimage import binary_dilation
from trace_builders import traced

BALL = cast_of(planned()).lead
HEIGHTS = st.lists(st.tuples(st.floats(100, 160), st.floats(10, 60)), min_size=2, max_size=6)


@settings(max_examples=40, deadline=None)
@given(heights=HEIGHTS)
def test_elements_of_a_row_lie_between_its_edges_at_their_middles(heights: list[tuple[float, float]]) -> None:
    upper = tuple((80.0 * i, top) for i, (top, _) in enumerate(heights))
    lower = tuple((80.0 * i, top + thick) for i, (top, thick) in enumerate(heights))
    thin = layer((*upper, *reversed(lower)))
    assert (thin.upper, thin.lower) == (upper, lower)
    for stamp in row(BALL, thin, 2.0):
        middle = (stamp.box.left + stamp.box.right) / 2
        assert min(stamp.box.width, stamp.box.height) >= 12
        assert stamp.box.top >= np.interp(middle, *zip(*upper, strict=True)) - 1
        assert 0 <= stamp.box.left < stamp.box.right <= upper[-1][0] + 1


def test_a_layer_that_is_thinner_than_anything_readable_has_its_tint_alone() -> None:
    thin = layer(((0, 100), (400, 100), (400, 108), (0, 108)))
    assert list(row(BALL, thin, 2.0)) == []


def test_a_stack_with_a_thin_layer_is_read_back() -> None:
    thick, thin = (40.0, 44, 38, 46, 50), (4.0, 5, 5, 6, 5)
    chart = traced(thick, thin, kind="Area", width=900, height=600)
    picture, _ = chart.drawing.compose(cast_of(chart)).pixels()
    assert score(chart.drawing.expected, chart.drawing.decode(picture)).worst_mark <= 0.05


def test_units_of_a_stack_are_small_enough_for_its_thin_parts() -> None:
    figure = Figure(100, 100, raster=False)
    alone = choose_tiling(100, 100, 4.0, 60, figure)
    beside = choose_tiling(100, 8, 4.0, 60, figure)
    assert alone is not None
    assert beside is not None
    assert beside.unit * beside.lanes < alone.unit * alone.lanes
    assert beside.unit * beside.lanes <= 8


def test_a_closer_fit_lays_a_pale_heap_behind_the_row_of_a_thin_layer_and_keeps_the_row() -> None:
    thick, thin = (40.0, 44, 38, 46, 50), (4.0, 5, 5, 6, 5)
    chart = traced(thick, thin, kind="Area", width=900, height=600)
    loose, close = (
        chart.drawing.compose(cast_of(chart), Fit(close=close)).elements() for close in (False, True)
    )
    _, layer_of_the_second = chart.drawing.masks()
    assert close[loose & layer_of_the_second].all()
    assert close[layer_of_the_second].mean() > loose[layer_of_the_second].mean() + 0.05


def test_no_element_leaves_a_layer_that_is_thin_and_steep() -> None:
    chart = traced((40.0, 4, 44, 3, 46), (7.0, 6, 8, 6, 7), kind="Area", width=900, height=600)
    drawn = chart.drawing.compose(cast_of(chart)).elements()
    marks = np.logical_or.reduce(list(chart.drawing.masks()))
    assert drawn.any()
    assert not (drawn & ~binary_dilation(marks, iterations=2)).any()
