"""How dates are spelled on axes. Pure; called by `charts.axis`."""

from datetime import datetime

from babel import Locale
from babel.dates import format_skeleton, get_month_names

from chartspark_runner.numerals import Numerals

_ENGLISH = Locale("en")


def month(moment: datetime, numerals: Numerals) -> str:
    """Return an abbreviated month."""
    # Not the names that stand alone: where a locale has none, Babel gives those of whoever asked before.
    names = get_month_names("abbreviated", "format", numerals.dates_as_in or _ENGLISH)
    return str(names[moment.month])


def month_and_year(moment: datetime, numerals: Numerals) -> str:
    """Return a month of a year."""
    return _skeleton("yMMM", moment, numerals.dates_as_in or _ENGLISH, numerals)


def day_of_year(moment: datetime, numerals: Numerals) -> str:
    """Return a day with its month and year."""
    if numerals.dates_as_in is None:
        return f"{moment.day} {month_and_year(moment, numerals)}"
    return _skeleton("yMMMd", moment, numerals.dates_as_in, numerals)


def _skeleton(skeleton: str, moment: datetime, locale: Locale, numerals: Numerals) -> str:
    return numerals.figures(format_skeleton(skeleton, moment, locale=locale))
