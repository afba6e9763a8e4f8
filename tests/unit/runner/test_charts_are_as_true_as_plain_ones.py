"""A small run of the bench whose long run makes docs/gallery/truth.md: `make truth`."""

import sys
from contextlib import suppress
from pathlib import Path

import pytest
from chartspark_runner.errors import ChartFault
from runner_builders import ball, cast_of, planned

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
from truth import TYPES, measure, random_table
from truth_page import FOREGROUND, NEAR, PLAIN, Measured


def a_few(way: str) -> list[Measured]:
    """Return three tables, each drawn in every way; without those that the type cannot show."""
    element = cast_of(planned(), ball()).lead
    found: list[Measured] = []
    for number in range(3):
        with suppress(ChartFault):
            found += measure(random_table(number, 6), way, element, read=False)
    return found


@pytest.mark.parametrize("way", TYPES)
def test_a_few_tables_of_every_type_are_read_back(way: str) -> None:
    found = [one for one in a_few(way) if one.way in {FOREGROUND, PLAIN}]
    assert {one.way for one in found} == {FOREGROUND, PLAIN}
    for one in found:
        assert one.worst <= NEAR, one
        assert one.accuracy >= 0.98, one


def test_pictures_without_a_data_edge_read_worse() -> None:
    """The bench can tell: a ball that is stretched to its bar spans half of it only below the bar's end."""
    found = [one for one in a_few("Bar") if "stretched" in one.way and "half" in one.way]
    assert found
    assert all(one.worst > NEAR for one in found)
