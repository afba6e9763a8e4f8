"""Where edges of several series lie on each other, and which dashes each of them gets there. Pure; called by `outline`.

Of two strokes at one place the later would hide the earlier: a reader would miss a series, and so would the decoder.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from chartspark_runner.stamps import Polygon

_DASH = 6.0
"""The length of a dash, in strokes."""


def dashes(
    lines: Sequence[Sequence[Polygon]], stroke: float
) -> Iterator[tuple[int, tuple[float, float], tuple[float, float]]]:
    """Yield the dashes of edges that later ones hide: the series, and where the dash begins and ends."""
    for series, parts in enumerate(lines):
        for part in parts:
            for start, stop in pairwise(part):
                later = [
                    other
                    for other in range(series + 1, len(lines))
                    if _hidden(start, stop, lines[other], stroke)
                ]
                if later:
                    yield from ((series, *dash) for dash in _dashed(start, stop, len(later) + 1, stroke))


def _hidden(
    start: tuple[float, float], stop: tuple[float, float], others: Sequence[Polygon], stroke: float
) -> bool:
    """Return whether another series' edge lies on a straight piece all along."""
    steep = math.hypot(1.0, (stop[1] - start[1]) / (stop[0] - start[0]))
    return all(
        (y := _height(others, x)) is not None and abs(y - at) < stroke * steep
        for x, at in (start, ((start[0] + stop[0]) / 2, (start[1] + stop[1]) / 2), stop)
    )


def _height(parts: Sequence[Polygon], x: float) -> float | None:
    for part in parts:
        if part[0][0] <= x <= part[-1][0] and len(part) > 1:
            i = min(bisect_right([px for px, _ in part], x), len(part) - 1)
            (x0, y0), (x1, y1) = part[i - 1], part[i]
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return None


def _dashed(
    start: tuple[float, float], stop: tuple[float, float], sharers: int, stroke: float
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield every so many-th dash of a straight piece: one of those that share it."""
    pieces = max(2, round(math.dist(start, stop) / (_DASH * stroke * sharers))) * sharers
    for i in range(sharers - 1, pieces, sharers):
        yield _between(start, stop, i / pieces), _between(start, stop, (i + 1) / pieces)


def _between(start: tuple[float, float], stop: tuple[float, float], share: float) -> tuple[float, float]:
    return start[0] + (stop[0] - start[0]) * share, start[1] + (stop[1] - start[1]) * share
