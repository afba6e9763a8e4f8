"""Which reserved colour each series takes. Pure; called by the charts that have series."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from chartspark_runner.palette import EDGES, Colour

_APART = 2
"""Series take every second reserved colour at the nearest: these lie 60 degrees of hue apart."""


def series_edges(wanted: Sequence[Colour]) -> tuple[Colour, ...]:
    """Return a reserved colour for each series, all different, as near as can be to those wanted.

    Args:
        wanted: Per series the reserved colour of its element's hue; at most six.
    """
    if len(wanted) == 1:
        return (wanted[0],)
    places = [EDGES.index(edge) for edge in wanted]
    return min((_assigned(places, shift) for shift in range(_APART)), key=lambda choice: choice[0])[1]


def plain_edges(series: int) -> tuple[Colour, ...]:
    """Return the reserved colours of series that have no elements."""
    return tuple(EDGES[(8 + 4 * i + (i // 3) * 2) % len(EDGES)] for i in range(series))


def tint(edge: Colour, background: Colour, share: float) -> Colour:
    """Return the background with a share of the edge's colour in it."""
    red, green, blue = (round(b + (e - b) * share) for e, b in zip(edge, background, strict=True))
    return red, green, blue


def _assigned(places: Sequence[int], shift: int) -> tuple[float, tuple[Colour, ...]]:
    free = range(shift, len(EDGES), _APART)
    turns = np.array([[_turn(place, other) for other in free] for place in places])
    rows, columns = linear_sum_assignment(turns)
    return float(turns[rows, columns].sum()), tuple(EDGES[free[column]] for column in columns)


def _turn(one: int, other: int) -> int:
    around = abs(one - other) % len(EDGES)
    return min(around, len(EDGES) - around) ** 2
