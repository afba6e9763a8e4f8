"""What stands beside a pie's sectors, and where. Pure; called by the layout."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from chartspark_runner.canvas import Anchor
from chartspark_runner.charts.page import Room, Sizes
from chartspark_runner.charts.pie.frame import Frame, Sector
from chartspark_runner.lettering import LINE, text_width

_GAP = 0.9
"""Between rim and label, in sizes of the label's letters."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The lines of a label."""

    name: tuple[str, ...]
    """Bold."""
    amount: str

    def width(self, sizes: Sizes) -> float:
        """Return how wide the label is, in pixels."""
        names = (text_width(line, sizes.label, bold=True) for line in self.name)
        return max(*names, text_width(self.amount, sizes.label))

    def height(self, sizes: Sizes) -> float:
        """Return how high the label is, in pixels."""
        return sizes.label * LINE * (len(self.name) + 1)


@dataclass(frozen=True, slots=True)
class Label:
    """A label in its place."""

    wording: Wording
    x: float
    """Of the side that is turned to the pie."""
    top: float
    anchor: Anchor


def gap(sizes: Sizes) -> float:
    """Return the distance of labels from the rim, in pixels."""
    return sizes.label * _GAP


def place_labels(
    frame: Frame, sectors: Sequence[Sector], wordings: Sequence[Wording], sizes: Sizes, room: Room
) -> tuple[Label, ...] | None:
    """Return a label per sector, each beside its sector as far as its neighbours let it; None where they have no room."""
    placed: dict[int, Label] = {}
    for side in ("left", "right"):
        own = [i for i, sector in enumerate(sectors) if (sector.middle < 0.5) == (side == "right")]  # noqa: PLR2004 - six o'clock
        own.sort(key=lambda i: frame.at(sectors[i].middle, 1.0)[1])
        heights = [wordings[i].height(sizes) for i in own]
        wanted = [
            frame.at(sectors[i].middle, frame.radius + gap(sizes))[1] - height / 2
            for i, height in zip(own, heights, strict=True)
        ]
        tops = spread(wanted, heights, room.top, room.bottom)
        if tops is None:
            return None
        for i, top, height in zip(own, tops, heights, strict=True):
            away = _away(frame, top, top + height, gap(sizes))
            x = frame.x + (away if side == "right" else -away)
            placed[i] = Label(wordings[i], x, top, "left" if side == "right" else "right")
    return tuple(placed[i] for i in range(len(sectors)))


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float] | None:
    """Return upper sides near the wanted ones, in their order, so that nothing overlaps between `low` and `high`.

    None where the heights do not fit.
    """
    if sum(heights) > high - low:
        return None
    above = [0.0, *accumulate(heights)][:-1]
    # Without the heights the blocks are points that must not change their order: each moves down to where
    # the one before is, and back up as far as the end asks.
    points = [min(max(at - over, low), high - sum(heights)) for at, over in zip(wanted, above, strict=True)]
    return [at + over for at, over in zip(_ascending(points), above, strict=True)]


def _ascending(points: Sequence[float]) -> list[float]:
    """Return the ascending sequence nearest to `points`: those in the wrong order meet at their mean."""
    pools: list[tuple[float, int]] = []
    for point in points:
        mean, size = point, 1
        while pools and pools[-1][0] > mean:
            before, count = pools.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        pools.append((mean, size))
    return [mean for mean, size in pools for _ in range(size)]


def _away(frame: Frame, top: float, bottom: float, distance: float) -> float:
    """Return how far from the centre's column a block begins that keeps its distance from the rim."""
    reach = frame.radius + distance
    nearest = 0.0 if top <= frame.y <= bottom else min(abs(top - frame.y), abs(bottom - frame.y))
    return max(math.sqrt(max(0.0, reach**2 - nearest**2)), frame.radius * 0.16)
