"""Hangs an element under a line, as often as it has to be. Pure; called by `chart`."""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw

from chartspark_runner.charts.line.course import Course, Hook, courses
from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.picture import Mask, opaque, resized
from chartspark_runner.rim import Rim
from chartspark_runner.stamps import Polygon, Stamp, fitted, seen, stamped

_ENOUGH = 0.64
"""The share of a ribbon, its edge included, that elements cover; the halo of the edge takes some of it."""
_PITCHES = tuple(round(1.0 - 0.04 * i, 2) for i in range(25))
"""Distances of neighbours that are tried, in thicknesses of the ribbon."""
_DENSE = 0.1
"""Of places out of which those in front take the first that is clear of the one before."""
_FIELD = 1.25
"""The size of those behind: a slanted one fills the ribbon's sides on a slope like its own only where it is larger."""
_LONGEST = 1.3
"""The longest side of an element, in thicknesses: a bus may be longer than the ribbon is thick, a pencil not."""

_MOSTLY = 0.8
"""From this share of all elements on that is seen they can be told apart."""
_CLEAR = 1.08
"""How far elements in front lie apart, in their widths or heights: corners that touch make a chain of them."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Where an element lies in a ribbon."""

    behind: tuple[Stamp, ...]
    """Those that fill the ribbon behind the others, where an element is so thin that many have to. To be drawn paler."""
    front: tuple[Stamp, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _On:
    """What stamps do to a sheet."""

    seen: Mask
    """Where they show the element."""
    hidden: Mask
    """Where they and their rims hide what is behind them."""


class Ribbon:
    """What hangs under the parts of a line."""

    def __init__(
        self, parts: Sequence[Polygon], thickness: float, stroke: float, floor: float, sheet: Box
    ) -> None:
        self._parts = parts
        self._thickness = thickness
        self._stroke = stroke
        self._floor = floor
        self._sheet = sheet
        self.courses = tuple(course for part in parts for course in courses(part, thickness, stroke, floor))
        """The middle lines of what hangs."""

    def mask(self) -> Mask:
        """Return where the mark is: the line's edge, and what hangs under it."""
        sheet = Image.new("1", (self._sheet.width, self._sheet.height))
        pen = ImageDraw.Draw(sheet)
        for hook in (hook for course in self.courses for hook in course):
            _dot(pen, hook.x, hook.y, hook.thick)
        for part in self._parts:
            _draw(pen, part, self._stroke)
        return np.asarray(sheet)

    def laid(self, element: Element, rim: Rim) -> Laid:
        """Return stamps along the courses, as few as cover enough of the mark, each of those in front in its rim."""
        mask = self.mask()
        if not self.courses:
            return Laid((), ())

        def row(pitch: float) -> bool:
            return _covered([self._on(element, self._stamps(element, pitch), rim)], mask) >= _ENOUGH

        stamps = self._stamps(element, _widest(row))
        if self._told_apart(element, stamps, rim) >= _MOSTLY:
            return Laid((), stamps)
        dense = self._stamps(element, _DENSE)
        # The last one first: both ends of a line have one.
        front = tuple(_apart((*dense[-1:], *dense)))
        before = self._on(element, front, rim)

        def field(pitch: float) -> bool:
            behind = self._on(element, self._stamps(element, pitch, _FIELD))
            return _covered([behind, before], mask) >= _ENOUGH

        return Laid(self._stamps(element, _widest(field), _FIELD), front)

    def _stamps(self, element: Element, pitch: float, size: float = 1.0) -> tuple[Stamp, ...]:
        return tuple(
            _stamp(element, hook, size * hook.thick, self._floor) for hook in _beads(self.courses, pitch)
        )

    def _on(self, element: Element, stamps: Sequence[Stamp], *rims: Rim) -> _On:
        laid = stamped(element.pixels, stamps, self._sheet, *rims)
        return _On(seen(element.pixels, stamps, self._sheet, *rims), opaque(laid))

    def _told_apart(self, element: Element, stamps: Sequence[Stamp], rim: Rim) -> float:
        """Return how much of what is laid down others leave to be seen."""
        own = {
            size: int(opaque(resized(element.pixels, *size)).sum())
            for size in {(stamp.box.width, stamp.box.height) for stamp in stamps}
        }
        left = int(seen(element.pixels, stamps, self._sheet, rim).sum())
        return left / max(1, sum(own[stamp.box.width, stamp.box.height] for stamp in stamps))


def _draw(pen: ImageDraw.ImageDraw, line: Polygon, width: float) -> None:
    if len(line) > 1:
        pen.line(line, fill=1, width=round(width))
    for x, y in line:
        _dot(pen, x, y, width)


def _dot(pen: ImageDraw.ImageDraw, x: float, y: float, width: float) -> None:
    radius = width / 2
    pen.ellipse((x - radius, y - radius, x + radius - 1, y + radius - 1), fill=1)


def _covered(layers: Sequence[_On], mask: Mask) -> float:
    """Return which share of a mark shows the element, the nearest layer last."""
    shown = np.zeros_like(mask)
    for layer in layers:
        shown = shown & ~layer.hidden | layer.seen
    return float((shown & mask).sum() / mask.sum())


def _widest(enough: Callable[[float], bool]) -> float:
    """Return the widest pitch that is enough, or the narrowest; narrower ones cover more."""
    return _PITCHES[min(bisect_left(_PITCHES, x=True, key=enough), len(_PITCHES) - 1)]


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


def _stamp(element: Element, hook: Hook, size: float, floor: float) -> Stamp:
    height, width = element.pixels.shape[:2]
    longest = min(_LONGEST, size * math.sqrt(max(width, height) / min(width, height)))
    side = round(longest * hook.thick)
    left, top = round(hook.x - side / 2), round(hook.y - side / 2)
    box = fitted(element, Box(left, top, left + side, top + side))
    # What is longer than the ribbon is thick must not sink below the floor.
    up = max(0, box.bottom - math.floor(floor))
    return Stamp(Box(box.left, box.top - up, box.right, box.bottom - up))


def _beads(lines: Sequence[Course], pitch: float) -> Iterator[Hook]:
    """Yield places along the courses, from the beginning to the end, as far apart as the ribbon is thick there."""
    for line in _chains(lines):
        steps = [2 * math.dist((a.x, a.y), (b.x, b.y)) / (a.thick + b.thick) for a, b in pairwise(line)]
        along = np.cumsum([0.0, *steps])
        evenly = np.linspace(0, along[-1], max(1, round(along[-1] / pitch)) + 1 if steps else 1)
        for place in np.abs(along[:, None] - evenly[None]).argmin(axis=0):
            yield line[place]


def _chains(lines: Sequence[Course]) -> Iterator[Course]:
    """Yield courses as one where an element bridges what parts them: the inside of a bend."""
    chain: Course = ()
    for line in lines:
        if chain and math.dist((chain[-1].x, chain[-1].y), (line[0].x, line[0].y)) > line[0].thick:
            yield chain
            chain = ()
        chain += line
    if chain:
        yield chain
