"""Paints with a model of diffusers: in batches, and more thriftily once the GPU's memory did not suffice.

Opened by `opening`. Decides how much is drawn at once; how it is drawn, only the press knows.
"""

import gc
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Protocol

import structlog
import torch
from chartspark_api.metadata import Origin

from chartspark_runner.errors import GpuLost, OutOfGpuMemory
from chartspark_runner.generate.savings import Rung, Savings, thriftier
from chartspark_runner.painter import About, OnStep, Order, Painting, Picture
from chartspark_runner.picture import Pixels

log = structlog.get_logger()


class Press(Protocol):
    """A loaded model."""

    def place(self, rung: Rung) -> None:
        """Put the model where the rung says; nothing happens if it is there."""

    def draw(self, orders: Sequence[Order], on_step: OnStep) -> list[Pixels]:
        """Return a picture for each of the orders, which differ by words and seed alone."""

    def unread(self, order: Order) -> tuple[str, ...]:
        """Tell in sentences what of the order the model does not read."""


class DiffusionPainter:
    """Paints with a press."""

    def __init__(self, press: Press, about: About, savings: Savings) -> None:
        self._press = press
        self._about = about
        self._savings = savings

    def paint(self, orders: Sequence[Order], on_step: OnStep) -> tuple[Painting, ...]:
        """Return the pictures of the orders.

        Raises:
            BadRequest: The model cannot start from a picture.
            GpuLost: The GPU stopped answering.
            OutOfGpuMemory: The GPU's memory did not suffice for a single picture, whatever was saved.
        """
        painted: list[Painting] = []

        def stepped(done: int, steps: int) -> None:
            on_step(len(painted) * steps + done, len(orders) * steps)

        for _, alike in groupby(orders, _kind):
            rest = list(alike)
            while rest:
                made = self._batch(rest, stepped)
                painted += made
                rest = rest[len(made) :]
        return tuple(painted)

    def about(self) -> About:
        """Tell which model paints, and where."""
        return self._about

    def peak_gpu_bytes(self) -> int:
        """Return the most GPU memory that tensors held, in bytes."""
        return torch.cuda.max_memory_allocated() if self._about.device == "cuda" else 0

    def _batch(self, orders: Sequence[Order], on_step: OnStep) -> list[Painting]:
        """Return the pictures of the first orders, as many as go at once."""
        while True:
            begun = time.monotonic()
            chosen = orders[: self._savings.batch]
            drawn = self._drawn(chosen, on_step)
            if not isinstance(drawn, str):
                break
            # Out here no exception holds on to tensors any more.
            gc.collect()
            torch.cuda.empty_cache()
            self._save(drawn, len(chosen))
        each = (time.monotonic() - begun) / sum(order.steps for order in chosen)
        return [self._painting(*pair, each, len(chosen)) for pair in zip(chosen, drawn, strict=True)]

    def _drawn(self, orders: Sequence[Order], on_step: OnStep) -> list[Pixels] | str:
        """Return the pictures, or what the device said when its memory did not suffice."""
        try:
            self._press.place(self._savings.rung)
            return self._press.draw(orders, lambda done, steps: on_step(done * len(orders), steps))
        except torch.OutOfMemoryError as error:
            return str(error)
        except torch.AcceleratorError as error:
            raise GpuLost(f"the GPU stopped answering: {error}") from error

    def _save(self, told: str, tried: int) -> None:
        next_savings = thriftier(replace(self._savings, batch=tried))
        if next_savings is None:
            raise OutOfGpuMemory(f"the GPU's memory did not suffice, one picture and layer at a time: {told}")
        log.warning("saving GPU memory", batch=next_savings.batch, rung=next_savings.rung, told=told)
        self._savings = next_savings

    def _painting(self, order: Order, pixels: Pixels, seconds_per_step: float, batch: int) -> Painting:
        origin = Origin(batch_size=batch, memory=self._savings.rung.value)
        return Painting(Picture(pixels), seconds_per_step, origin, self._press.unread(order))


def _kind(order: Order) -> tuple[object, ...]:
    return order.steps, order.guidance_scale, order.true_cfg_scale, id(order.guide)
