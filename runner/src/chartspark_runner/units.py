"""What large numbers are counted in: thousands, millions, lakhs, 万. Pure; called by `numerals`. What there is, CLDR knows."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from babel import Locale

_SUPERSCRIPTS = str.maketrans(
    "-0123456789", "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """An amount that numbers are divided by, and what then stands before and after them."""

    size: float
    before: str = ""
    after: str = ""


ONE = Unit(1.0)
Style = Literal["short", "long"]


@lru_cache(maxsize=64)
def ladder(locale: Locale, style: Style, plural: str = "other") -> tuple[Unit, ...]:
    """Return the units of a language, the largest first: abbreviated, or as words in the plural form of a number."""
    formats = locale.compact_decimal_formats.get(style) or locale.compact_decimal_formats["short"]
    units: dict[float, Unit] = {}
    for magnitude, pattern in (formats.get(plural) or formats["other"]).items():
        before, after = (part[0].replace("'", "") for part in (pattern.prefix, pattern.suffix))
        # Of 00K at ten thousand one zero is the thousand's own; a bare 0 says that there is no abbreviation.
        digits = pattern.pattern.partition(";")[0].count("0")
        if before or after:
            size = float(magnitude) / 10 ** (digits - 1)
            units.setdefault(size, Unit(size, before, after))
    return tuple(sorted(units.values(), key=lambda unit: -unit.size))


def hundredths(locale: Locale) -> Unit:
    """Return percent, as the language writes it."""
    pattern = locale.percent_formats[None]
    return Unit(0.01, pattern.prefix[0], pattern.suffix[0])


def power_of_ten(amount: float) -> Unit:
    """Return the power of ten of an amount other than zero."""
    power = math.floor(math.log10(abs(amount)))
    return Unit(10.0**power, "", f"\u00d710{str(power).translate(_SUPERSCRIPTS)}")
