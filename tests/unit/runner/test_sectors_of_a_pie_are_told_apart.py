"""Sectors that share a picture or a colour become lighter and darker ones, and are read back as before."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from chartspark_api.charts import Embed
from chartspark_api.colours import Rgb, is_clear_of_edges, is_seen_on_paper, rgb
from chartspark_api.model import Sampling
from chartspark_runner.charts.pie.shading import shaded, solids
from chartspark_runner.dye import swatch
from chartspark_runner.element import Element
from chartspark_runner.picture import Pixels
from chartspark_runner.pipeline import MadeChart, make_chart
from chartspark_runner.progress import Board
from chartspark_runner.tints import APART, lightness, tinted
from hypothesis import example, given, settings
from hypothesis import strategies as st
from runner_builders import BallPainter, csv_of, no_keywords, planned
from skimage.color import rgb2lab

ANY = st.tuples(*[st.integers(0, 255)] * 3)
COLOURS = ANY.filter(is_clear_of_edges).filter(is_seen_on_paper)
PARTS = (40.0, 25.0, 12.0, 9.0, 8.0, 6.0)


def blot(colour: Rgb) -> Element:
    return Element(np.full((8, 8, 4), (*colour, 255), dtype=np.uint8), 1.0)


def made(parts: int, **fields: object) -> MadeChart:
    asked = {"type": "Pie", "csv": csv_of(PARTS[:parts]), "candidates": 1, "width": 480, "height": 360}
    return make_chart(planned(**{**asked, **fields}), 7, Sampling(), no_keywords, BallPainter(), Board(1))


def means(chart: MadeChart) -> Pixels:
    picture = chart.best.picture
    return np.array([picture[mask].mean(axis=0) for mask in chart.planned.drawing.masks()])


@settings(max_examples=60, deadline=None)
@given(COLOURS, st.integers(1, 6))
@example((0, 0, 0), 6)
@example((215, 215, 215), 6)
@example((120, 40, 60), 6)
@example((40, 90, 140), 6)
@example((240, 210, 95), 6)
def test_tints_of_any_colour_differ_and_none_is_taken_for_an_edge(colour: Rgb, many: int) -> None:
    colours = tinted(colour, many)
    assert len(colours) == many
    assert colour in colours
    assert all(is_clear_of_edges(one) and is_seen_on_paper(one) for one in colours)
    lights = [lightness(one) for one in colours]
    assert all(after - before >= APART for before, after in pairwise(lights))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(ANY, st.integers(1, 3)), min_size=1, max_size=6))
@example([((250, 210, 60), 1), ((255, 140, 40), 1), ((255, 220, 120), 2), ((30, 120, 200), 2)])
@example([((128, 128, 128), 6)])
def test_plain_sectors_of_any_elements_differ(kinds: list[tuple[Rgb, int]]) -> None:
    elements = [element for colour, many in kinds for element in (blot(colour),) * many][:6]
    labs = rgb2lab(np.array([solids(elements)], dtype=np.uint8))[0]
    assert all(float(np.linalg.norm(one - other)) >= APART for one, other in combinations(labs, 2))


@settings(max_examples=40, deadline=None)
@given(COLOURS, st.integers(2, 6))
def test_sectors_of_one_element_differ_and_keep_its_outline(colour: Rgb, many: int) -> None:
    elements = shaded([blot(colour)] * many)
    lights = [lightness(tuple(one.pixels[0, 0, :3].tolist())) for one in elements]
    assert all(after - before >= APART for before, after in pairwise(lights))
    assert all(np.array_equal(one.pixels[..., 3], elements[0].pixels[..., 3]) for one in elements)


def test_elements_that_differ_are_left_as_they_are() -> None:
    elements = [blot((200, 60, 40)), blot((20, 140, 60))]
    assert list(shaded(elements)) == elements


def test_colours_that_are_named_are_left_as_they_are() -> None:
    named = [swatch((200, 60, 40)), swatch((205, 60, 40))]
    assert solids(named) == ((200, 60, 40), (205, 60, 40))


@pytest.mark.parametrize("donut", [False, True])
@pytest.mark.parametrize("embed", Embed)
@pytest.mark.parametrize("palette", [None, ["#2a7fb5"]])
def test_sectors_of_a_finished_pie_differ_and_are_read_back(
    embed: Embed, palette: list[str] | None, *, donut: bool
) -> None:
    chart = made(6, embed=embed, palette=palette, donut=donut)
    labs = rgb2lab(means(chart)[None] / 255)[0]
    around = np.linalg.norm(labs - np.roll(labs, 1, axis=0), axis=1)
    assert around.min() >= APART / 2
    assert chart.best.scores.worst_mark <= 0.05
    assert chart.best.scores.contrast >= 3


def test_the_named_colour_is_one_of_them_and_each_is_seen() -> None:
    chart = made(4, palette=["#2a7fb5"])
    seen = chart.best.picture.reshape(-1, 3)
    for colour in tinted(rgb("#2a7fb5"), 4):
        assert (seen == colour).all(axis=1).sum() > 200


def test_the_same_request_gives_the_same_bytes() -> None:
    one, other = made(5), made(5)
    assert np.array_equal(one.best.picture, other.best.picture)
    assert one.svgs == other.svgs
