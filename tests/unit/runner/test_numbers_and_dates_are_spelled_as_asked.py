"""One way of spelling for every label and axis: by default as English, in other locales as CLDR has it."""
# ruff: noqa: RUF001 - letters that look alike are what is tested

from datetime import UTC, datetime

import pytest
from chartspark_runner.charts.axis import time_ticks
from chartspark_runner.errors import UnknownLocale
from hypothesis import given
from hypothesis import strategies as st
from runner_builders import numerals

NB = "\u00a0"
BESIDE = {
    "whole numbers": ({}, (12345, 0), ("12,345", "0")),
    "as many digits as the table has": ({}, (12.5, 3.25), ("12.50", "3.25")),
    "below zero": ({}, (-1234, 5), ("\u22121,234", "5")),
    "millions": ({}, (3_400_000, 20_000_000), ("3.4M", "20M")),
    "a power of ten each": ({}, (1e-9, -2.5e-12), ("1×10⁻⁹", "\u22122.5×10⁻¹²")),
    "too many for words": ({}, (2e15,), ("2×10¹⁵",)),
    "German": ({"locale": "de"}, (1_234.5, 2), ("1.234,50", "2,00")),
    "German millions": ({"locale": "de"}, (3_400_000,), (f"3,4{NB}Mio.",)),
    "Indian groups": ({"locale": "en-IN"}, (123_456, 1), ("1,23,456", "1")),
    "lakhs": ({"locale": "en-IN"}, (3_400_000,), ("34L",)),
    "ten thousands": ({"locale": "ja"}, (3_400_000,), ("340万",)),
    "Arabic digits": ({"locale": "ar-EG"}, (1234.5,), ("١٬٢٣٤٫٥٠",)),
    "Arabic with Latin digits": ({"locale": "ar"}, (1234.5,), ("1,234.50",)),
    "Swiss groups": ({"locale": "de-CH"}, (1234567 / 10,), ("123’456.70",)),
    "in full": ({"notation": "Full"}, (3_400_000, 0), ("3,400,000", "0")),
    "compact": ({"notation": "Compact"}, (3400, 20_000), ("3.4K", "20K")),
    "percent": ({"notation": "Percent"}, (0.25, 0), ("25%", "0%")),
    "German percent": ({"notation": "Percent", "locale": "de"}, (0.255,), (f"26{NB}%",)),
    "Turkish percent": ({"notation": "Percent", "locale": "tr"}, (-0.25,), ("\u2212%25",)),
    "decimals": ({"decimals": 1}, (3.14159, 0, 2e6), ("0.0", "0.0", "2.0M")),
    "no groups": ({"grouping": False, "decimals": 0}, (12345,), ("12345",)),
    "a currency before": ({"prefix": "€", "decimals": 2}, (-12.5,), ("\u2212€12.50",)),
    "a unit behind": ({"suffix": " kg", "decimals": 0}, (1200, 0), ("1,200 kg", "0 kg")),
}


def spelling(locale: str | None = None, **number_format: object):  # type: ignore[no-untyped-def] # noqa: ANN201 - numerals
    return numerals(locale=locale, number_format=number_format or None)


@pytest.mark.parametrize(("asked", "amounts", "texts"), BESIDE.values(), ids=BESIDE)
def test_amounts_beside_marks(
    asked: dict[str, object], amounts: tuple[float, ...], texts: tuple[str, ...]
) -> None:
    decimals = 2 if any(amount % 1 for amount in amounts) else 0
    assert spelling(**asked).beside(amounts, decimals) == texts


COUNTED = {
    "tonnes": ({}, 500_000, "tonnes", "500,000 tonnes"),
    "millions": ({}, 2_000_000, "tonnes", "2 million tonnes"),
    "thousands of thousands": ({}, 5_000, "thousand jobs", "5 million jobs"),
    "less than one": ({}, 0.05, "t", "0.05 t"),
    "hardly anything": ({}, 1e-9, "g", "1×10⁻⁹ g"),
    "one million in German": ({"locale": "de"}, 1_000_000, "Tonnen", "1 Million Tonnen"),
    "two million in German": ({"locale": "de"}, 2_000_000, "Tonnen", "2 Millionen Tonnen"),
    "without words for millions": ({"locale": "ja"}, 2_000_000, "円", "200万 円"),
    "a currency": ({"prefix": "$"}, 200, "a day", "$200 a day"),
}


@pytest.mark.parametrize(("asked", "amount", "unit", "text"), COUNTED.values(), ids=COUNTED)
def test_what_a_pictogram_stands_for(asked: dict[str, object], amount: float, unit: str, text: str) -> None:
    assert spelling(**asked).counted(amount, unit) == text


AXES = {
    "German": ({"locale": "de"}, (0, 0.5, 1), ("0", "0,5", "1,0")),
    "percent": ({"notation": "Percent"}, (0, 0.05, 0.1), ("0%", "5%", "10%")),
    "as many digits as steps need, whatever is asked for": ({"decimals": 0}, (0, 0.5), ("0", "0.5")),
    "a unit": ({"suffix": " °C"}, (-10, 0, 10), ("\u221210 °C", "0 °C", "10 °C")),
}


@pytest.mark.parametrize(("asked", "values", "texts"), AXES.values(), ids=AXES)
def test_ticks(asked: dict[str, object], values: tuple[float, ...], texts: tuple[str, ...]) -> None:
    assert spelling(**asked).ticks(values) == texts


DAYS = {
    None: ("Jan", "30 Jan 2012"),
    "en": ("Jan", "Jan 30, 2012"),
    "de": ("Jan.", "30. Jan. 2012"),
    "ja": ("1月", "2012年1月30日"),
    "ar-EG": ("يناير", "٣٠ يناير ٢٠١٢"),
}


@pytest.mark.parametrize("locale", DAYS)
def test_dates(locale: str | None) -> None:
    first, last = (datetime(2012, 1, day, tzinfo=UTC).timestamp() / 86_400 for day in (1, 30))
    hours = time_ticks(last, last + 0.5, 6, spelling(locale))
    months = time_ticks(first, first + 300, 6, spelling(locale))
    assert (months[0].lines[0], hours[0].lines[1]) == DAYS[locale]


@given(st.floats(-1e14, 1e14, allow_subnormal=False), st.sampled_from(["en", "de", "fr", "hi", "en-IN"]))
def test_an_amount_that_is_told_has_all_its_digits(amount: float, locale: str) -> None:
    symbols = numerals(locale=locale).locale.number_symbols["latn"]
    text = numerals(locale=locale).told(amount).replace("\u2212", "-")
    plain = text.replace(symbols["group"], "").replace(symbols["decimal"], ".")
    assert float(plain) == pytest.approx(amount, rel=1e-11)


def test_a_locale_that_nobody_knows_is_told() -> None:
    with pytest.raises(UnknownLocale, match="nothing is known of the locale 'xx'; write a language"):
        numerals(locale="xx")


def test_what_is_not_nothing_is_never_written_as_nothing() -> None:
    amounts = [1e-9, 1e-3, 1000, 1e9, 1e12, 0]
    texts = ("1×10⁻⁹", "0.001", "1,000", "1B", "1T", "0")
    assert numerals().beside(amounts, 0) == texts
    assert [numerals().near(amount, [0, 5e11, 1e12]) for amount in amounts[:3]] == list(texts[:3])
    assert numerals(number_format={"decimals": 1}).beside([0.01, 3], 2) == ("0.0", "3.0")
