"""What a chart should show, and what was read off its picture: the seam between chart types and `score`. Pure data."""

from dataclasses import dataclass
from math import inf

from chartspark_api.colours import Rgb


@dataclass(frozen=True, slots=True)
class Expected:
    """One value that a picture should show."""

    label: str
    """The mark's name, for instance its x."""
    value: float
    slack: float
    """What a picture made of pixels cannot show, in units of the value: half a pixel."""
    least: float
    """Errors of smaller values are measured against this, else a pixel of them would be everything."""
    most: float = inf
    """Errors of larger values are measured against this: what an axis spans that does not begin at zero."""
    channel: str = ""
    """What of the mark the value says, where it says several things: x, y, size."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a picture says."""

    edges: tuple[Rgb, ...]
    """The reserved colours that its marks end in."""
    background: Rgb
    """The colour that most of it has."""
    values: tuple[float | None, ...]
    """One per expected value, in the same order; None where nothing was found."""
