"""How elements are laid into marks, where a chart's first try lacked something. Chosen by `remedies`; heeded by the `compose` of chart types."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fit:
    """What differs from a first try."""

    close: bool = False
    """Whether elements lie as near to each other as it takes to cover the marks, even where thin ones become a thicket."""
    halo: bool = False
    """Whether paper parts each data edge from the elements under it. Lines, areas, pies and dots always have it."""


LOOSE = Fit()
"""Of a first try."""
