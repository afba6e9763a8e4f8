import numpy as np
import pytest
from chartspark_api.charts import Embed
from chartspark_api.model import Sampling
from chartspark_runner.charts.clearing import clearing
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
    found = clearing(masks)
    if found is not None:
        taken = np.logical_or.reduce(masks)
        assert not taken[found.top : found.bottom, found.left : found.right].any()
        assert found.top >= HEIGHT - max(heights) * HEIGHT / 100 - 1
        assert found.width == pytest.approx(found.height, abs=1)
        assert found.height > 0.25 * HEIGHT


@pytest.mark.parametrize("scale", [1, 4])
def test_beside_rising_bars_it_is_above_the_low_ones(scale: int) -> None:
    found = clearing(bars([10, 12, 15, 20, 85, 90], scale))
    assert found is not None
    assert found.right < WIDTH * scale * 0.67
    assert found.bottom < HEIGHT * scale * 0.9
    assert found.height > 0.4 * HEIGHT * scale


def test_where_marks_leave_no_room_there_is_none() -> None:
    assert clearing(bars([90, 88, 90, 89])) is None


@pytest.mark.parametrize("embed", Embed)
def test_it_is_the_same_for_every_candidate_of_a_scene(embed: Embed) -> None:
    chart = planned(embed=embed, keep=2)
    made = make_chart(chart, 7, Sampling(), no_keywords, BallPainter(), Board(1))
    room = clearing(chart.drawing.masks()) if embed is Embed.BACKGROUND else None
    assert [one.cast.clearing for one in made.ranked] == [room, room]
