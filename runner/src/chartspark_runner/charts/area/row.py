"""Lines whole elements up in a thin layer, each as large as the layer is thick there. Pure; called by `chart`.

In a heap that fills such a layer nearly all of them would be cut to scraps.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.stamps import Polygon, Stamp, fitted

_SMALLEST = 14
"""In pixels. Smaller ones cannot be told from dots: a layer that is thinner has its tint alone."""
_PITCH = 0.86
"""From one to the next, in their widths: as close as things in a row may stand."""


@dataclass(frozen=True, slots=True)
class Layer:
    """An area between two edges over the same places."""

    upper: Polygon
    lower: Polygon

    def thick(self, x: float) -> float:
        """Return its height at a place."""
        return _at(self.lower, x) - _at(self.upper, x)

    @property
    def usual(self) -> float:
        """Its middle height over all places."""
        places = np.linspace(self.upper[0][0], self.upper[-1][0], 64)
        return float(np.median([self.thick(float(x)) for x in places]))


def layer(outline: Polygon) -> Layer:
    """Return the layer whose outline runs along its upper edge, and back along the lower one."""
    # The lower edge of the lowest layer is two points, whatever the upper one has.
    turn = max(range(len(outline)), key=lambda i: (outline[i][0], -i)) + 1
    return Layer(outline[:turn], outline[: turn - 1 : -1])


def row(element: Element, thin: Layer, edge: float) -> Iterator[Stamp]:
    """Yield stamps from one end of a layer to the other.

    Args:
        element: What stands there.
        thin: The layer.
        edge: How far its edges and their halos reach into it, in pixels.
    """
    x, stop = thin.upper[0][0], thin.upper[-1][0]
    while x < stop:
        side = round(thin.thick(x) - 2 * edge)
        if side < _SMALLEST:
            x += _SMALLEST
            continue
        box = fitted(element, Box(0, 0, side, side))
        at = x + box.width / 2
        # Where the layer slopes, its middle there is another than at the element's side.
        high = _at(thin.upper, at) + edge + (side - box.height) / 2
        left, top = round(x), round(high)
        if left + box.width <= stop:
            yield Stamp(Box(left, top, left + box.width, top + box.height))
        x += _PITCH * box.width


def _at(edge: Polygon, x: float) -> float:
    xs, ys = zip(*edge, strict=True)
    return float(np.interp(x, xs, ys))
