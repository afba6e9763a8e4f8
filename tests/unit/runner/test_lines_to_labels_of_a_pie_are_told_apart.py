from itertools import combinations

import numpy as np
import pytest
from chartspark_runner.charts.pie.chart import PieChart
from chartspark_runner.charts.pie.leaders import leaders
from chartspark_runner.errors import InvalidData
from hypothesis import example, given, settings
from hypothesis import strategies as st
from runner_builders import csv_of, planned


def drawn(parts: list[float]) -> tuple[np.ndarray, ...]:
    drawing = planned(type="Pie", csv=csv_of(parts), width=900, height=600).drawing
    assert isinstance(drawing, PieChart)
    return tuple(np.array(points) for points in leaders(drawing.layout))


def arc(line: np.ndarray) -> np.ndarray:
    """Return a line point by point, without its ends: the first is at the rim, and the last beside the label."""
    inner = line[1:-1]
    places = np.linspace(0, len(inner) - 1, 400)
    return np.column_stack([np.interp(places, np.arange(len(inner)), inner[:, axis]) for axis in (0, 1)])


def test_labels_beside_their_sectors_have_none() -> None:
    assert drawn([1, 1]) == ()


@pytest.mark.parametrize("parts", [[60, 30, 4, 3, 2], [2, 3, 4, 30, 60], [50, 2, 2, 2, 50]])
def test_thin_neighbours_have_lines_of_their_own(parts: list[float]) -> None:
    assert len(drawn(parts)) >= 2


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(1, 60), min_size=2, max_size=6))
@example([60, 30, 4, 3, 2])
@example([56, 60, 6, 8])
def test_no_two_share_a_piece_of_their_way(parts: list[float]) -> None:
    try:
        lines = drawn(parts)
    except InvalidData:
        return
    for one, other in combinations(lines, 2):
        apart = np.linalg.norm(arc(one)[:, None] - arc(other)[None], axis=2)
        assert apart.min() >= 1.5
