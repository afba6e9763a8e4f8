"""The seam between the pipeline and the model: what a painter is asked, and what it gives. Knows no torch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from chartspark_api.metadata import Origin

from chartspark_runner.element import Element
from chartspark_runner.picture import Mask, Pixels

OnStep = Callable[[int, int], None]
"""Called after every denoising step with the steps done and the steps in all: those of every picture that was ordered."""


@dataclass(frozen=True, slots=True, eq=False)
class Guide:
    """A picture that a painter starts from."""

    pixels: Pixels
    """RGB."""
    strength: float
    """From 0 (the picture stays) to 1 (nothing of it stays)."""
    mask: Mask | None = None
    """Where the painter may paint. None: everywhere."""


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """One picture."""

    subject: str
    style: str
    prompt: str
    """Subject and style as a model of sentences is asked for them."""
    negative_prompt: str
    steps: int
    seed: int
    """Below 2**63."""
    guidance_scale: float | None = None
    """None: what suits the model."""
    true_cfg_scale: float | None = None
    """For models with two guidances, how strictly the picture avoids the negative prompt."""
    candidate: int = 0
    """The number of the candidate: a painter that chooses gives its next best for the next number."""
    guide: Guide | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What a model painted on paper: the element has to be cut out."""

    pixels: Pixels
    """RGB."""


@dataclass(frozen=True, slots=True, eq=False)
class Painting:
    """What came of an order."""

    art: Picture | Element
    seconds_per_step: float
    origin: Origin = field(default_factory=Origin)
    """What the metadata say of it."""
    warnings: tuple[str, ...] = ()
    """What of the order has no effect."""


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
    """Its name, or its claim and folder."""
    device: str
    threads: int
    """How many threads it computes with: the same bytes come out for the same number alone."""
    files: tuple[ModelFile, ...]
    revision: str | None = None
    dtype: str | None = None
    """What it computes with, where that is a choice."""


class Painter(Protocol):
    """Makes pictures."""

    def paint(self, orders: Sequence[Order], on_step: OnStep) -> tuple[Painting, ...]:
        """Return a picture for each order, in their order; the same orders give the same pictures.

        Raises:
            NoUsableElement: The painter has nothing for the subject.
            RunFault: The model or its device failed.
        """

    def about(self) -> About:
        """Tell what the painter is."""

    def peak_gpu_bytes(self) -> int:
        """Return the most GPU memory that was in use; 0 without a GPU."""


OpenPainter = Callable[[], Painter]
"""Loads the model. Called once, when the first picture is due."""
