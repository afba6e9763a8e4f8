from collections.abc import Sequence

import numpy as np
import pytest
from chartspark_runner.charts.scatter.chart import ScatterChart
from chartspark_runner.check import PlannedChart
from chartspark_runner.coverage import ENOUGH, coverage, depth
from chartspark_runner.errors import ColumnMissing, InvalidData, NegativeValue, NotANumber, TooManyPoints
from chartspark_runner.picture import Pixels
from chartspark_runner.score import Scores, score
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from runner_builders import cast_of, chart_object, job, planned

Rows = Sequence[tuple[float, float, float]]

ROWS: Rows = (
    (10, 31, 4), (20, 19, 9), (30, 12, 1), (40, 25, 6), (50, 7, 3),
    (60, 16, 8), (70, 22, 2), (80, 10, 7), (90, 28, 5), (100, 14, 9),
)  # fmt: skip


def csv_of_points(rows: Rows) -> str:
    return "thing,amount,weight\n" + "".join(f"{x!r},{y!r},{size!r}\n" for x, y, size in rows)


def scatter(rows: Rows = ROWS, **fields: object) -> PlannedChart:
    asked = {"type": "Scatter", "size": "weight", "width": 900, "height": 600, "csv": csv_of_points(rows)}
    return planned(**{**asked, **fields})


def drawing(chart: PlannedChart) -> ScatterChart:
    assert isinstance(chart.drawing, ScatterChart)
    return chart.drawing


def finished(chart: PlannedChart, element: Pixels | None = None) -> Pixels:
    picture, _ = chart.drawing.compose(cast_of(chart, element)).pixels()
    return picture


def scored(shown: Pixels, true: PlannedChart) -> Scores:
    return score(true.drawing.expected, true.drawing.decode(shown))


def bar(*, white: bool) -> Pixels:
    """An upright thing on paper; perhaps with a white heart."""
    picture = np.full((128, 128, 3), 255, dtype=np.uint8)
    picture[10:118, 40:88] = (60, 120, 40)
    if white:
        picture[20:108, 50:78] = 255
    return picture


@pytest.mark.parametrize("size", [(400, 300), (900, 600), (700, 900)])
def test_a_true_chart_scores_everything(size: tuple[int, int]) -> None:
    chart = scatter(width=size[0], height=size[1])
    assert scored(finished(chart), chart).total >= 0.99


@pytest.mark.parametrize("white", [False, True])
def test_the_area_within_an_elements_outline_tells_the_size(*, white: bool) -> None:
    chart = scatter(width=1200, height=800)
    channels = {want.channel for want in chart.drawing.expected}
    assert channels == {"x", "y", "size"}
    assert scored(finished(chart, bar(white=white)), chart).total >= 0.99


def moved(index: int, **change: float) -> Rows:
    rows = [dict(zip(("x", "y", "size"), row, strict=True)) for row in ROWS]
    rows[index] |= change
    return [(row["x"], row["y"], row["size"]) for row in rows]


CASES = {
    "a point 10 % too high": moved(6, y=24.2),
    "a point 10 % too far right": moved(5, x=66),
    "a mark a third too large": moved(3, size=8),
    "two points that changed places": [*ROWS[:3], (40, 7, 6), (50, 25, 3), *ROWS[5:]],
    "upside down": [(x, 38 - y, size) for x, y, size in ROWS],
}


@pytest.mark.parametrize("rows", CASES.values(), ids=CASES)
def test_a_wrong_point_is_seen(rows: Rows) -> None:
    true, false = scatter(width=1200, height=800), scatter(rows, width=1200, height=800)
    assert drawing(false).layout.frame == drawing(true).layout.frame
    assert scored(finished(false), true).total <= 0.3


def test_a_missing_dot_is_seen() -> None:
    chart = scatter()
    picture, (x, y) = finished(chart), drawing(chart).layout.places[4]
    picture[round(y) - 4 : round(y) + 4, round(x) - 4 : round(x) + 4] = (200, 60, 40)
    assert scored(picture, chart).total == 0


def test_a_dot_too_many_is_seen() -> None:
    chart = scatter()
    true = finished(chart)
    others = finished(scatter([*ROWS, (45, 16, 1)]))
    assert scored(others, scatter([*ROWS, (45, 16, 1)])).total >= 0.99
    frame = drawing(chart).layout.frame
    place = round(frame.x.at(45)), round(frame.y.at(28))
    edge = chart.drawing.decode(true).edges[0]
    ys, xs = np.mgrid[: frame.height, : frame.width]
    true[np.hypot(xs - place[0], ys - place[1]) <= frame.dot] = edge
    assert scored(true, chart).total == 0


def test_elements_without_dots_are_no_points() -> None:
    chart = scatter()
    picture = finished(chart)
    for x, y in drawing(chart).layout.places:
        picture[round(y) - 6 : round(y) + 6, round(x) - 6 : round(x) + 6] = (200, 60, 40)
    assert set(chart.drawing.decode(picture).values) == {None}


def test_most_of_the_marks_is_the_element() -> None:
    chart = scatter(width=1200, height=800)
    elements = chart.drawing.compose(cast_of(chart)).elements()
    assert coverage(elements, depth(chart.drawing.masks())) >= ENOUGH


def test_over_a_scene_points_read_as_true_as_plain_ones() -> None:
    chart = scatter(width=1200, height=800)
    picture, _ = chart.drawing.over(cast_of(chart)).pixels()
    assert all(
        want.channel == "size" or mark.error == 0
        for want, mark in zip(chart.drawing.expected, scored(picture, chart).marks, strict=True)
    )


NUMBER = st.floats(-1e12, 1e12, allow_subnormal=False).map(lambda value: round(value, 9))


@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    rows=st.lists(
        st.tuples(NUMBER, NUMBER, st.floats(0, 1e9, allow_subnormal=False)), min_size=1, max_size=20
    ),
    width=st.integers(320, 1200),
    height=st.integers(240, 900),
)
@example(rows=[(1.0, 1.0, 1.0)], width=640, height=480)
@example(rows=[(0.0, 0.0, 0.0)], width=640, height=480)
@example(rows=[(1e-9, 2e-9, 1.0), (3e-9, 1e-9, 2.0)], width=640, height=480)
@example(rows=[(1e12, 5.0, 1.0), (2e12, 5.0, 2.0)], width=640, height=480)
def test_geometry_and_decoder_agree_within_a_pixel_or_the_table_is_refused(
    rows: Rows, width: int, height: int
) -> None:
    try:
        chart = scatter(rows, width=width, height=height)
    except InvalidData:
        return
    picture, _ = chart.drawing.plain().pixels()
    frame = drawing(chart).layout.frame
    per_pixel = {"x": frame.x.value_per_pixel, "y": frame.y.value_per_pixel}
    reading = chart.drawing.decode(picture)
    for want, read in zip(chart.drawing.expected, reading.values, strict=True):
        assert read is not None
        if want.channel in per_pixel:
            assert abs(read - want.value) <= per_pixel[want.channel]


def test_more_than_150_points_are_dots_and_it_is_said() -> None:
    rows = [(i, (i * 37) % 160, 1) for i in range(160)]
    chart = scatter(rows, width=1600, height=1000)
    picture, notes = chart.drawing.compose(cast_of(chart)).pixels()
    assert any(note.startswith("160 points are drawn as dots without elements") for note in notes)
    assert scored(picture, chart).total >= 0.99
    assert len(chart.drawing.slots) == 1


def test_points_that_lie_on_each_other_are_not_read_and_it_is_said() -> None:
    chart = scatter([*ROWS, ROWS[2]])
    picture, notes = chart.drawing.compose(cast_of(chart)).pixels()
    assert "2 of 11 points lie on others, and cannot be read back" in notes
    assert scored(picture, chart).total >= 0.99


def test_names_stand_where_they_have_room() -> None:
    chart = scatter(label="amount", width=1200, height=800)
    names = drawing(chart).layout.names
    assert len(names) >= 8
    assert scored(finished(chart), chart).total >= 0.99


def test_dates_stand_in_their_true_distances() -> None:
    csv = "thing,amount\n2024-01-01,1\n2024-01-11,3\n2024-01-31,2\n"
    first, second, third = drawing(scatter(csv=csv, size=None)).layout.places
    assert third[0] - second[0] == pytest.approx(2 * (second[0] - first[0]))


REFUSED = {
    "names": ({"csv": "thing,amount,weight\na,1,1\n"}, InvalidData, "take type Bar for names"),
    "text": ({"csv": "thing,amount,weight\n1,many,1\n"}, NotANumber, "such as 1234.5"),
    "a size below zero": ({"csv": "thing,amount,weight\n1,1,-2\n"}, NegativeValue, "zero or more"),
    "no such size": ({"size": "wieght"}, ColumnMissing, "did you mean 'weight'"),
    "one place": ({"csv": "thing,amount,weight\n1,1,1\n1,1,1\n"}, TooManyPoints, "lies on another one"),
    "too many": ({"csv": csv_of_points([(i, i, 1) for i in range(2001)])}, TooManyPoints, "take a sample"),
    "beyond the axis": ({"csv": "thing,amount,weight\n1,2e18,1\n"}, NotANumber, "take another unit"),
    "beyond the axis along x": ({"csv": "thing,amount,weight\n2e18,1,1\n"}, NotANumber, "'thing' is 2e18"),
}


@pytest.mark.parametrize(("fields", "kind", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_scatter_chart_is_told(
    fields: dict[str, object], kind: type[InvalidData], told: str
) -> None:
    with pytest.raises(kind, match=told):
        scatter(**fields)


@pytest.mark.parametrize("field", ["size", "label"])
def test_sizes_and_names_are_for_scatter_charts_alone(field: str) -> None:
    with pytest.raises(ValueError, match=f"{field}Column is for charts of type Scatter"):
        job(chart_object(**{field: "amount"}))
