"""The policy of units: how much one pictogram stands for, and how large it is drawn. Pure; called by `layout`."""

import math
from dataclasses import dataclass

from chartspark_runner.numbers import nice_steps

SMALLEST_CELL, LARGEST_CELL = 24, 96
"""In pixels. Smaller ones cannot be told apart; larger ones would show how coarse the model's pixels are."""
_WIDEST_SHARE = 0.86
"""Of a bar's slot that its pictograms may take; the rest is the gap that tells bars apart."""
_FEWEST_ROWS, _MOST_ROWS = 2.0, 30.0
_LANES = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Tiling:
    """Bars as stacks of rows of pictograms."""

    cell: int
    """The side of a pictogram's square cell, in pixels."""
    lanes: int
    """How many pictograms stand side by side in a row."""
    unit: float
    """The amount that one pictogram stands for."""

    @property
    def row(self) -> float:
        """The amount that one row stands for."""
        return self.unit * self.lanes


def choose_tiling(largest: float, room: int, slot: float) -> Tiling | None:
    """Return the best tiling, or None if no pictogram could be 24 pixels.

    Args:
        largest: The longest bar's value, above zero.
        room: The length that a bar may have, in pixels.
        slot: The distance from bar to bar, in pixels.
    """
    tilings = [
        Tiling(cell, lanes, unit)
        for lanes in _LANES
        for unit in nice_steps(largest, _FEWEST_ROWS * lanes, _MOST_ROWS * lanes)
        if (cell := _cell(largest / (unit * lanes), lanes, room, slot)) >= SMALLEST_CELL
    ]
    return max(tilings, key=lambda tiling: _fitness(tiling, largest, room, slot), default=None)


def _cell(rows: float, lanes: int, room: int, slot: float) -> int:
    return min(LARGEST_CELL, int(room // math.ceil(rows)), int(slot * _WIDEST_SHARE / lanes))


def _fitness(tiling: Tiling, largest: float, room: int, slot: float) -> float:
    rows = largest / tiling.row
    length = min(1.0, rows * tiling.cell / room)
    thickness = min(1.0, tiling.lanes * tiling.cell / (0.62 * slot))
    # Lanes cost a little: a single file of pictograms is the easiest to count.
    # Five to twelve units can be counted at a glance; beyond that a stack becomes a texture.
    countable = 1.0 if 5 <= rows <= 12 else 0.82 if rows < 5 else max(0.3, 1 - (rows - 12) * 0.03)  # noqa: PLR2004
    fitness: float = length**1.5 * thickness**0.5 * countable * 0.95 ** (tiling.lanes - 1)
    return fitness
