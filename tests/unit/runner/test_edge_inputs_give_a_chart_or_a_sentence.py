"""Whatever a table holds, each way of drawing gives a chart whose values and letters can be read, or says what to write instead."""

import re
from itertools import combinations, product

import pytest
from chartspark_runner.canvas import Canvas
from chartspark_runner.errors import InvalidData
from chartspark_runner.score import score
from edge_inputs import EDGES, KINDS, LEFT_OUT, REFUSED, fields
from matplotlib.transforms import Bbox
from runner_builders import cast_of, planned

_BESIDE = 1.0
"""Pixels by which the boxes of two texts may share an edge: they hold more than the letters."""


def written(canvas: Canvas) -> list[tuple[str, Bbox]]:
    """Return every text on a drawn sheet with the box that it takes, from the lower left corner."""
    drawn = canvas._agg.get_renderer()  # type: ignore[no-untyped-call]  # noqa: SLF001 - nobody else asks where letters came to lie
    texts = [text for text in canvas._axes.texts if text.get_text().strip()]  # noqa: SLF001 - likewise
    return [(text.get_text(), text.get_window_extent(drawn)) for text in texts]


def overlap(one: Bbox, other: Bbox) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    along = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > _BESIDE and along > _BESIDE


CHARTS = [(edge, kind) for edge, kind in product(EDGES, KINDS) if kind not in REFUSED.get(edge, {})]


@pytest.mark.parametrize(("edge", "kind"), CHARTS)
def test_it_is_read_back_and_no_text_is_cut_or_covered(edge: str, kind: str) -> None:
    chart = planned(**fields(kind, edge))
    sheet = chart.drawing.compose(cast_of(chart))
    picture, notes = sheet.pixels()
    assert score(chart.drawing.expected, chart.drawing.decode(picture)).worst_mark <= 0.05
    assert notes == LEFT_OUT.get((edge, kind), ())
    height, width = picture.shape[:2]
    texts = written(sheet)
    assert [
        text for text, box in texts if box.x0 < -1 or box.y0 < -1 or box.x1 > width + 1 or box.y1 > height + 1
    ] == []
    assert [(one, other) for (one, box), (other, its) in combinations(texts, 2) if overlap(box, its)] == []


@pytest.mark.parametrize(
    ("edge", "kind", "sentence"),
    [(edge, kind, told) for edge, kinds in REFUSED.items() for kind, told in kinds.items()],
)
def test_it_is_refused_with_a_sentence(edge: str, kind: str, sentence: str) -> None:
    with pytest.raises(InvalidData, match=re.escape(sentence)):
        planned(**fields(kind, edge))
