"""Marks have the colours that the chart maker names, values are read back as before, and without a palette nothing changes."""

import numpy as np
import pytest
from chartspark_api.charts import ChartType, Embed
from chartspark_api.colours import EDGES, Rgb, is_clear_of_edges, is_seen_on_paper, written
from chartspark_api.model import Sampling
from chartspark_runner.dye import dyed
from chartspark_runner.element import Element
from chartspark_runner.errors import InvalidData
from chartspark_runner.models.icons.painter import IconPainter, open_icon_painter
from chartspark_runner.painter import Painter
from chartspark_runner.pipeline import MadeChart, make_chart
from chartspark_runner.progress import Board
from hypothesis import example, given, settings
from hypothesis import strategies as st
from runner_builders import BallPainter, no_keywords, planned

FARMS = "year,farm,tonnes,trees\n" + "".join(
    f"{year},{farm},{start + 3 * i},{10 + 7 * i + start}\n"
    for farm, start in (("North", 9), ("South", 4), ("West", 14))
    for i, year in enumerate(range(2020, 2024))
)
SERIES: dict[str, object] = {"csv": FARMS, "x": "year", "y": "tonnes", "series": "farm"}
KINDS: dict[str, dict[str, object]] = {
    "bars": {**SERIES, "type": "Bar"},
    "stacked bars": {**SERIES, "type": "Bar", "stacking": "Stacked"},
    "lines": {**SERIES, "type": "Line"},
    "areas": {**SERIES, "type": "Area"},
    "a pie": {"type": "Pie", "csv": "fruit,t\napple,3\npear,5\nplum,2\n", "x": "fruit", "y": "t"},
    "points": {"type": "Scatter", "csv": FARMS, "x": "trees", "y": "tonnes"},
}
COLOURS = st.tuples(*[st.integers(0, 255)] * 3).filter(is_clear_of_edges).filter(is_seen_on_paper)
NEAR_EDGES = [(120, 40, 60), (40, 90, 140), (60, 40, 150)]
NEAR_PAPER = [(215, 215, 215), (240, 210, 95), (180, 213, 228)]
DARK = [(0, 0, 0), (36, 36, 36), (90, 10, 90)]


def made(painter: Painter, **fields: object) -> MadeChart:
    chart = planned(**{"candidates": 1, "width": 400, "height": 300, **fields})
    return make_chart(chart, 7, Sampling(), no_keywords, painter, Board(1))


@pytest.fixture(scope="module")
def icons() -> IconPainter:
    return open_icon_painter(1)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=2, deadline=None)
@given(st.lists(COLOURS, min_size=3, max_size=3), st.sampled_from(Embed))
@example(NEAR_EDGES, Embed.FOREGROUND)
@example(NEAR_EDGES, Embed.BACKGROUND)
@example(NEAR_PAPER, Embed.FOREGROUND)
@example(DARK, Embed.FOREGROUND)
@example(DARK, Embed.BACKGROUND)
def test_a_chart_of_any_allowed_colours_is_read_back(kind: str, colours: list[Rgb], embed: Embed) -> None:
    named = colours[:1] if kind == "points" else colours
    chart = made(BallPainter(), **KINDS[kind], embed=embed, palette=list(map(written, named)))
    assert chart.best.scores.worst_mark <= 0.05


@given(COLOURS, st.tuples(*[st.integers(0, 255)] * 3))
@example((36, 36, 36), (90, 20, 30))
def test_no_shade_is_taken_for_an_edge(colour: Rgb, own: Rgb) -> None:
    lights = np.linspace(0, 255, 32, dtype=np.uint8)
    pixels = np.full((4, 36, 4), (*own, 255), dtype=np.uint8)
    pixels[:, 4:, :3] = lights[:, None]
    shades = dyed(Element(pixels, 1.0), colour).pixels[..., :3].reshape(-1, 3).astype(int)
    apart = np.linalg.norm(shades[:, None] - np.array(EDGES), axis=2)
    assert apart.min() >= 30


def test_the_middle_of_an_element_has_the_colour_and_the_rest_its_shades() -> None:
    pixels = np.zeros((8, 8, 4), dtype=np.uint8)
    pixels[2:] = (220, 60, 40, 255)
    pixels[:2, :4] = (255, 255, 255, 255)
    pixels[:2, 4:] = (60, 10, 10, 255)
    shades = dyed(Element(pixels, 1.0), (42, 127, 181)).pixels
    assert shades[5, 5].tolist() == [42, 127, 181, 255]
    assert shades[0, 0, :3].min() > 42
    assert shades[0, 7, :3].max() < 181


@pytest.mark.parametrize(("kind", "one"), [("bars", True), ("lines", False), ("a pie", False)])
def test_png_svg_and_legend_show_each_colour(icons: IconPainter, kind: str, one: bool) -> None:  # noqa: FBT001 - a column
    named = ["#b5532a"] if one else ["#b5532a", "#2a7fb5", "#9a6fb0"]
    chart = made(icons, **KINDS[kind], palette=named, subject="water drop")
    picture = chart.best.picture.reshape(-1, 3)
    for colour in named:
        assert colour in chart.svgs[0].decode()
        assert (picture == tuple(bytes.fromhex(colour[1:]))).all(axis=1).sum() > 200
    (element,) = chart.best.elements
    assert element.icon is not None
    assert element.icon.attribution.endswith(", in other colours")


@pytest.mark.parametrize("kind", ["bars", "lines", "areas"])
def test_over_a_scene_the_marks_are_of_the_colour_itself(kind: str) -> None:
    chart = made(BallPainter(), **KINDS[kind], embed="Background", palette=["#c0392b", "#27ae60", "#8e44ad"])
    seen = {tuple(pixel) for pixel in chart.best.picture.reshape(-1, 3).tolist()}
    assert {(192, 57, 43), (39, 174, 96), (142, 68, 173)} <= seen


@pytest.mark.parametrize(
    ("kind", "named", "many"), [("bars", 2, 3), ("lines", 4, 3), ("a pie", 2, 3), ("areas", 6, 3)]
)
def test_another_number_of_colours_than_series_is_refused(kind: str, named: int, many: int) -> None:
    with pytest.raises(InvalidData, match=f"names {named} colours, and there are {many} series or sectors"):
        planned(**KINDS[kind], palette=["#b5532a"] * named)


@pytest.mark.parametrize("kind", ChartType)
def test_one_colour_does_for_every_type(kind: ChartType) -> None:
    fields = (
        {**KINDS["points"], "type": kind}
        if kind is ChartType.SCATTER
        else {"type": kind, "csv": "k,v\n1,3\n2,5\n", "x": "k", "y": "v"}
    )
    colours = set(planned(**fields, palette=["#2a7fb5"]).colours)
    assert (42, 127, 181) in colours
    assert len(colours) == (2 if kind is ChartType.PIE else 1)
