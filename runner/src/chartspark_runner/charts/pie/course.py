"""Tells the author of a pie whose names are years, dates or months in their order that it shows a course of time. Called by `check`; pure.

Whether amounts add up to anything no column tells, and of other names nothing is guessed.
"""

from collections.abc import Sequence
from itertools import pairwise

from babel import Locale
from babel.dates import get_month_names
from chartspark_api.charts import Chart

from chartspark_runner.charts.along import Kind, read_times
from chartspark_runner.numerals import numerals_of

_WORDS = {Kind.YEARS: "years", Kind.TIMES: "dates"}
_OF_A_YEAR = 12
_ENGLISH = Locale("en")


def course_of_time(chart: Chart, names: Sequence[str]) -> tuple[str, ...]:
    """Return what to say of a pie's names: nothing, where they are no course of time."""
    kind = _kind(names, numerals_of(chart).locale)
    if kind is None:
        return ()
    told = (
        f"the names in column {chart.x!r} are {kind} in their order, and a pie shows the parts of one whole: take type Line "
        f"or Bar to show how {chart.y!r} changes, and keep the pie only where the sum means something"
    )
    return (told,)


def _kind(names: Sequence[str], locale: Locale) -> str | None:
    if len(names) == 1:
        return None
    if (times := read_times(names)) is not None:
        return _WORDS[times.kind] if _goes_one_way(times.values) else None
    numbers = [number for name in names if (number := _month(name, locale)) is not None]
    return "months" if len(numbers) == len(names) and _goes_around_once(numbers) else None


def _goes_one_way(values: Sequence[float]) -> bool:
    """Return whether values rise or fall throughout: the newest may stand first."""
    steps = [after - before for before, after in pairwise(values)]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _goes_around_once(months: Sequence[int]) -> bool:
    """Return whether months follow each other within a year, which may begin with any of them."""
    steps = [(after - before) % _OF_A_YEAR for before, after in pairwise(months)]
    return all(steps) and sum(steps) < _OF_A_YEAR


def _month(name: str, locale: Locale) -> int | None:
    known = (
        (number, month)
        for language in (locale, _ENGLISH)
        for width in ("wide", "abbreviated")
        for number, month in get_month_names(width, "format", language).items()
    )
    return next((number for number, month in known if _bare(month) == _bare(name)), None)


def _bare(word: str) -> str:
    return word.casefold().removesuffix(".")
