"""How a chart spells its numbers: one locale, one format, for every label and axis. Pure; called by the layouts of charts."""

import copy
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import NumberPattern
from chartspark_api.charts import Chart
from chartspark_api.spelling import Notation, NumberFormat

from chartspark_runner.errors import UnknownLocale
from chartspark_runner.units import ONE, Unit, hundredths, ladder, power_of_ten

_TINY, _HUGE = 1e-4, 1e15
"""Beyond them a number with its zeros is longer than one with a power of ten."""
_THOUSAND, _MILLION = 1e3, 1e6
_MINUS = "\u2212"
"""The sign that typesetters use, as wide as a plus: a hyphen is too short beside figures."""
_DIGITS = {"arab": 0x660, "arabext": 0x6F0, "deva": 0x966, "beng": 0x9E6, "mymr": 0x1040}
"""The zeros of the systems that locales write numbers in, where these are not Latin."""


@dataclass(frozen=True, slots=True)
class Numerals:
    """How numbers are spelled."""

    locale: Locale
    format: NumberFormat
    dates_as_in: Locale | None
    """None: in English, days before months."""

    def beside(self, amounts: Sequence[float], decimals: int) -> tuple[str, ...]:
        """Return amounts as they stand beside marks, all in one unit but those that would be nothing in it.

        Digits beyond `decimals`, those that the table has, are not shown; amounts under a hundredth keep three that count.
        """
        largest = max(map(abs, amounts), default=0.0)
        unit = self._unit(largest)
        digits, trimmed = self._digits(largest, unit, decimals)
        if unit.after.startswith("\u00d7"):
            # Amounts of very different sizes have no power of ten in common.
            return tuple(
                self._written(a, power_of_ten(a) if a else ONE, digits, trimmed=True) for a in amounts
            )
        return tuple(self._something(amount, unit, digits, trimmed=trimmed) for amount in amounts)

    def ticks(self, values: Sequence[float]) -> tuple[str, ...]:
        """Return ascending ticks: all in one unit, with as many digits as their step needs."""
        unit, digits = self._of_axis(values)
        return tuple(self._written(value, unit, digits if value else 0) for value in values)

    def near(self, value: float, ticks: Sequence[float]) -> str:
        """Return a value in the unit of an axis, with two digits more than its ticks where the value has them."""
        unit, digits = self._of_axis(ticks)
        if self.format.decimals is not None:
            return self._written(value, unit, self.format.decimals)
        return self._something(value, unit, digits + 2, trimmed=True)

    def counted(self, amount: float, unit_name: str) -> str:
        """Return a round amount of what the values count: 2 Mt, 500,000 tonnes, or 5 million jobs for 5,000 thousand jobs."""
        if self.locale.language == "en":
            for size, word in ((_THOUSAND, "thousand "), (_MILLION, "million ")):
                if unit_name.startswith(word) and amount >= _THOUSAND:
                    return self.counted(amount * size, unit_name.removeprefix(word))
        return f"{self._round(amount)} {unit_name}".strip()

    def told(self, amount: float) -> str:
        """Return an amount with all its digits, to be read aloud."""
        unit = self._unit(0.0)
        number = Decimal(f"{amount / unit.size:.12g}").normalize()
        return self._written(amount, unit, max(0, -int(number.as_tuple().exponent)))

    def share(self, share: float) -> str:
        """Return a share of a whole in percent, without prefix and suffix."""
        unit = hundredths(self.locale)
        least = share < 0.005  # noqa: PLR2004 - what does not round to 1 %
        text = unit.before + self._plain(1.0 if least else share * 100, 0) + unit.after
        return f"<{text}" if least else text

    def figures(self, digits: str) -> str:
        """Return digits that are no amount, as years and hours are, in the locale's own."""
        zero = _DIGITS.get(self.locale.default_numbering_system)
        if zero is None:
            return digits
        return digits.translate({ord("0") + i: chr(zero + i) for i in range(10)})

    def _round(self, amount: float) -> str:
        if amount < _MILLION or self.format.notation is Notation.PERCENT:
            unit = self._unit(0.0) if amount >= _TINY else power_of_ten(amount)
            digits = max(0, -math.floor(math.log10(amount / unit.size) + 1e-9))
            return self._written(amount, unit, digits)
        size = next(u.size for u in ladder(self.locale, "long") if u.size <= amount)
        plural = self.locale.plural_form(amount / size)
        unit = next(u for u in ladder(self.locale, "long", plural) if u.size <= amount)
        return self._written(amount, unit, 2, trimmed=True)

    def _unit(self, largest: float, step: float = math.inf) -> Unit:
        """Return what numbers up to `largest` are counted in, if steps of `step` can be told in it."""
        notation = self.format.notation
        if notation is Notation.PERCENT:
            return hundredths(self.locale)
        if notation is Notation.FULL or largest == 0:
            return ONE
        if not _TINY <= largest < _HUGE:
            return power_of_ten(largest)
        if largest < (_THOUSAND if notation is Notation.COMPACT else _MILLION):
            return ONE
        least = 0.0 if notation is Notation.COMPACT else 2 * _THOUSAND
        units = (unit for unit in ladder(self.locale, "short") if least <= unit.size <= largest)
        return next((unit for unit in units if step >= unit.size / 1000), ONE)

    def _digits(self, largest: float, unit: Unit, decimals: int) -> tuple[int, bool]:
        """Return how many digits after the point amounts beside marks have, and whether zeros at their ends go."""
        if self.format.decimals is not None:
            return self.format.decimals, False
        if largest == 0:
            return 0, False
        if unit.size > 1 or unit.after.startswith("\u00d7"):
            return 2, True
        if unit is not ONE:
            return min(2, max(0, decimals - 2)), True
        if largest >= 1:
            return min(decimals, 2), False
        counting = 2 - math.floor(math.log10(largest))
        return (counting, True) if largest < _TINY else (min(decimals, counting), False)

    def _of_axis(self, values: Sequence[float]) -> tuple[Unit, int]:
        largest = max(map(abs, values), default=0.0)
        step = min((b - a for a, b in itertools.pairwise(values)), default=largest) or 1.0
        unit = self._unit(largest, step)
        return unit, max(0, -math.floor(math.log10(step / unit.size) + 1e-9))

    def _something(self, amount: float, unit: Unit, digits: int, *, trimmed: bool) -> str:
        """Return an amount in a unit, or in one of its own where it would be rounded to nothing."""
        size = abs(amount) / unit.size
        if not size or round(size, digits) or self.format.decimals is not None:
            return self._written(amount, unit, digits, trimmed=trimmed)
        own = self._unit(abs(amount))
        counting = 2 - math.floor(math.log10(abs(amount) / own.size))
        return self._written(amount, own, max(0, counting), trimmed=True)

    def _written(self, amount: float, unit: Unit, digits: int, *, trimmed: bool = False) -> str:
        number = self._plain(abs(amount) / unit.size, digits, trimmed=trimmed)
        nothing = not any(figure in number for figure in self.figures("123456789"))
        if nothing and unit.size != 0.01:  # noqa: PLR2004 - percent; of nothing there are no millions
            unit = ONE
            number = number if self.format.decimals is not None else self.figures("0")
        sign = _MINUS if amount < 0 and not nothing else ""
        return f"{sign}{self.format.prefix or ''}{unit.before}{number}{unit.after}{self.format.suffix or ''}"

    def _plain(self, number: float, digits: int, *, trimmed: bool = False) -> str:
        system = "default" if self.locale.default_numbering_system in _DIGITS else "latn"
        text = _pattern(self.locale, 0 if trimmed else digits, digits).apply(
            Decimal(f"{number:.{digits}f}"), self.locale,
            group_separator=self.format.grouping, numbering_system=system,
        )  # fmt: skip
        return self.figures(text)


def numerals_of(chart: Chart) -> Numerals:
    """Return how a chart spells its numbers.

    Raises:
        UnknownLocale: Nothing is known of its locale.
    """
    locale = _locale(chart.locale or "en")
    return Numerals(locale, chart.number_format or NumberFormat(), locale if chart.locale else None)


@lru_cache(maxsize=256)
def _pattern(locale: Locale, fewest: int, most: int) -> NumberPattern:
    """Return how a locale writes numbers with so many digits after the point."""
    pattern: NumberPattern = copy.copy(locale.decimal_formats[None])
    pattern.frac_prec = (fewest, most)
    return pattern


@lru_cache(maxsize=64)
def _locale(tag: str) -> Locale:
    try:
        return Locale.parse(tag, sep="-")
    except UnknownLocaleError as error:
        raise UnknownLocale(
            f"nothing is known of the locale {tag!r}; write a language and, where it matters, a script or a country, "
            "for instance de, pt-BR or zh-Hant"
        ) from error
