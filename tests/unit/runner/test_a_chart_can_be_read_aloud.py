"""What those who cannot see a chart are told: what it is, and its values, in a length that can be listened to."""

import pytest
from runner_builders import csv_of, planned

FARMS = "year,farm,tonnes\n2021,North,4\n2022,North,5.5\n2021,South,1234567\n2022,South,7\n"
SERIES = {"csv": FARMS, "x": "year", "y": "tonnes", "series": "farm", "title": "Farms."}
TOLD = {
    "bars": (
        {"csv": "fruit,sold_tonnes\napple,3\npear,-5\n", "x": "fruit", "y": "sold_tonnes"},
        "Things by kind. Bar chart: sold tonnes by fruit. apple 3, pear \u22125.",
    ),
    "lines": (
        {"type": "Line", **SERIES},
        "Farms. Line chart: tonnes by year. North: 2021 4, 2022 5.5; South: 2021 1,234,567, 2022 7.",
    ),
    "a donut in German": (
        {
            "type": "Pie",
            "donut": True,
            "csv": "fruit,t\na,2.5\nb,7.5\n",
            "x": "fruit",
            "y": "t",
            "locale": "de",
        },
        "Things by kind. Donut chart: t by fruit. a 2,5 · 25\u00a0%, b 7,5 · 75\u00a0%.",
    ),
    "points": (
        {"type": "Scatter", "csv": "t,n\n3,40\n5,30\n", "x": "t", "y": "n", "subtitle": "Trees"},
        "Things by kind. Trees. Scatter chart: n by t. 3, 40; 5, 30.",
    ),
}


@pytest.mark.parametrize(("fields", "told"), TOLD.values(), ids=TOLD)
def test_it_says_what_it_is_and_every_value(fields: dict[str, object], told: str) -> None:
    assert planned(**fields).drawing.alternative == told


@pytest.mark.parametrize("kind", ["Bar", "Line", "Area"])
def test_of_many_values_it_says_some_and_the_ends(kind: str) -> None:
    values = [float(i % 37 + 1) for i in range(40)]
    told = planned(type=kind, csv=csv_of(values), width=1600, height=1600).drawing.alternative
    assert "of 40 values; the least is t0 1, the greatest t36 37" in told
    assert len(told) < 600
