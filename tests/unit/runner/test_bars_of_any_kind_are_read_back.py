"""Bars of several series, negative ones and stacks: what is drawn can be read, and what is wrong is seen."""

import numpy as np
import pytest
from chartspark_api.charts import Orientation
from chartspark_runner.check import PlannedChart
from chartspark_runner.coverage import coverage, depth
from chartspark_runner.element import Cast, Element
from chartspark_runner.errors import InvalidData, NegativeValue, TooManyBars, TooManySeries
from chartspark_runner.picture import Pixels
from chartspark_runner.score import score
from hypothesis import given, settings
from hypothesis import strategies as st
from runner_builders import bars, planned

COLOURS = ((200, 60, 40), (40, 160, 60), (60, 80, 200), (230, 200, 40), (150, 60, 180), (30, 180, 190))


def disc(colour: tuple[int, int, int]) -> Element:
    ys, xs = np.mgrid[:96, :96]
    alpha = (((xs - 47.5) ** 2 + (ys - 47.5) ** 2) < 47**2) * 255
    return Element(np.dstack([np.broadcast_to(colour, (96, 96, 3)), alpha]).astype(np.uint8), 1.0)


def finished(chart: PlannedChart) -> Pixels:
    elements = [disc(colour) for colour in COLOURS]
    cast = Cast(tuple(elements[mark.series] for mark in bars(chart).layout.bars.marks))
    return chart.drawing.compose(cast).pixels()[0]


def table(rows: list[list[float]]) -> str:
    return "thing,kind,amount\n" + "".join(
        f"t{i},k{j},{value}\n" for i, row in enumerate(rows) for j, value in enumerate(row)
    )


ROWS = [[31.0, 12.0, 7.0], [4.0, 22.0, 16.0], [18.0, 9.0, 27.0]]
GROUPED: dict[str, object] = {"series": "kind"}
STACKED: dict[str, object] = {"series": "kind", "stacking": "Stacked"}


@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize("way", [GROUPED, STACKED], ids=["grouped", "stacked"])
def test_a_true_chart_scores_everything_and_is_made_of_elements(
    way: dict[str, object], orientation: Orientation
) -> None:
    chart = planned(csv=table(ROWS), orientation=orientation.value, width=1200, height=800, **way)
    picture = finished(chart)
    assert score(chart.drawing.expected, chart.drawing.decode(picture)).total >= 0.99
    elements = [disc(colour) for colour in COLOURS]
    cast = Cast(tuple(elements[mark.series] for mark in bars(chart).layout.bars.marks))
    assert coverage(chart.drawing.compose(cast).elements(), depth(chart.drawing.masks())) >= 0.6


@pytest.mark.parametrize("way", [GROUPED, STACKED], ids=["grouped", "stacked"])
def test_a_part_that_is_ten_percent_off_is_seen(way: dict[str, object]) -> None:
    wrong = [[31.0, 12.0, 7.0], [4.0, 24.2, 13.8], [18.0, 9.0, 27.0]]
    true = planned(csv=table(ROWS), width=1200, height=800, **way)
    false = planned(csv=table(wrong), width=1200, height=800, **way)
    assert bars(true).layout.frame == bars(false).layout.frame
    assert score(true.drawing.expected, true.drawing.decode(finished(false))).total <= 0.3


@pytest.mark.parametrize("way", [GROUPED, STACKED], ids=["grouped", "stacked"])
def test_series_that_are_swapped_are_seen(way: dict[str, object]) -> None:
    swapped = [[row[1], row[0], row[2]] for row in ROWS]
    true = planned(csv=table(ROWS), width=1200, height=800, **way)
    false = planned(csv=table(swapped), width=1200, height=800, **way)
    assert score(true.drawing.expected, true.drawing.decode(finished(false))).total == 0


@settings(max_examples=25, deadline=None)
@given(
    values=st.lists(st.integers(-1000, 1000).map(float), min_size=1, max_size=12),
    orientation=st.sampled_from(Orientation),
)
def test_bars_run_both_ways_from_zero(values: list[float], orientation: Orientation) -> None:
    chart = planned(
        csv="thing,amount\n" + "".join(f"t{i},{value}\n" for i, value in enumerate(values)),
        orientation=orientation.value,
        width=1200,
        height=900,
    )
    scale = bars(chart).layout.frame.pixels_per_value
    for value, read in zip(values, chart.drawing.decode(finished(chart)).values, strict=True):
        assert read is not None
        assert abs(read - value) * scale <= 1


@settings(max_examples=25, deadline=None)
@given(
    rows=st.lists(st.lists(st.integers(0, 500).map(float), min_size=3, max_size=3), min_size=1, max_size=6),
    stacking=st.sampled_from(["Grouped", "Stacked"]),
)
def test_several_series_are_read_within_two_pixels(rows: list[list[float]], stacking: str) -> None:
    chart = planned(csv=table(rows), series="kind", stacking=stacking, width=1400, height=900)
    scale = bars(chart).layout.frame.pixels_per_value
    reads = chart.drawing.decode(finished(chart)).values
    for want, read in zip(chart.drawing.expected, reads, strict=True):
        assert read is not None
        # A part of a stack that is thinner than two pixels has no room for an edge.
        assert abs(read - want.value) * scale <= 2


def test_bars_are_sorted_and_the_largest_kept() -> None:
    csv = "thing,amount\na,3\nb,9\nc,5\nd,1\n"
    assert bars(planned(csv=csv, sort="Descending")).layout.bars.categories == ("b", "c", "a", "d")
    assert bars(planned(csv=csv, sort="Ascending", top=2)).layout.bars.categories == ("c", "b")
    assert bars(planned(csv=csv, top=3)).layout.bars.categories == ("a", "b", "c")


REFUSALS = {
    "seven series": ({"csv": table([[1.0] * 7]), **GROUPED}, TooManySeries, "6 can be told apart"),
    "a bar told twice": (
        {"csv": "thing,kind,amount\na,k,1\na,k,2\n", **GROUPED},
        InvalidData,
        "two rows tell of thing 'a' and kind 'k'",
    ),
    "a stack below zero": (
        {"csv": table([[3.0, -1.0]]), **STACKED},
        NegativeValue,
        "set stacking to Grouped",
    ),
    "a crowd": ({"csv": table([[1.0] * 6] * 60), **GROUPED}, TooManyBars, "take fewer rows"),
}


@pytest.mark.parametrize(("fields", "fault", "says"), REFUSALS.values(), ids=REFUSALS)
def test_what_cannot_be_drawn_is_refused(
    fields: dict[str, object], fault: type[Exception], says: str
) -> None:
    with pytest.raises(fault, match=says):
        planned(**fields)
