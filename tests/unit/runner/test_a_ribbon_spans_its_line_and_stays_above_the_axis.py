import numpy as np
import pytest
from chartspark_runner.charts.line.chart import LineChart
from chartspark_runner.element import Cast
from chartspark_runner.picture import Mask
from hypothesis import example, given, settings
from hypothesis import strategies as st
from runner_builders import cast_of, planned


def line(values: list[float]) -> LineChart:
    rows = "".join(f"{2005 + i},{value!r}\n" for i, value in enumerate(values))
    chart = planned(type="Line", csv="year,v\n" + rows, x="year", y="v", width=900, height=600).drawing
    assert isinstance(chart, LineChart)
    return chart


def elements_of(chart: LineChart) -> Mask:
    return chart.compose(Cast((cast_of(planned()).lead,))).elements()


COURSES = {
    "rises": [10.0, 20.0, 90.0],
    "falls": [90.0, 20.0, 10.0],
    "begins and ends steeply": [5.0, 95.0, 50.0, 95.0, 5.0],
    "runs along the axis": [2.0, 1.0, 0.0, 1.0, 60.0],
}


@pytest.mark.parametrize("values", [values for name, values in COURSES.items() if "axis" not in name])
def test_it_hangs_from_the_first_point_to_the_last(values: list[float]) -> None:
    chart = line(values)
    inked = np.nonzero(elements_of(chart).any(axis=0))[0]
    ((*_, last),) = chart.plot.lines[0]
    first = chart.plot.lines[0][0][0]
    assert inked[0] <= first[0] + 1
    assert inked[-1] >= last[0] - 1


@settings(max_examples=8, deadline=None)
@given(values=st.lists(st.floats(0, 100).map(lambda value: round(value, 1)), min_size=2, max_size=9))
@example(values=COURSES["runs along the axis"])
@example(values=[0.0, 0.0, 0.0])
def test_nothing_of_it_lies_below_the_axis(values: list[float]) -> None:
    chart = line(values)
    (mark,) = chart.masks()
    stroke = round(chart.plot.frame.stroke)
    assert not elements_of(chart)[chart.plot.base :].any()
    assert not mark[chart.plot.base + stroke :].any()


def test_an_axis_that_begins_at_zero_ends_there() -> None:
    chart = line(COURSES["rises"])
    assert chart.plot.frame.y.at(0) == chart.plot.base
