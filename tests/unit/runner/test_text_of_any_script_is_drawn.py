# ruff: noqa: RUF001 - letters that look alike are what is tested
"""Letters beyond the embedded font's: drawn and embedded, or refused, and never a box."""

import base64
import io
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from chartspark_runner.check import PlannedChart
from chartspark_runner.errors import LettersWithoutFont
from chartspark_runner.lettering import wrapped
from fontTools.ttLib import TTFont
from runner_builders import planned

SVG = "{http://www.w3.org/2000/svg}"
CHINESE = "各国咖啡产量：巴西、越南、哥伦比亚和埃塞俄比亚是世界上最大的生产国"
TEXTS = {
    "Chinese": (CHINESE, "巴西", "zh-Hans"),
    "Japanese": ("国別のコーヒー生産量", "ブラジル", "ja"),
    "Korean": ("나라별 커피 생산량", "브라질", "ko"),
    "Arabic": ("إنتاج القهوة حسب البلد 2024", "البرازيل", "ar-EG"),
    "Hebrew": ("ייצור קפה לפי מדינה (2024)", "ברזיל", "he"),
    "Hindi": ("देश के अनुसार कॉफ़ी उत्पादन", "ब्राज़ील", "hi"),
    "Thai": ("การผลิตกาแฟตามประเทศ", "บราซิล", "th"),
    "Tamil": ("நாடு வாரியாக காபி", "பிரேசில்", "ta"),
}
FACE = re.compile(r"font-family:'([^']+)';font-weight:(\d+);src:url\(data:font/woff;base64,([^)]+)\)")


def chart_in(language: str) -> PlannedChart:
    title, name, locale = TEXTS[language]
    return planned(title=title, csv=f"k,v\n{name},3400000\nx,1\n", x="k", y="v", locale=locale, width=800)


def document(chart: PlannedChart) -> ET.Element:
    svg = chart.drawing.plain().svg(chart.chart.title, chart.drawing.alternative)
    return ET.fromstring(svg)  # noqa: S314 - it is our own


@pytest.mark.parametrize("language", TEXTS)
def test_no_letter_is_a_box(language: str) -> None:
    chart = chart_in(language)
    _, warnings = chart.drawing.plain().pixels()
    assert warnings == ()
    root = document(chart)
    cmaps = [
        TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap()
        for _, _, data in FACE.findall(root.findtext(f"{SVG}style") or "")
    ]
    written = "".join(text for line in root.iter(f"{SVG}text") for text in line.itertext())
    assert TEXTS[language][1] in written
    lacking = {letter for letter in written if not any(ord(letter) in cmap for cmap in cmaps)}
    assert not {letter for letter in lacking if not letter.isspace()}


def test_a_title_that_runs_from_the_right_stands_there() -> None:
    shares = {}
    for language in ("Arabic", "Hebrew", "Hindi"):
        picture, _ = chart_in(language).drawing.plain().pixels()
        ink = (picture[:60].min(axis=2) < 120).any(axis=0)
        shares[language] = float(np.nonzero(ink)[0].mean()) / picture.shape[1]
    assert shares["Arabic"] > 0.6
    assert shares["Hebrew"] > 0.6
    assert shares["Hindi"] < 0.4
    title = next(line for line in document(chart_in("Hebrew")).iter(f"{SVG}tspan"))
    assert "direction: rtl" in (title.get("style") or "")


def test_scripts_without_gaps_are_wrapped_between_letters() -> None:
    chart_in("Chinese")
    lines = wrapped(CHINESE, 20, 400, 3)
    assert len(lines) == 2
    assert "".join(lines) == CHINESE
    assert wrapped("two words", 20, 100, 2) == ("two", "words")


def test_a_document_does_not_depend_on_the_charts_before() -> None:
    first = ET.tostring(document(chart_in("Thai")))
    planned(title="การ ผลิต กาแฟ ตาม ประเทศ ไทย", csv="k,v\nบราซิล,1\nน้ำ,2\n", x="k", y="v")
    assert ET.tostring(document(chart_in("Thai"))) == first


@pytest.mark.parametrize("title", ["Apples \U0001f34e", "\u1275\u133d"], ids=["emoji", "Ethiopic"])
def test_letters_that_no_font_has_are_named(title: str) -> None:
    with pytest.raises(LettersWithoutFont, match=r"no font here draws .* \((RED APPLE|ETHIOPIC SYLLABLE)"):
        planned(title=title)
