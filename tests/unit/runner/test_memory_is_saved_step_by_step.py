"""The ladder that is climbed when the GPU's memory does not suffice, with a press that says so at will."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
import torch
from chartspark_api.metadata import Origin
from chartspark_runner.errors import GpuLost, OutOfGpuMemory
from chartspark_runner.generate.diffusion_painter import DiffusionPainter
from chartspark_runner.generate.savings import Rung, Savings, first_savings, thriftier
from chartspark_runner.painter import About, Guide, OnStep, Order
from chartspark_runner.picture import Pixels
from hypothesis import given
from hypothesis import strategies as st

RUNGS = list(Rung)


@dataclass
class TightPress:
    """Has memory for `fits` pictures on `needs` and the rungs after it, and remembers what was drawn."""

    needs: Rung | None
    fits: int = 1
    rung: Rung = Rung.WHOLE
    drawn: list[tuple[Rung, int]] = field(default_factory=list)

    def place(self, rung: Rung) -> None:
        self.rung = rung

    def draw(self, orders: Sequence[Order], on_step: OnStep) -> list[Pixels]:
        self.drawn.append((self.rung, len(orders)))
        fits = self.needs is not None and RUNGS.index(self.rung) >= RUNGS.index(self.needs)
        if not fits or len(orders) > self.fits:
            raise torch.OutOfMemoryError("tried to allocate 2 GiB")
        on_step(1, 1)
        return [np.full((8, 8, 3), order.seed, np.uint8) for order in orders]

    def unread(self, order: Order) -> tuple[str, ...]:
        return (f"unread of {order.seed}",)


def painter(press: TightPress, batch: int) -> DiffusionPainter:
    return DiffusionPainter(press, About("tiny", "cpu", 1, ()), Savings(batch))


def orders(number: int, guide: Guide | None = None) -> list[Order]:
    return [Order("a", "b", "c", "", 1, seed, guide=guide) for seed in range(number)]


def test_half_the_batch_comes_first_and_then_rung_after_rung() -> None:
    press = TightPress(Rung.OFFLOADED)
    made = painter(press, 4).paint(orders(2), lambda *_: None)
    assert press.drawn == [(Rung.WHOLE, 2), (Rung.WHOLE, 1), (Rung.SLICED, 1), *[(Rung.OFFLOADED, 1)] * 2]
    assert made[0].origin == Origin(batch_size=1, memory="Offloaded")
    assert made[0].warnings == ("unread of 0",)


def test_what_was_saved_once_is_not_tried_again_with_more() -> None:
    press = TightPress(Rung.WHOLE, fits=2)
    one = painter(press, 4)
    steps: list[tuple[int, int]] = []
    made = one.paint(orders(5), lambda *step: steps.append(step))
    assert [size for _, size in press.drawn] == [4, 2, 2, 1]
    assert [painting.origin.batch_size for painting in made] == [2, 2, 2, 2, 1]
    assert [int(painting.art.pixels[0, 0, 0]) for painting in made] == [0, 1, 2, 3, 4]
    assert steps == [(2, 5), (4, 5), (5, 5)]
    press.drawn.clear()
    one.paint(orders(2), lambda *_: None)
    assert press.drawn == [(Rung.WHOLE, 2)]


def test_the_end_of_the_ladder_is_out_of_gpu_memory() -> None:
    press = TightPress(None)
    with pytest.raises(OutOfGpuMemory, match="one picture and layer at a time: tried to allocate 2 GiB"):
        painter(press, 2).paint(orders(2), lambda *_: None)
    assert press.drawn == [(Rung.WHOLE, 2), *((rung, 1) for rung in RUNGS)]


def test_pictures_that_start_from_another_picture_are_not_drawn_together() -> None:
    press = TightPress(Rung.WHOLE, fits=9)
    guides = [Guide(np.zeros((8, 8, 3), np.uint8), 0.5) for _ in range(2)]
    painter(press, 9).paint([*orders(2, guides[0]), *orders(3, guides[1]), *orders(1)], lambda *_: None)
    assert [size for _, size in press.drawn] == [2, 3, 1]


def test_a_gpu_that_stops_answering_is_lost() -> None:
    class Broken(TightPress):
        def place(self, rung: Rung) -> None:
            raise torch.AcceleratorError(f"device-side assert at {rung}", 710)

    with pytest.raises(GpuLost, match="stopped answering"):
        painter(Broken(Rung.WHOLE), 1).paint(orders(1), lambda *_: None)


@pytest.mark.parametrize(("asked", "limit", "batch"), [(4, None, 4), (4, "2", 2), (2, "4", 2)])
def test_a_limit_from_outside_holds_from_the_first_picture_on(
    asked: int, limit: str | None, batch: int
) -> None:
    press = TightPress(Rung.WHOLE, fits=9)
    DiffusionPainter(press, About("tiny", "cpu", 1, ()), first_savings(asked, limit)).paint(
        orders(4), lambda *_: None
    )
    assert {size for _, size in press.drawn} == {batch}


@given(st.integers(1, 64))
def test_the_ladder_ends_and_never_asks_for_more(batch: int) -> None:
    seen = [Savings(batch)]
    while (following := thriftier(seen[-1])) is not None:
        seen.append(following)
    assert seen[-1] == Savings(1, Rung.LAYERWISE)
    assert len(seen) == batch.bit_length() + 3
    demands = [(RUNGS.index(one.rung), -one.batch) for one in seen]
    assert demands == sorted(demands)
