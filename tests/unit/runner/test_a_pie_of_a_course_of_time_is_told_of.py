import pytest
from chartspark_api.model import Sampling
from chartspark_runner.metadata import chart_files, describe
from chartspark_runner.pipeline import make_chart
from chartspark_runner.progress import Board
from hypothesis import given, settings
from hypothesis import strategies as st
from runner_builders import BallPainter, no_keywords, planned

TOLD = "in their order, and a pie shows the parts of one whole: take type Line or Bar to show how 'amount' changes"


def advice(names: list[str], **fields: object) -> tuple[str, ...]:
    table = "thing,amount\n" + "".join(f'"{name}",{i + 3}\n' for i, name in enumerate(names))
    return planned(**{"type": "Pie", "csv": table, **fields}).advice


COURSES: dict[str, tuple[list[str], dict[str, object], str]] = {
    "years": (["2001", "2005", "2009"], {}, "years"),
    "years, the newest first": (["2024", "2023"], {}, "years"),
    "dates": (["2024-01-31", "2024-02-29"], {}, "dates"),
    "months of a year": (["2024-11", "2024-12", "2025-01"], {}, "dates"),
    "months with their years": (["Nov 2024", "Dec 2024"], {}, "dates"),
    "abbreviated months": (["Jan", "Mar", "Jul"], {}, "months"),
    "months that begin in autumn": (["September", "December", "March"], {}, "months"),
    "months of the chart's language": (["januar", "Februar", "März"], {"locale": "de"}, "months"),
    "months with full stops": (["Jan.", "Feb."], {}, "months"),
}


@pytest.mark.parametrize(("names", "fields", "kind"), COURSES.values(), ids=COURSES)
def test_a_course_is_told_of_once(names: list[str], fields: dict[str, object], kind: str) -> None:
    (sentence,) = advice(names, **fields)
    assert sentence.startswith(f"the names in column 'thing' are {kind} {TOLD}")


OTHERS = {
    "names": ["Rain", "Sun", "Fog"],
    "years out of order": ["2001", "2009", "2005"],
    "months out of order": ["May", "Mar", "Jan"],
    "a month and a name": ["Jan", "Feb", "the rest"],
    "more than a year of months": ["Jan", "Jul", "Mar"],
    "numbers": ["1", "2", "3"],
    "numbers too large for an axis": ["1e300", "1e301"],
    "one year": ["2024"],
}


@pytest.mark.parametrize("names", OTHERS.values(), ids=OTHERS)
def test_of_other_names_nothing_is_said(names: list[str]) -> None:
    assert advice(names) == ()


@pytest.mark.parametrize("kind", ["Bar", "Line", "Area"])
def test_of_other_types_nothing_is_said(kind: str) -> None:
    assert advice(["2001", "2005", "2009"], type=kind) == ()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text("abcdefgxyz", min_size=4, max_size=9), min_size=2, max_size=5, unique=True))
def test_of_words_that_are_no_months_nothing_is_said(names: list[str]) -> None:
    assert advice(names) == ()


def test_the_metadata_say_it_once() -> None:
    table = "thing,amount\n2001,4\n2005,5\n2009,6\n"
    chart = planned(type="Pie", csv=table, candidates=2, width=400, height=300)
    painter = BallPainter()
    made = make_chart(chart, 7, Sampling(), no_keywords, painter, Board(1))
    told = describe(made, Sampling(), painter.about(), [], chart_files(made, []), 0, 0).warnings
    assert [sentence for sentence in told if TOLD in sentence] == list(chart.advice)
