"""Where a ribbon runs: beside its line, on the lower side, and nowhere nearer to it than it is thick. Pure; called by `ribbon`."""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np
import numpy.typing as npt

from chartspark_runner.stamps import Polygon

_STEP = 1.0
"""Pixels between the places of a course."""
_TURN = 0.2
"""Radians by which a course turns at once where it goes around a bend."""
_CLEAR = 0.96
"""The share of its distance that a course keeps: inside of a narrow peak there is no room for a ribbon."""


def courses(part: Polygon, distance: float) -> tuple[Polygon, ...]:
    """Return the middle lines of the ribbon under an unbroken part of a line."""
    beside = list(_walk(_beside(part, distance)))
    first, last = part[0][0], part[-1][0]
    # A ribbon is round at its ends, and ends where its line does.
    inset = min(distance, (last - first) / 2)
    clear = (
        (_distances(beside, part) >= _CLEAR * distance)
        & (np.array([x for x, _ in beside]) >= first + inset)
        & (np.array([x for x, _ in beside]) <= last - inset)
    )
    stretches = groupby(zip(beside, clear, strict=True), key=lambda place: bool(place[1]))
    return tuple(tuple(at for at, _ in places) for kept, places in stretches if kept)


def _beside(part: Polygon, distance: float) -> list[tuple[float, float]]:
    if len(part) == 1:
        return [(part[0][0], part[0][1] + distance)]
    angles = [math.atan2(y1 - y0, x1 - x0) for (x0, y0), (x1, y1) in pairwise(part)]
    beside: list[tuple[float, float]] = []
    for i, (x, y) in enumerate(part):
        before, after = angles[max(0, i - 1)], angles[min(i, len(angles) - 1)]
        turns = max(1, math.ceil(abs(after - before) / _TURN))
        for turn in range(turns + 1):
            angle = before + (after - before) * turn / turns
            beside.append((x - math.sin(angle) * distance, y + math.cos(angle) * distance))
    return beside


def _walk(line: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    yield line[0]
    for (x0, y0), (x1, y1) in pairwise(line):
        steps = math.ceil(math.dist((x0, y0), (x1, y1)) / _STEP)
        for i in range(1, steps + 1):
            yield x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps


def _distances(places: Sequence[tuple[float, float]], part: Polygon) -> npt.NDArray[np.float64]:
    """Return how far each place is from the line."""
    at, corners = np.array(places), np.array(part)
    nearest = np.hypot(*(at - corners[0]).T)
    for start, stop in pairwise(corners):
        along = stop - start
        share = np.clip((at - start) @ along / (along @ along), 0, 1)
        nearest = np.minimum(nearest, np.hypot(*(at - start - share[:, None] * along).T))
    return np.asarray(nearest)
