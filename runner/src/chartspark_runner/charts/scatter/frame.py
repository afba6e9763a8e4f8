"""Where points may stand, and how large a size is. Pure; called by layout, drawing and decoder of scatter charts."""

import math
from dataclasses import dataclass

from chartspark_runner.charts.axis import Scale
from chartspark_runner.geometry import Box


@dataclass(frozen=True, slots=True)
class Frame:
    """A scatter chart without its points: all that the decoder is told. It holds no value of any mark."""

    width: int
    height: int
    room: Box
    """Where marks may have ink."""
    x: Scale
    y: Scale
    dot: float
    """The radius of the dot at each point, in pixels."""
    rim: float
    """The width of the paper around a dot."""
    area_per_size: float
    """Square pixels of a mark for each unit of its size."""

    def reach(self, size: float) -> float:
        """Return how far a mark of a size may reach from its middle; few elements are longer for their area."""
        return max(self.dot + self.rim, 1.25 * math.sqrt(self.area_per_size * size))
