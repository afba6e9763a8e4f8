"""Hangs an element under a line, as often as it has to be. Pure; called by `chart`."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw

from chartspark_runner.charts.line.course import courses
from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.picture import Mask, opaque, resized
from chartspark_runner.stamps import Polygon, Stamp, bounds, fitted, stamped

_ENOUGH = 0.66
"""The share of a ribbon, its edge included, that elements cover."""
_PITCHES = tuple(round(1.0 - 0.04 * i, 2) for i in range(23))
"""Distances of neighbours that are tried, in thicknesses of the ribbon."""
_LONGEST = 1.3
"""The longest side of an element, in thicknesses: a bus may be longer than the ribbon is thick, a pencil not."""

_MOVED = 0.88
"""How near neighbours may come, in pitches, for the sake of the last one."""

_MOSTLY = 0.85
"""From this share of all elements on that is seen they can be told apart."""
_CLEAR = 1.08
"""How far elements in front lie apart, in their widths or heights: corners that touch make a chain of them."""

_SLACK = 1.0
"""Pixels, by which places of a course lie apart."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Where an element lies in a ribbon."""

    behind: tuple[Stamp, ...]
    """Those that fill the ribbon behind the others, where an element is so thin that many have to. To be drawn paler."""
    front: tuple[Stamp, ...]


class Ribbon:
    """What hangs under the parts of a line."""

    def __init__(self, parts: Sequence[Polygon], thickness: float, stroke: float, sheet: Box) -> None:
        self._parts = parts
        self._thickness = thickness
        self._stroke = stroke
        self._sheet = sheet
        distance = (thickness + stroke) / 2
        self.courses = tuple(course for part in parts for course in courses(part, distance))
        """The middle lines of what hangs."""

    def mask(self) -> Mask:
        """Return where the mark is: the line's edge, and what hangs under it."""
        sheet = Image.new("1", (self._sheet.width, self._sheet.height))
        pen = ImageDraw.Draw(sheet)
        for lines, width in ((self.courses, self._thickness), (self._parts, self._stroke)):
            for line in lines:
                _draw(pen, line, width)
        return np.asarray(sheet)

    def laid(self, element: Element) -> Laid:
        """Return stamps along the courses, as few as cover enough of the mark."""
        mask, stamps = self.mask(), list[Stamp]()
        for pitch in _PITCHES:
            beads = _beads(self.courses, pitch * self._thickness)
            stamps = [_stamp(element, at, self._thickness) for at in beads]
            if _covered(element, stamps, mask, self._sheet) >= _ENOUGH:
                break
        if _seen(element, stamps, self._sheet) >= _MOSTLY:
            return Laid((), tuple(stamps))
        return Laid(tuple(stamps), tuple(_apart(stamps)))


def _draw(pen: ImageDraw.ImageDraw, line: Polygon, width: float) -> None:
    radius = width / 2
    if len(line) > 1:
        pen.line(line, fill=1, width=round(width))
    for x, y in line:
        pen.ellipse((x - radius, y - radius, x + radius - 1, y + radius - 1), fill=1)


def _covered(element: Element, stamps: Sequence[Stamp], mask: Mask, sheet: Box) -> float:
    room = bounds(stamps, sheet)
    on = mask[room.top : room.bottom, room.left : room.right] & opaque(stamped(element.pixels, stamps, room))
    return float(on.sum() / mask.sum())


def _seen(element: Element, stamps: Sequence[Stamp], sheet: Box) -> float:
    """Return how much of what is laid down others leave to be seen."""
    own = {
        size: int(opaque(resized(element.pixels, *size)).sum())
        for size in {(stamp.box.width, stamp.box.height) for stamp in stamps}
    }
    room = bounds(stamps, sheet)
    seen = int(opaque(stamped(element.pixels, stamps, room)).sum())
    return seen / max(1, sum(own[stamp.box.width, stamp.box.height] for stamp in stamps))


def _apart(stamps: Sequence[Stamp]) -> Iterator[Stamp]:
    """Yield every stamp whose box lies clear of those before, or nearly so."""
    kept: list[Box] = []
    for stamp in stamps:
        box = stamp.box
        if all(
            abs(box.left - other.left) >= _CLEAR * box.width
            or abs(box.top - other.top) >= _CLEAR * box.height
            for other in kept
        ):
            kept.append(box)
            yield stamp


def _stamp(element: Element, at: tuple[float, float], thickness: float) -> Stamp:
    height, width = element.pixels.shape[:2]
    side = round(min(_LONGEST, math.sqrt(max(width, height) / min(width, height))) * thickness)
    left, top = round(at[0] - side / 2), round(at[1] - side / 2)
    return Stamp(fitted(element, Box(left, top, left + side, top + side)))


def _beads(lines: Sequence[Polygon], pitch: float) -> Iterator[tuple[float, float]]:
    """Yield places along the courses, each from its beginning to its end, no two nearer than about the pitch."""
    # No distance is larger than this, so that only neighbouring cells have to be looked at.
    cell = 2 * pitch
    kept: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for line in lines:
        length = sum(math.dist(a, b) for a, b in pairwise(line))
        # The last one stands at the end, where the others can be moved a little for it.
        even = max(_MOVED * pitch, length / max(1, round(length / pitch)))
        for at in line:
            column, row = int(at[0] // cell), int(at[1] // cell)
            near = (
                other
                for across in (column - 1, column, column + 1)
                for down in (row - 1, row, row + 1)
                for other in kept.get((across, down), ())
            )
            if all(math.dist(at, other) >= even - _SLACK for other in near):
                kept.setdefault((column, row), []).append(at)
                yield at
