"""Where a ribbon runs: beside its line, on the lower side, and nowhere nearer to it than it is thick. Pure; called by `ribbon`."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
import numpy.typing as npt

from chartspark_runner.stamps import Polygon

_STEP = 1.0
"""Pixels between the places of a course."""
_TURN = 0.2
"""Radians by which a course turns at once where it goes around a bend."""
_CLEAR = 0.99
"""The share of its distance that a course keeps: inside of a narrow peak there is no room for a ribbon."""
_THINNEST = 6.0
"""In pixels. Where less is left over the base line there is no ribbon."""


@dataclass(frozen=True, slots=True)
class Hook:
    """A place of a course."""

    x: float
    y: float
    thick: float
    """Of the ribbon around it, in pixels."""


Course = tuple[Hook, ...]
"""The middle of a ribbon, without gaps."""


def courses(part: Polygon, thickness: float, stroke: float, floor: float) -> tuple[Course, ...]:
    """Return the middle lines of the ribbon under an unbroken part of a line, from below its first point to below its last.

    Args:
        part: The line.
        thickness: Of the ribbon, where there is room for all of it.
        stroke: Of the line.
        floor: What the ribbon may not reach below: it gets thinner there.
    """
    distance = (thickness + stroke) / 2
    beside = list(_walk(_beside(part, distance)))
    first, last = part[0][0], part[-1][0]
    at = np.array(beside)
    clear = (_distances(beside, part) >= _CLEAR * distance) & (at[:, 0] >= first) & (at[:, 0] <= last)
    hooks = (
        _over(floor, (x, y), thickness, part, stroke) if kept else None
        for (x, y), kept in zip(beside, clear, strict=True)
    )
    stretches = groupby(hooks, key=lambda hook: hook is None)
    return tuple(tuple(hook for hook in each if hook is not None) for gap, each in stretches if not gap)


def _over(
    floor: float, at: tuple[float, float], thickness: float, part: Polygon, stroke: float
) -> Hook | None:
    """Return a place of the ribbon, thinner where the line leaves it no room over the floor."""
    x, y = at
    if y + thickness / 2 <= floor:
        return Hook(x, y, thickness)
    room = min(thickness, floor - _height(part, x) - stroke / 2)
    # Beside a steep line there is less room than below it.
    (away,) = _distances([(x, floor - room / 2)], part)
    thick = min(room, 2 * float(away) - stroke)
    return Hook(x, floor - thick / 2, thick) if thick >= _THINNEST else None


def _height(part: Polygon, x: float) -> float:
    xs, ys = zip(*part, strict=True)
    return float(np.interp(x, xs, ys))


def _beside(part: Polygon, distance: float) -> list[tuple[float, float]]:
    angles = [math.atan2(y1 - y0, x1 - x0) for (x0, y0), (x1, y1) in pairwise(part)]
    beside: list[tuple[float, float]] = []
    for i, (x, y) in enumerate(part):
        # Below the ends of its line it hangs straight down: where these rise to the right it would begin late.
        before = angles[i - 1] if i else 0.0
        after = angles[i] if i < len(angles) else 0.0
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
