from itertools import combinations

import numpy as np
import pytest
from chartspark_api.charts import Embed
from chartspark_api.model import Sampling
from chartspark_runner.charts.clearing import clearings
from chartspark_runner.geometry import Box
from chartspark_runner.picture import Mask
from chartspark_runner.pipeline import make_chart
from chartspark_runner.progress import Board
from hypothesis import given, settings
from hypothesis import strategies as st
from runner_builders import BallPainter, no_keywords, planned

HEIGHT, WIDTH = 600, 800


def bars(heights: list[int], scale: int = 1) -> list[Mask]:
    """Return bars on the sheet's lower side, as high as so many hundredths of it."""
    height, width = HEIGHT * scale, WIDTH * scale
    masks = []
    for number, share in enumerate(heights):
        mask = np.zeros((height, width), dtype=np.bool_)
        step = width // len(heights)
        mask[height - round(share * height / 100) :, number * step : number * step + round(step * 0.8)] = True
        masks.append(mask)
    return masks


@given(st.lists(st.integers(1, 90), min_size=1, max_size=12))
@settings(deadline=None)
def test_no_mark_reaches_into_it_and_it_is_within_them(heights: list[int]) -> None:
    masks = bars(heights)
    for found in clearings(masks, [], 1):
        taken = np.logical_or.reduce(masks)
        assert not taken[found.top : found.bottom, found.left : found.right].any()
        assert found.top >= HEIGHT - max(heights) * HEIGHT / 100 - 1
        assert found.width == pytest.approx(found.height, abs=1)
        assert found.height > 0.25 * HEIGHT


@pytest.mark.parametrize("scale", [1, 4])
def test_beside_rising_bars_it_is_above_the_low_ones(scale: int) -> None:
    (found,) = clearings(bars([10, 12, 15, 20, 85, 90], scale), [], 1)
    assert found.right < WIDTH * scale * 0.67
    assert found.bottom < HEIGHT * scale * 0.9
    assert found.height > 0.4 * HEIGHT * scale


def test_where_marks_leave_no_room_there_is_none() -> None:
    assert clearings(bars([90, 88, 90, 89]), [], 1) == ()


def overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) > max(one.left, other.left)
    return across and min(one.bottom, other.bottom) > max(one.top, other.top)


TEXTS = st.builds(
    lambda x, y: Box(x, y, x + 120, y + 20), st.integers(0, WIDTH - 120), st.integers(0, HEIGHT - 20)
)


@given(
    st.lists(st.integers(1, 95), min_size=1, max_size=8),
    st.lists(TEXTS, max_size=6),
    st.integers(1, 5),
)
@settings(deadline=None, max_examples=60)
def test_those_of_several_pictures_are_alike_and_clear_of_marks_letters_and_each_other(
    heights: list[int], texts: list[Box], many: int
) -> None:
    masks = bars(heights)
    found = clearings(masks, texts, many)
    assert len(found) in {0, many}
    taken = np.logical_or.reduce(masks)
    for one in found:
        assert not taken[one.top : one.bottom, one.left : one.right].any()
        assert not any(overlap(one, text) for text in texts)
        assert one.height == pytest.approx(found[0].height, abs=1)
        assert min(one.left, one.top) >= 0
        assert one.right <= WIDTH
        assert one.bottom <= HEIGHT
    assert not any(overlap(one, other) for one, other in combinations(found, 2))
    assert [one.left for one in found] == sorted(one.left for one in found)


def test_several_pictures_stand_in_a_row_where_there_is_one() -> None:
    found = clearings(bars([30, 32, 35, 31]), [], 3)
    assert len(found) == 3
    assert len({one.bottom for one in found}) == 1


def test_around_a_round_mark_they_stand_in_its_corners() -> None:
    ys, xs = np.mgrid[:HEIGHT, :WIDTH]
    (one, *others) = clearings([np.hypot(xs - WIDTH / 2, ys - HEIGHT / 2) < HEIGHT * 0.48], [], 4)
    assert one.left < WIDTH * 0.1
    assert others[-1].right > WIDTH * 0.9


@pytest.mark.parametrize("embed", Embed)
def test_it_is_the_same_for_every_candidate_of_a_scene(embed: Embed) -> None:
    chart = planned(embed=embed, keep=2, csv="thing,amount\na,2\nb,3\nc,20\n")
    made = make_chart(chart, 7, Sampling(), no_keywords, BallPainter(), Board(1))
    assert len({one.cast.clearings for one in made.ranked}) == 1
    assert bool(made.best.cast.clearings) is (embed is Embed.BACKGROUND)
