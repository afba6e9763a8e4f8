"""Where bars may stand, and the scale of their lengths. Pure; called by layout, drawing and decoder of bar charts."""

from dataclasses import dataclass

from chartspark_api.charts import Orientation

from chartspark_runner.geometry import Box

_GAP = 2
"""Pixels between the bars of a group."""
_HALO, _THINNEST_HALO = 0.6, 2
"""The depth of the paper under an edge, in strokes, and at least in pixels."""


@dataclass(frozen=True, slots=True)
class Band:
    """The thickness of a bar, across the value axis."""

    start: int
    stop: int

    @property
    def middle(self) -> float:
        """In pixels."""
        return (self.start + self.stop) / 2

    @property
    def size(self) -> int:
        """In pixels."""
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class Frame:
    """A bar chart without its bars: all that the decoder is told. It holds no value of any mark."""

    width: int
    height: int
    orientation: Orientation
    base: int
    """Where zero lies along the value axis, in pixels."""
    reach: int
    """How far a bar can grow from `base`, in pixels."""
    depth: int
    """How far a bar can grow below `base`, in pixels."""
    pixels_per_value: float
    bands: tuple[Band, ...]
    """One per category."""
    series: int
    stacked: bool
    stroke: int
    """The thickness of data edges along the value axis, in pixels. Its outer side marks the value."""
    swatches: tuple[Box, ...]
    """Where the legend shows each series' reserved colour; empty for one series."""

    def lane(self, category: int, series: int) -> Band:
        """Return the thickness of one bar: of a group, its part."""
        band = self.bands[category]
        if self.stacked or self.series == 1:
            return band
        size = (band.size - _GAP * (self.series - 1)) // self.series
        start = band.start + series * (size + _GAP)
        return Band(start, start + size)

    def along(self, value: float) -> int:
        """Return how many pixels from `base` the value lies: the nearest whole pixel."""
        return round(value * self.pixels_per_value)

    def box(self, band: Band, start: int, stop: int) -> Box:
        """Return the part of a band between two distances from `base`, the lesser first."""
        match self.orientation:
            case Orientation.VERTICAL:
                return Box(band.start, self.base - stop, band.stop, self.base - start)
            case Orientation.HORIZONTAL:
                return Box(self.base + start, band.start, self.base + stop, band.stop)

    def halo_box(self, band: Band, start: float, end: float) -> Box:
        """Return where paper parts a bar's data edge from the rest of it: no further than its foot."""
        foot, tip = self.along(start), self.along(end)
        reach = min(self.stroke + max(_THINNEST_HALO, round(self.stroke * _HALO)), abs(tip - foot))
        return self.box(band, tip, tip + reach) if tip < foot else self.box(band, tip - reach, tip)

    def edge_box(self, band: Band, start: float, end: float) -> Box:
        """Return where the data edge of a bar is drawn: at its outer side, within it.

        A bar that is shorter than the stroke has a thinner edge where anything else lies beyond its base: in
        stacks, and where bars run both ways. Else the edge keeps its thickness and lies over the base line.
        """
        foot, tip = self.along(start), self.along(end)
        thickness = self.stroke
        if self.stacked or self.depth:
            thickness = min(self.stroke, abs(tip - foot))
        if tip == foot and self.depth:
            # Half on either side of zero, which says that it is neither above nor below.
            return self.box(band, tip - 1, tip + 1)
        return self.box(band, tip, tip + thickness) if tip < foot else self.box(band, tip - thickness, tip)
