"""Which points get their names, and where these stand. Pure; called by the layout.

A name stands right, left, over or under its point where it touches no mark and no other name, or nowhere.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chartspark_runner.canvas import Anchor
from chartspark_runner.charts.page import Sizes
from chartspark_runner.charts.scatter.frame import Frame
from chartspark_runner.lettering import LINE, text_width

_MOST = 40
"""More names than this are noise."""


@dataclass(frozen=True, slots=True)
class Name:
    """A point's name in its place."""

    text: str
    x: float
    y: float
    """Of its middle line."""
    anchor: Anchor


_Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def place_names(
    frame: Frame,
    places: Sequence[tuple[float, float]],
    areas: Sequence[float],
    names: Sequence[str],
    sizes: Sizes,
) -> tuple[Name, ...]:
    """Return those of the names that have room, the names of large marks first."""
    if len(names) > _MOST:
        return ()
    halves = [max(frame.dot + frame.rim, 0.72 * math.sqrt(area)) for area in areas]
    taken = [(x - h, y - h, x + h, y + h) for (x, y), h in zip(places, halves, strict=True)]
    placed: list[Name] = []
    for i in sorted(range(len(names)), key=lambda i: -areas[i]):
        others = taken[:i] + taken[i + 1 :]
        for name, box in _offers(names[i], places[i], halves[i], sizes):
            inside = frame.room.left <= box[0] and box[2] <= frame.room.right
            inside &= frame.room.top <= box[1] and box[3] <= frame.room.bottom
            if inside and not any(_touch(box, other) for other in others):
                placed.append(name)
                taken.append(box)
                break
    return tuple(placed)


def _offers(
    text: str, at: tuple[float, float], half: float, sizes: Sizes
) -> Iterator[tuple[Name, _Rectangle]]:
    (x, y), size = at, sizes.small
    gap, wide, high = half + size * 0.75, text_width(text, size), size * LINE
    yield Name(text, x + gap, y, "left"), (x + gap, y - high / 2, x + gap + wide, y + high / 2)
    yield Name(text, x - gap, y, "right"), (x - gap - wide, y - high / 2, x - gap, y + high / 2)
    for middle in (y - gap - high * 0.3, y + gap + high * 0.3):
        yield (
            Name(text, x, middle, "center"),
            (x - wide / 2, middle - high / 2, x + wide / 2, middle + high / 2),
        )


def _touch(one: _Rectangle, other: _Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
