"""What line and area charts have in common. Called by their charts; pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from chartspark_runner.charts.plot import Plot
from chartspark_runner.charts.traces import Traces


@dataclass(frozen=True)
class TracedChart:
    """A chart of traces that has been laid out."""

    alternative: str
    """What the chart says, for those who cannot see it."""
    plot: Plot
    traces: Traces
    """The values of each series, not what they add up to where they are stacked."""
    slots: tuple[Mapping[str, str], ...]
    """The row in which each series begins."""

    @property
    def series(self) -> tuple[int, ...]:
        """A slot to a series."""
        return tuple(range(len(self.slots)))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.plot.frame.width, self.plot.frame.height
