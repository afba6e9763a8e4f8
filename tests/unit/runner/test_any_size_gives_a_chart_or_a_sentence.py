"""Whatever size and texts the API takes, the layout gives a chart that can be read back, or says what to change."""

import pytest
from chartspark_api.charts import Orientation
from chartspark_runner.errors import ChartTooSmall, InvalidData
from chartspark_runner.score import score
from hypothesis import example, given, settings
from hypothesis import strategies as st
from runner_builders import csv_of, planned

LINES = st.one_of(st.none(), st.sampled_from(["short", "A line that is long enough to be wrapped " * 4]))


@settings(max_examples=60, deadline=None)
@given(
    width=st.integers(320, 1600),
    height=st.integers(240, 1200),
    values=st.lists(st.floats(0, 1e12, allow_subnormal=False), min_size=1, max_size=12),
    subtitle=LINES,
    source=LINES,
    orientation=st.sampled_from([None, *Orientation]),
)
@example(width=320, height=240, values=[3.0], subtitle="s", source="s", orientation=Orientation.VERTICAL)
@example(width=320, height=240, values=[1e12], subtitle=None, source=None, orientation=Orientation.HORIZONTAL)
def test_it_is_drawn_and_read_back_or_refused(  # noqa: PLR0913, PLR0917 - what a size depends on
    width: int,
    height: int,
    values: list[float],
    subtitle: str | None,
    source: str | None,
    orientation: Orientation | None,
) -> None:
    asked = {
        "data": {"csv": csv_of(values)},
        "subtitle": subtitle,
        "source": source,
        "orientation": orientation,
    }
    try:
        plan = planned(width=width, height=height, **asked)
    except InvalidData:
        return
    picture, _ = plan.drawing.plain().pixels()
    assert score(plan.drawing.expected, plan.drawing.decode(picture)).total >= 0.99


def test_texts_that_leave_no_room_are_told() -> None:
    with pytest.raises(ChartTooSmall, match="take a larger width and height, or shorter texts"):
        planned(width=320, height=240, title="word " * 39, subtitle="word " * 39, source="s")
