"""Every mark of every type carries an id, its table's rows and its words, for scripts and for those who point at it."""

import re
import xml.etree.ElementTree as ET

import pytest
from runner_builders import cast_of, planned

SVG = "{http://www.w3.org/2000/svg}"
FARMS = "year,farm,t\n2022,South,7\n2021,North,4\n2022,North,5\n2021,South,6\n"
SERIES = {"csv": FARMS, "x": "year", "y": "t", "series": "farm"}
FRUIT = {"csv": "f,t\na,1\nb,9\nc,2\nd,5\n", "x": "f", "y": "t"}
PLACES = {"csv": "t,n\n3,40\n5,30\n9,80\n", "x": "t", "y": "n"}
MARKS = {
    "sorted bars": ({"sort": "Descending", "top": 2, **FRUIT}, {"2": "b: 9", "4": "d: 5"}),
    "lines": ({"type": "Line", **SERIES}, {"1": "South, 2022: 7", "2": "North, 2021: 4", "3": "North, 2022: 5", "4": "South, 2021: 6"}),
    "areas": ({"type": "Area", **SERIES}, {"1": "South, 2022: 7", "2": "North, 2021: 4", "3": "North, 2022: 5", "4": "South, 2021: 6"}),
    "a pie with a rest": (
        {"type": "Pie", "top": 2, **FRUIT},
        {"2": "b 9 \u00b7 53%", "4": "d 5 \u00b7 29%", "1 3": "Other 3 \u00b7 18%"},
    ),
    "points": ({"type": "Scatter", **PLACES}, {"1": "3, 40", "2": "5, 30", "3": "9, 80"}),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "marks"), MARKS.values(), ids=MARKS)
@pytest.mark.parametrize("way", ["plain", "composed"])
def test_marks_name_their_rows(fields: dict[str, object], marks: dict[str, str], way: str) -> None:
    chart = planned(**fields)
    canvas = chart.drawing.plain() if way == "plain" else chart.drawing.compose(cast_of(chart))
    svg = canvas.svg(chart.chart.title, chart.drawing.alternative)
    groups = [group for group in ET.fromstring(svg).iter(f"{SVG}g") if group.get("data-row")]  # noqa: S314 - our own
    assert {group.get("data-row"): group.findtext(f"{SVG}title") for group in groups} == marks
    ids = [name for group in groups if re.match("mark-", name := group.get("id") or "")]
    assert sorted(ids) == [f"mark-{i}" for i in range(len(marks))]
