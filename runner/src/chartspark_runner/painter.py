"""The seam between the pipeline and the model: what a painter is asked, and what it gives. Knows no torch."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from chartspark_runner.picture import Pixels

OnStep = Callable[[int, int], None]
"""Called after every denoising step with the steps done and the steps in all."""


@dataclass(frozen=True, slots=True)
class Order:
    """One picture."""

    prompt: str
    negative_prompt: str
    steps: int
    guidance_scale: float
    seed: int
    """Below 2**63."""


@dataclass(frozen=True, slots=True, eq=False)
class Painting:
    """What came of an order."""

    pixels: Pixels
    """RGB."""
    seconds_per_step: float


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of weights that was used."""

    path: str
    """Relative to the model's folder."""
    sha256: str


@dataclass(frozen=True, slots=True)
class About:
    """What the painter is, for the metadata."""

    model: str
    device: str
    threads: int
    """How many threads it computes with: the same bytes come out for the same number alone."""
    files: tuple[ModelFile, ...]


class Painter(Protocol):
    """Makes pictures."""

    def paint(self, order: Order, on_step: OnStep) -> Painting:
        """Return the picture of an order; the same order gives the same picture."""

    def about(self) -> About:
        """Tell what the painter is."""

    def peak_gpu_bytes(self) -> int:
        """Return the most GPU memory that was in use; 0 without a GPU."""


OpenPainter = Callable[[], Painter]
"""Loads the model. Called once, when the first picture is due."""
