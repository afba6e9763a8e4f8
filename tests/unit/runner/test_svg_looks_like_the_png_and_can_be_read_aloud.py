import re
import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import numpy as np
import resvg_py
from chartspark_runner.check import PlannedChart
from PIL import Image, ImageFilter
from runner_builders import cast_of, planned

FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
SVG = "{http://www.w3.org/2000/svg}"


def document(chart: PlannedChart) -> bytes:
    return chart.drawing.compose(cast_of(chart)).svg(chart.chart.title, chart.drawing.alternative)


def test_a_sheet_gives_the_same_bytes_before_and_after_its_pixels() -> None:
    chart = planned()
    sheet = chart.drawing.compose(cast_of(chart))
    sheet.pixels()
    assert sheet.svg(chart.chart.title, chart.drawing.alternative) == document(chart)


def rendered(svg: bytes) -> Image.Image:
    """The document as another program draws it, at 96 pixels to the inch."""
    fonts = [str(FONTS / "DejaVuSans.ttf"), str(FONTS / "DejaVuSans-Bold.ttf")]
    png = resvg_py.svg_to_bytes(svg_string=svg.decode(), font_files=fonts, skip_system_fonts=True, dpi=96)
    return Image.open(BytesIO(bytes(png))).convert("RGB")


def blurred(picture: Image.Image) -> np.ndarray:
    # Two programs soften edges differently; a wrong place or colour is seen all the same.
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(3)), dtype=np.int32)


def test_another_program_draws_it_alike() -> None:
    chart = planned(width=800, height=600)
    png = Image.fromarray(chart.drawing.compose(cast_of(chart)).pixels()[0])
    svg = rendered(document(chart))
    assert svg.size == png.size
    off = np.abs(blurred(svg) - blurred(png)).max(axis=2)
    assert (off > 40).mean() < 0.002


def test_text_is_text_and_its_letters_are_embedded() -> None:
    root = ET.fromstring(document(planned(title="Ärger über $5")))  # noqa: S314 - it is our own
    assert "Ärger über $5" in [text.text for text in root.iter(f"{SVG}text")]
    style = next(root.iter(f"{SVG}style")).text or ""
    assert re.findall(r"font-weight:(\d+)", style) == ["400", "700"]


def test_it_has_a_title_a_description_and_a_value_for_each_mark() -> None:
    chart = planned()
    root = ET.fromstring(document(chart))  # noqa: S314 - it is our own
    assert root.get("role") == "img"
    assert root.get("lang") == "en"
    assert [root.findtext(f"{SVG}{name}") for name in ("title", "desc")] == [
        chart.chart.title,
        chart.drawing.alternative,
    ]
    marks = {group.get("data-mark"): group.findtext(f"{SVG}title") for group in root.iter(f"{SVG}g")}
    assert marks["0"] == "t0: 31"
    assert set(marks) - {None} == {str(number) for number in range(10)}


def test_the_same_chart_is_the_same_document() -> None:
    assert document(planned()) == document(planned())
