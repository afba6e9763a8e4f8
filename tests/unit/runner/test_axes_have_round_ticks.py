import itertools
import math
from datetime import UTC, datetime

import pytest
from chartspark_runner.charts.along import Kind, read_along
from chartspark_runner.charts.axis import (
    MOST_TICKS,
    Scale,
    most_that_fit,
    number_ticks,
    time_ticks,
    year_ticks,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from runner_builders import numerals

ENGLISH = numerals()


def day(*parts: int) -> float:
    return datetime(*parts, tzinfo=UTC).timestamp() / 86_400  # type: ignore[arg-type,misc]


SPELLED = {
    "small whole numbers": ((0, 20, 40), ("0", "20", "40")),
    "thousands": ((0, 5000, 10000), ("0", "5,000", "10,000")),
    "hundredths": ((0.01, 0.02, 0.03), ("0.01", "0.02", "0.03")),
    "below zero": ((-5, 0, 5), ("\u22125", "0", "5")),
    "millions": ((0, 2e6, 4e6), ("0", "2M", "4M")),
    "half billions": ((0, 0.5e9, 1e9), ("0", "0.5B", "1.0B")),
    "trillions": ((0, 1e12), ("0", "1T")),
    "millions a few apart": ((1_000_000, 1_000_002), ("1,000,000", "1,000,002")),
    "billionths": ((0, 5e-10, 1e-9), ("0", "0.5\u00d710⁻⁹", "1.0\u00d710⁻⁹")),
}


@pytest.mark.parametrize(("values", "texts"), SPELLED.values(), ids=SPELLED)
def test_numbers_are_spelled_alike(values: tuple[float, ...], texts: tuple[str, ...]) -> None:
    assert ENGLISH.ticks(values) == texts


@settings(deadline=None)
@given(
    low=st.floats(-1e12, 1e12),
    span=st.floats(1e-9, 1e12),
    most=st.integers(2, MOST_TICKS),
)
def test_ticks_enclose_the_values_in_equal_steps_and_differ_in_writing(
    low: float, span: float, most: int
) -> None:
    high = low + span
    if span < abs(low) * 1e-9:
        return
    ticks = number_ticks(low, high, most, ENGLISH)
    assert ticks[0].value <= low + span * 1e-6
    assert ticks[-1].value >= high - span * 1e-6
    assert 2 <= len(ticks) <= MOST_TICKS + 1
    steps = [b.value - a.value for a, b in itertools.pairwise(ticks)]
    assert max(steps) == pytest.approx(min(steps), rel=1e-3)
    assert len({tick.lines for tick in ticks}) == len(ticks)


def test_years_have_no_comma_and_no_fraction() -> None:
    assert [tick.lines[0] for tick in year_ticks(1990, 1992, 9, ENGLISH)] == ["1990", "1991", "1992"]
    assert all(tick.value == int(tick.value) for tick in year_ticks(2001, 2003, 9, ENGLISH))


TIMES = {
    "years": (day(2001, 1, 1), day(2007, 6, 1), ("2002",)),
    "months": (day(2012, 1, 1), day(2012, 6, 1), ("Jan", "2012")),
    "days": (day(2012, 1, 30), day(2012, 2, 4), ("30", "Jan 2012")),
    "hours": (day(2012, 1, 30), day(2012, 1, 30, 12), ("00:00", "30 Jan 2012")),
}


@pytest.mark.parametrize(("low", "high", "first"), TIMES.values(), ids=TIMES)
def test_dates_name_what_many_share_once(low: float, high: float, first: tuple[str, ...]) -> None:
    ticks = time_ticks(low, high, 6, ENGLISH)
    assert first in [tick.lines for tick in ticks]
    assert all(low <= tick.value <= high for tick in ticks)


def test_ticks_get_fewer_where_there_is_no_room() -> None:
    wide = most_that_fit(time_ticks, day(2012, 1, 1), day(2012, 12, 31), 900, 12, ENGLISH)
    narrow = most_that_fit(time_ticks, day(2012, 1, 1), day(2012, 12, 31), 160, 12, ENGLISH)
    assert len(narrow) < len(wide)


def test_a_scale_goes_there_and_back() -> None:
    scale = Scale(-5, 15, 400, 40)
    assert scale.at(-5) == 400
    assert scale.at(15) == 40
    assert math.isclose(scale.value(scale.at(3.7)), 3.7)
    assert math.isclose(scale.value_per_pixel, 20 / 360)


KINDS = {
    "years": (("2001", "2003"), Kind.YEARS, (2001.0, 2003.0)),
    "numbers": (("1.5", "-2e3"), Kind.NUMBERS, (1.5, -2000.0)),
    "four figures that are no years": (("0900", "2001"), Kind.NUMBERS, (900.0, 2001.0)),
    "ISO dates": (("2012-01-01", "2012-01-03"), Kind.TIMES, (15340.0, 15342.0)),
    "ISO months": (("2012-01", "2012-02"), Kind.TIMES, (15340.0, 15371.0)),
    "ISO times": (("2012-01-01T12:00:00Z", "2012-01-01"), Kind.TIMES, (15340.5, 15340.0)),
    "months in words": (("Jan 2012", "February 2012"), Kind.TIMES, (15340.0, 15371.0)),
    "names": (("Jan", "Feb", "Jan"), Kind.NAMES, (0.0, 1.0, 0.0)),
    "a mixture": (("2001", "spring"), Kind.NAMES, (0.0, 1.0)),
    "a date that no calendar has": (("2012-02-30", "2012-01-01"), Kind.NAMES, (0.0, 1.0)),
}


@pytest.mark.parametrize(("cells", "kind", "values"), KINDS.values(), ids=KINDS)
def test_cells_are_understood(cells: tuple[str, ...], kind: Kind, values: tuple[float, ...]) -> None:
    along = read_along(cells, "when")
    assert (along.kind, along.values) == (kind, values)
