"""The policy of units: how much one pictogram stands for, and how large it is drawn. Pure; called by `compose`.

The scale is fixed before an element is known, so that a picture can be read back without it. What is
chosen here is how bars of that scale and thickness are cut into cells whose shape is the element's.
"""

import math
from dataclasses import dataclass

from chartspark_runner.steps import nice_steps

SMALLEST_CELL = 12
"""In pixels. Smaller pictograms cannot be told from dots."""
_SMALL_CELL = 24
"""In pixels. Smaller pictograms can be told apart only by who knows what they show."""
_FEWEST_UNITS, _MOST_UNITS = 1.5, 160.0
"""In the longest bar."""
CLOSE = (1.06, 1.3)
"""How much larger than its cell a pictogram may be, across the bar and along it: neighbours lie over each other a little, as stacked things do."""
_LANES = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class Tiling:
    """Bars as stacks of rows of pictograms."""

    lanes: int
    """How many pictograms stand side by side in a row."""
    unit: float
    """The amount that one pictogram stands for."""
    row: float
    """The length of a row along the value axis, in pixels."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The size of an element, in any unit for outlines and in pixels for a raster."""

    across: float
    """Its size across the bar."""
    along: float
    """Its size along it."""
    raster: bool
    """Whether it must not be enlarged."""


def choose_tiling(
    longest: float, thinnest: float, pixels_per_value: float, thickness: int, figure: Figure
) -> Tiling | None:
    """Return the best tiling, or None if no pictogram could be 12 pixels.

    Args:
        longest: The longest bar's value, above zero.
        thinnest: A value that most others reach, above zero: of a pictogram that is larger only a scrap would be left.
        pixels_per_value: The scale.
        thickness: Of the bars, in pixels.
        figure: The element.
    """
    tilings = [
        Tiling(lanes, unit, unit * lanes * pixels_per_value)
        for lanes in _LANES
        for unit in nice_steps(longest, _FEWEST_UNITS, _MOST_UNITS)
        if min(thickness / lanes, unit * lanes * pixels_per_value * CLOSE[1]) >= SMALLEST_CELL
    ]
    return max(
        tilings, key=lambda tiling: _fitness(tiling, longest, thinnest, thickness, figure), default=None
    )


def _fitness(tiling: Tiling, longest: float, thinnest: float, thickness: int, figure: Figure) -> float:
    across, along = thickness / tiling.lanes, tiling.row
    scale = min(across * CLOSE[0] / figure.across, along * CLOSE[1] / figure.along)
    if figure.raster:
        scale = min(scale, 1.0)
    seen = min(1.0, figure.across * scale / across), min(1.0, figure.along * scale / along)
    filled = seen[0] * seen[1]
    rows = longest / (tiling.unit * tiling.lanes)
    # Five to twelve rows can be counted at a glance; beyond that a stack becomes a texture.
    countable = 1.0 if 4 <= rows <= 12 else 0.85 if rows < 4 else max(0.3, 1 - (rows - 12) * 0.03)  # noqa: PLR2004 - as said
    whole = min(1.0, thinnest / (tiling.unit * tiling.lanes))
    large = min(1.0, min(figure.across, figure.along) * scale / _SMALL_CELL)
    # Lanes cost a little: a single file of pictograms is the easiest to count.
    return math.pow(filled, 3.0) * countable * whole**2 * large * math.pow(0.96, tiling.lanes - 1)
