"""The decision, and each remedy provoked in a chart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from chartspark_api.colours import EDGES, Rgb
from chartspark_api.metadata import Cause, Remedy, SecondTry
from chartspark_api.model import Sampling
from chartspark_runner.coverage import ENOUGH
from chartspark_runner.errors import NoUsableElement
from chartspark_runner.painter import OnStep, Order, Painting, Picture
from chartspark_runner.palette import STANDS_OUT
from chartspark_runner.picture import Pixels
from chartspark_runner.pipeline import MadeChart, make_chart
from chartspark_runner.progress import Board
from chartspark_runner.remedies import Least, NextTry, Seen, next_try
from runner_builders import BallPainter, ball, no_keywords, planned

GOOD = Seen(percent=99, parted=5.0, coverage=0.8)
LEAST = Least(90, text_image=60)
CASES: dict[str, tuple[Seen | None, set[Remedy], NextTry | None]] = {
    "nothing is wrong": (GOOD, set(), None),
    "edges are lost in elements": (
        replace(GOOD, parted=2.9),
        set(),
        NextTry(Remedy.HALO, (Cause.LOW_CONTRAST,)),
    ),
    "a halo did not help": (replace(GOOD, parted=2.9), {Remedy.HALO}, None),
    "elements cover too little": (
        replace(GOOD, coverage=0.59),
        set(),
        NextTry(Remedy.CLOSER, (Cause.LOW_COVERAGE,)),
    ),
    "both": (
        replace(GOOD, parted=1.0, coverage=0.1),
        {Remedy.HALO},
        NextTry(Remedy.CLOSER, (Cause.LOW_COVERAGE,)),
    ),
    "what is painted into marks is not laid otherwise": (Seen(99, None, None), set(), None),
    "the score is below the minimum": (
        replace(GOOD, percent=89),
        set(),
        NextTry(Remedy.NEW_SEED, (Cause.LOW_SCORE,)),
    ),
    "it is below for a cause that has a remedy": (
        Seen(50, 1.0, 0.8),
        set(),
        NextTry(Remedy.HALO, (Cause.LOW_CONTRAST,)),
    ),
    "nothing could be cut out": (None, set(), NextTry(Remedy.NEW_SEED, (Cause.NOTHING_USABLE,))),
    "nothing could be cut out again": (None, {Remedy.NEW_SEED}, None),
    "the picture is unlike its words": (
        replace(GOOD, text_image=59),
        set(),
        NextTry(Remedy.NEW_SEED, (Cause.LOW_SIMILARITY,)),
    ),
    "other pictures are unlike them, too": (replace(GOOD, text_image=59), {Remedy.NEW_SEED}, None),
    "the picture is as near its words as is asked": (replace(GOOD, text_image=60), set(), None),
    "new pictures mend two faults at once": (
        replace(GOOD, percent=89, text_image=0),
        set(),
        NextTry(Remedy.NEW_SEED, (Cause.LOW_SCORE, Cause.LOW_SIMILARITY)),
    ),
    "an unlike picture whose edges are lost": (
        replace(GOOD, parted=1.0, text_image=0),
        set(),
        NextTry(Remedy.HALO, (Cause.LOW_CONTRAST,)),
    ),
    "everything was tried": (Seen(0, 1.0, 0.0, 0), set(Remedy), None),
}


@pytest.mark.parametrize(("seen", "tried", "expected"), CASES.values(), ids=CASES)
def test_a_remedy_is_chosen(seen: Seen | None, tried: set[Remedy], expected: NextTry | None) -> None:
    assert next_try(seen, LEAST, tried) == expected


def test_without_a_lowest_percentage_likeness_remedies_nothing() -> None:
    assert next_try(replace(GOOD, text_image=0), Least(90), ()) is None


@dataclass
class Scripted(BallPainter):
    """Paints one picture for each order, and the last one ever after."""

    pictures: Sequence[Pixels] = ()

    def paint(self, orders: Sequence[Order], on_step: OnStep) -> tuple[Painting, ...]:
        begun = len(self.orders)
        super().paint(orders, on_step)
        return tuple(
            Painting(Picture(self.pictures[min(begun + i, len(self.pictures) - 1)]), 0.01)
            for i in range(len(orders))
        )


def made(*pictures: Pixels, **fields: object) -> tuple[MadeChart, Scripted]:
    painter = Scripted(pictures=pictures)
    plan = planned(**{"candidates": 1, "csv": "thing,amount\na,31\nb,19\nc,12\n", **fields})
    return make_chart(plan, 7, Sampling(), no_keywords, painter, Board(1)), painter


def cross(colour: Rgb) -> Pixels:
    """A thin thing, which covers little of its box."""
    picture = np.full((128, 128, 3), 255, dtype=np.uint8)
    ys, xs = np.mgrid[:128, :128]
    arms = (np.abs(xs - ys) < 10) | (np.abs(xs + ys - 127) < 10)
    picture[arms & (np.abs(xs - 64) < 50)] = colour
    return picture


def test_paper_parts_an_edge_from_elements_of_its_colour() -> None:
    chart, _ = made(ball(EDGES[0]))
    assert chart.second_tries == (SecondTry(remedy=Remedy.HALO, causes=(Cause.LOW_CONTRAST,), kept=True),)
    assert chart.best.parted is not None
    assert chart.best.parted >= STANDS_OUT
    assert chart.best.scores.total >= 0.99


def test_thin_elements_lie_closer() -> None:
    chart, _ = made(cross((240, 170, 60)))
    assert SecondTry(remedy=Remedy.CLOSER, causes=(Cause.LOW_COVERAGE,), kept=True) in chart.second_tries
    assert chart.best.coverage is not None
    assert chart.best.coverage >= ENOUGH
    assert chart.best.scores.total >= 0.99


def test_other_seeds_are_asked_where_nothing_could_be_cut_out() -> None:
    blank = np.full((128, 128, 3), 255, dtype=np.uint8)
    chart, painter = made(blank, ball((240, 170, 60)))
    assert SecondTry(remedy=Remedy.NEW_SEED, causes=(Cause.NOTHING_USABLE,), kept=True) in chart.second_tries
    first, second = painter.orders
    assert first.seed != second.seed
    assert (first.candidate, second.candidate) == (0, 1)
    assert "candidate 0: the element is empty" in chart.unusable[0]


def test_a_second_time_nothing_is_the_end() -> None:
    with pytest.raises(NoUsableElement, match="none of 2 candidates"):
        made(np.full((128, 128, 3), 255, dtype=np.uint8))


def test_a_chart_that_lacks_nothing_is_made_once() -> None:
    chart, painter = made(ball((240, 170, 60)))
    assert chart.second_tries == ()
    assert len(painter.orders) == 1
