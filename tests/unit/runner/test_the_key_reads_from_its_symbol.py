"""A symbol, an equals sign beside it, and what it stands for, in scripts of either direction and without words of our own."""

import re
import xml.etree.ElementTree as ET

import pytest
from runner_builders import cast_of, planned

SVG = "{http://www.w3.org/2000/svg}"
GROUPS = "year,kind,{unit}\n1,a,30\n1,b,20\n2,a,45\n2,b,15\n"
CHARTS: dict[str, dict[str, object]] = {
    "bars": {"x": "k", "csv": "k,{unit}\na,30\nb,20\n"},
    "grouped bars": {"x": "year", "series": "kind", "csv": GROUPS},
    "a pie": {"type": "Pie", "x": "k", "csv": "k,{unit}\na,30\nb,20\n"},
    "sized points": {"type": "Scatter", "x": "k", "size": "{unit}", "csv": "k,{unit}\n1,30\n2,20\n"},
}


def lines(kind: str, unit: str) -> list[tuple[float, str, str]]:
    """Return the texts of a chart: where each stands, its anchor, and what it says."""
    fields = {
        name: text.replace("{unit}", unit) if isinstance(text, str) else text
        for name, text in CHARTS[kind].items()
    }
    chart = planned(**fields, y=unit, locale="en" if unit.isascii() else "ar")
    svg = chart.drawing.compose(cast_of(chart)).svg("t", "d")
    found = []
    for text in ET.fromstring(svg).iter(f"{SVG}text"):  # noqa: S314 - it is our own
        style, place = text.get("style") or "", text.get("x") or "0"
        anchor = re.search(r"text-anchor: (\w+)", style)
        found.append((float(place), anchor[1] if anchor else "start", "".join(text.itertext())))
    return found


@pytest.mark.parametrize("kind", CHARTS)
def test_in_arabic_the_sign_stands_between_symbol_and_amount(kind: str) -> None:
    texts = lines(kind, "طن")
    ((sign, _, _),) = [line for line in texts if line[2].strip() == "="]
    ((amount, anchor, _),) = [line for line in texts if re.search(r"\d.*طن", line[2])]
    assert anchor == "start"
    assert sign < amount < sign + 40


@pytest.mark.parametrize("kind", CHARTS)
def test_in_english_it_is_one_line_without_other_words(kind: str) -> None:
    (key,) = [line for _, _, line in lines(kind, "tonnes") if "=" in line]
    assert re.fullmatch(r"= [\d,.]+ tonnes", key)
