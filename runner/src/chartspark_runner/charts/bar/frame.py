"""Where bars may stand, and the scale of their lengths. Pure; called by layout, drawing and decoder of bar charts."""

from dataclasses import dataclass

from chartspark_api.charts import Orientation

from chartspark_runner.geometry import Box


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
    pixels_per_value: float
    bands: tuple[Band, ...]
    stroke: int
    """The thickness of data edges along the value axis, in pixels. Its outer side marks the value."""

    def along(self, value: float) -> int:
        """Return how many pixels from `base` the value lies: the nearest whole pixel."""
        return round(value * self.pixels_per_value)

    def box(self, band: Band, start: int, stop: int) -> Box:
        """Return the part of a band between two distances from `base`."""
        match self.orientation:
            case Orientation.VERTICAL:
                return Box(band.start, self.base - stop, band.stop, self.base - start)
            case Orientation.HORIZONTAL:
                return Box(self.base + start, band.start, self.base + stop, band.stop)

    def edge_box(self, band: Band, value: float) -> Box:
        """Return where the data edge of a value is drawn. It lies inside the bar, but for bars shorter than itself."""
        end = self.along(value)
        return self.box(band, end - self.stroke, end)
