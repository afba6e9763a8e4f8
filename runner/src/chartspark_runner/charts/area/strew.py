"""Strews an element over an area, as densely as it has to be. Called by `chart`; the same area is strewn alike each time.

Places are those of a Poisson disk: no two too near each other, and nowhere a hole or a grid.
"""

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw
from scipy.stats import qmc

from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.picture import Mask, opaque
from chartspark_runner.stamps import Polygon, Stamp, bounds, fitted, stamped

_ENOUGH = 0.66
"""The share of an area that elements cover."""
_ENOUGH_CLOSE = 0.62
"""That thin elements cover where they have to: no more than that, so that each can still be seen."""
_MOST_OVERLAP = 1.6
"""Of a thin element's own share of its box: closer together, thin elements are a tangle that nobody can name."""
_DENSITY = 1.15
"""The squared distance that covers as much of a large area, in sizes of the element's outline."""
_CLOSER = 0.88
"""By how much the distance shrinks where that was not enough."""
_TRIES, _TRIES_CLOSE = 5, 9
_MOST_TURN = 15.0
"""Degrees."""
_SEED = 20230


def area_mask(outline: Polygon, size: tuple[int, int]) -> Mask:
    """Return where a polygon is; nowhere, if it is flatter than a pixel."""
    sheet = Image.new("1", size)
    if max(y for _, y in outline) - min(y for _, y in outline) < 1:
        return np.asarray(sheet)
    ImageDraw.Draw(sheet).polygon([(x - 0.5, y - 0.5) for x, y in outline], fill=1)
    return np.asarray(sheet)


def strew(
    element: Element, outline: Polygon, side: int, size: tuple[int, int], *, close: bool
) -> list[Stamp]:
    """Return stamps over a polygon, those at its rim cut off by it.

    Args:
        element: What is strewn.
        outline: The polygon.
        side: The longer side of the element, in pixels.
        size: Width and height of the sheet.
        close: Whether even thin elements have to cover enough.
    """
    mask = area_mask(outline, size)
    if not mask.any():
        return []
    box = fitted(element, Box(0, 0, side, side))
    filled = float(opaque(element.pixels).mean())
    # A thin element starts as far apart as one that fills half of its box.
    distance = math.sqrt(_DENSITY * max(filled, 0.5) * box.width * box.height)
    enough = _ENOUGH_CLOSE if close else min(_ENOUGH, _MOST_OVERLAP * filled)
    stamps: list[Stamp] = []
    for _ in range(_TRIES_CLOSE if close else _TRIES):
        stamps = _strewn(box, outline, mask, _rounded(distance))
        if _covered(element, stamps, mask) >= enough:
            break
        distance *= _CLOSER
    return stamps


def _rounded(distance: float) -> float:
    """Return a distance of a short list, so that elements of like outlines share their places."""
    return round(1.06 ** round(math.log(distance, 1.06)), 3)


def _strewn(box: Box, outline: Polygon, mask: Mask, distance: float) -> list[Stamp]:
    rows, columns = (np.nonzero(mask.any(axis=axis))[0] for axis in (1, 0))
    left, top = float(columns[0]), float(rows[0])
    places = _places(int(columns[-1] - left) + 1, int(rows[-1] - top) + 1, distance)
    turns = np.random.default_rng(_SEED).uniform(-_MOST_TURN, _MOST_TURN, len(places))
    stamps: list[Stamp] = []
    # From top to bottom, so that the nearer ones lie in front.
    for i in np.argsort(places[:, 1]):
        x, y = round(left + places[i, 0] - box.width / 2), round(top + places[i, 1] - box.height / 2)
        stamp = Stamp(Box(x, y, x + box.width, y + box.height), turn=round(float(turns[i]), 1), clip=outline)
        reach = bounds([stamp], Box(0, 0, mask.shape[1], mask.shape[0]))
        if mask[reach.top : reach.bottom, reach.left : reach.right].any():
            stamps.append(stamp)
    return stamps


@lru_cache(maxsize=32)
def _places(width: int, height: int, distance: float) -> npt.NDArray[np.float64]:
    disk = qmc.PoissonDisk(
        d=2, radius=distance, rng=np.random.default_rng(_SEED), l_bounds=(0, 0), u_bounds=(width, height)
    )
    return np.asarray(disk.fill_space())


def _covered(element: Element, stamps: list[Stamp], mask: Mask) -> float:
    if not stamps:
        return 0.0
    room = bounds(stamps, Box(0, 0, mask.shape[1], mask.shape[0]))
    on = mask[room.top : room.bottom, room.left : room.right] & opaque(stamped(element.pixels, stamps, room))
    return float(on.sum() / mask.sum())
