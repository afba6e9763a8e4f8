"""Which dot of a picture is which point's. Called by `chart`; pure.

A picture does not tell: the assignment with the least distance in all is the kindest that a reader could
make, and a chart that is wrong is wrong even so.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from chartspark_runner.charts.scatter.decode import Found


def assign(places: Sequence[tuple[float, float]], dots: Sequence[Found]) -> list[Found | None]:
    """Return a dot per place, None where there is none left; all None where there are more dots than places."""
    assigned: list[Found | None] = [None] * len(places)
    if not dots or len(dots) > len(places):
        # Of a dot too many nobody can tell which it is.
        return assigned
    away = np.linalg.norm(
        np.array(places)[:, None] - np.array([(dot.x, dot.y) for dot in dots])[None], axis=2
    )
    for place, dot in zip(*linear_sum_assignment(away), strict=True):
        assigned[int(place)] = dots[int(dot)]
    return assigned
