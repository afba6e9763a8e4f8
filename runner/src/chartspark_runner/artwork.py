"""Vector art: filled outlines in units of their own. Made by painters that have outlines; drawn by `svg`. Knows nothing about charts."""

from dataclasses import dataclass

from chartspark_api.colours import Rgb


@dataclass(frozen=True, slots=True)
class Shape:
    """One filled outline."""

    path: str
    """SVG path data with absolute commands, filled by the non-zero rule."""
    fill: Rgb
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes from the lowest to the topmost, tightly cropped: x grows to the right and y downwards, from 0 to the size."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
