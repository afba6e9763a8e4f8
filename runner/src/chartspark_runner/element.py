"""What marks are made of. Made by `embed` or by a painter, dyed by `dye`; laid into charts by their `compose`."""

from dataclasses import dataclass

from chartspark_api.colours import Rgb

from chartspark_runner.artwork import Drawing
from chartspark_runner.geometry import Box
from chartspark_runner.picture import Pixels


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """A pictogram, cut out and tightly cropped."""

    pixels: Pixels
    """RGBA with straight alpha."""
    quality: float
    """From 0 to 1: how well it fills its cell, hangs together, and stands out from paper."""
    drawing: Drawing | None = None
    """The same as outlines, where the painter has them: SVG is made of these."""
    colour: Rgb | None = None
    """What it is drawn in shades of, where the chart maker named a colour."""


@dataclass(frozen=True, slots=True, eq=False)
class Cast:
    """Which element plays which part of a chart."""

    elements: tuple[Element, ...]
    """One per slot of the chart, the same object where slots show the same."""
    scene: Pixels | None = None
    """A picture of the chart's size that a model painted around the marks. RGB."""
    clearings: tuple[Box, ...] = ()
    """Where each different element may stand in a scene of them, clear of marks and letters; none where there is no room."""

    @property
    def lead(self) -> Element:
        """The element that gives the chart its hue."""
        return self.elements[0]

    @property
    def quality(self) -> float:
        """The quality of the worst."""
        return min(element.quality for element in self.elements)
