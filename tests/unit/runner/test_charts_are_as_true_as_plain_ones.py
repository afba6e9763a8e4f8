"""A small run of the bench whose long run makes docs/gallery/truth.md: `make truth`."""

import sys
from pathlib import Path

import pytest
from runner_builders import ball, cast_of, planned

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
from truth import NEAR, TYPES, random_table, survey


@pytest.mark.parametrize("way", TYPES)
def test_a_few_tables_of_every_type_are_read_back(way: str) -> None:
    element = cast_of(planned(), ball()).lead
    found, refused = survey(way, [random_table(i, 6) for i in range(3)], element)
    assert refused < 3
    for one in found:
        if one.way in {"Foreground", "plain chart"}:
            assert one.worst <= NEAR, one
            assert one.accuracy >= 0.98, one


def test_pictures_without_a_data_edge_read_worse() -> None:
    """The bench can tell: a ball that is stretched to its bar spans half of it only below the bar's end."""
    element = cast_of(planned(), ball()).lead
    found, _ = survey("Bar", [random_table(i, 6) for i in range(3)], element)
    assert all(one.worst > NEAR for one in found if "stretched" in one.way and "half" in one.way)
