"""What is tried when the GPU's memory does not suffice, one after the other. Called by `diffusion_painter`; pure.

A picture differs in its last bits by what saved memory, so that every picture's metadata say which rung it was made on.
"""

from dataclasses import dataclass, replace
from enum import StrEnum


class Rung(StrEnum):
    """How the model is placed, each thriftier and slower than the one before."""

    WHOLE = "Whole"
    """All of it on the device."""
    SLICED = "Sliced"
    """Attention and the decoder work on a part at a time."""
    OFFLOADED = "Offloaded"
    """Besides, only the component at work is on the GPU."""
    LAYERWISE = "Layerwise"
    """Besides, only the layer at work is on the GPU. Many times slower."""


@dataclass(frozen=True, slots=True)
class Savings:
    """How much is done at once."""

    batch: int
    rung: Rung = Rung.WHOLE


def first_savings(asked: int, limit: str | None) -> Savings:
    """Return where the ladder begins: at the batch that is asked for, or at the limit that is set from outside."""
    return Savings(asked if limit is None else min(asked, int(limit)))


def thriftier(savings: Savings) -> Savings | None:
    """Return what to try next: half the batch, then the next rung. None at the end."""
    if savings.batch > 1:
        return replace(savings, batch=savings.batch // 2)
    rungs = list(Rung)
    after = rungs.index(savings.rung) + 1
    return replace(savings, rung=rungs[after]) if after < len(rungs) else None
