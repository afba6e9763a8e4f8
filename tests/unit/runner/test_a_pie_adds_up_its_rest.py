import pytest
from chartspark_runner.charts.pie.chart import PieChart
from chartspark_runner.errors import (
    ChartTooSmall,
    InvalidData,
    NegativeValue,
    NothingToShare,
    SectorTooThin,
    TooManySectors,
)
from runner_builders import chart_object, csv_of, job, planned

SEVEN = csv_of([3, 9, 1, 7, 2, 8, 4])


def sectors(**fields: object) -> list[tuple[str, float]]:
    drawing = planned(type="Pie", **fields).drawing
    assert isinstance(drawing, PieChart)
    return [(part.label, part.value) for part in drawing.shares.parts]


ORDERS = {
    "the table's": ({"csv": csv_of([3, 9, 1])}, [("t0", 3), ("t1", 9), ("t2", 1)]),
    "descending": ({"csv": csv_of([3, 9, 1]), "sort": "Descending"}, [("t1", 9), ("t0", 3), ("t2", 1)]),
    "ascending": ({"csv": csv_of([3, 9, 1]), "sort": "Ascending"}, [("t2", 1), ("t0", 3), ("t1", 9)]),
    "the largest and the rest": (
        {"csv": SEVEN, "top": 3},
        [("t1", 9), ("t3", 7), ("t5", 8), ("Other", 10)],
    ),
    "the rest is last in any order": (
        {"csv": SEVEN, "top": 2, "sort": "Ascending"},
        [("t5", 8), ("t1", 9), ("Other", 17)],
    ),
    "the rest by the name that its maker gives": (
        {"csv": SEVEN, "top": 3, "otherLabel": "Autres", "locale": "fr"},
        [("t1", 9), ("t3", 7), ("t5", 8), ("Autres", 10)],
    ),
    "the rest in a language of which nobody knows the word": (
        {"csv": SEVEN, "top": 3, "locale": "ar"},
        [("t1", 9), ("t3", 7), ("t5", 8), ("…", 10)],
    ),
    "a single rest keeps its name": ({"csv": csv_of([3, 9, 1]), "top": 2}, [("t0", 3), ("t1", 9), ("t2", 1)]),
}


@pytest.mark.parametrize(("fields", "order"), ORDERS.values(), ids=ORDERS)
def test_in_order(fields: dict[str, object], order: list[tuple[str, float]]) -> None:
    assert sectors(**fields) == order


def test_the_rest_is_played_by_its_largest_row() -> None:
    assert planned(type="Pie", csv=SEVEN, top=3, subject="{thing}").subjects == ("t1", "t3", "t5", "t6")


REFUSED = {
    "seven sectors": (
        {"csv": SEVEN},
        TooManySectors,
        "set top to 5, which adds up the rest, or take type Bar",
    ),
    "six and the rest": ({"csv": csv_of(range(1, 9)), "top": 6}, TooManySectors, "would have 7 sectors"),
    "nothing": ({"csv": csv_of([0, 0])}, NothingToShare, "adds up to zero"),
    "less than nothing": ({"csv": csv_of([4, -1])}, NegativeValue, "take type Bar for amounts below zero"),
    "a part of nothing": ({"csv": csv_of([4, 0])}, SectorTooThin, "t1 is 0.00% of the whole"),
    "a part too thin": ({"csv": csv_of([4000, 1])}, SectorTooThin, "an arc of"),
    "long labels in little room": (
        {"csv": "thing,amount\n" + f"{'wordy ' * 15},1\n" * 6, "width": 320, "height": 240, "source": "s"},
        ChartTooSmall,
        "take a larger width and height",
    ),
}


@pytest.mark.parametrize(("fields", "kind", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_pie_is_told(fields: dict[str, object], kind: type[InvalidData], told: str) -> None:
    with pytest.raises(kind, match=told):
        planned(type="Pie", **fields)


def test_a_hole_is_for_pies_alone() -> None:
    with pytest.raises(ValueError, match="donut is for charts of type Pie"):
        job(chart_object(donut=True))
