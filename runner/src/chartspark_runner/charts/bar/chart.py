"""Bar charts, as the pipeline sees them. Called by `check`; what it does lies in the files beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from chartspark_api.charts import Chart

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.bar.compose import compose
from chartspark_runner.charts.bar.decode import decode
from chartspark_runner.charts.bar.draw import bar_masks, draw_plain
from chartspark_runner.charts.bar.layout import BarLayout, lay_out
from chartspark_runner.charts.bar.series import Series, read_series
from chartspark_runner.charts.kind import Side
from chartspark_runner.element import Cast
from chartspark_runner.geometry import Box
from chartspark_runner.palette import Colour, palette_for
from chartspark_runner.picture import Mask, Pixels
from chartspark_runner.reading import Expected, Reading
from chartspark_runner.table import Table

_SMALLEST = 0.02
"""Of the largest value: errors of smaller bars are measured against this."""


@dataclass(frozen=True)
class BarChart:
    """A bar chart that has been laid out."""

    layout: BarLayout
    series: Series
    slots: tuple[Mapping[str, str], ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.layout.frame.width, self.layout.frame.height

    @property
    def alternative(self) -> str:
        """What the chart says, for those who cannot see it."""
        return self.layout.alternative

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        """One length per bar."""
        slack = 0.5 / self.layout.frame.pixels_per_value
        least = _SMALLEST * max(*self.series.values, slack)
        return tuple(
            Expected(label, value, slack, least)
            for label, value in zip(self.series.labels, self.series.values, strict=True)
        )

    def plain(self) -> Canvas:
        """Return the chart with solid bars."""
        return draw_plain(self.layout, palette_for(None))

    def masks(self) -> Iterator[Mask]:
        """Yield one mask per bar."""
        return bar_masks(self.layout)

    def compose(self, cast: Cast) -> Canvas:
        """Return the chart with bars of pictograms."""
        return compose(self.layout, cast)

    def decode(self, picture: Pixels) -> Reading:
        """Return the bars' lengths in a picture."""
        return decode(self.layout.frame, picture)

    def flag(self, canvas: Canvas, index: int, value: float, colour: Colour, side: Side) -> None:
        """Draw a stroke over half a bar's thickness where `value` lies."""
        frame = self.layout.frame
        band, end = frame.bands[index], frame.along(value)
        box, half = frame.box(band, end - 1, end + 1), band.size // 2
        before, beyond = (half // 2, -half) if side == "first" else (-half, half // 2)
        if box.width > box.height:
            canvas.fill(Box(box.left - before, box.top, box.right + beyond, box.bottom), colour)
        else:
            canvas.fill(Box(box.left, box.top - before, box.right, box.bottom + beyond), colour)


def lay_out_bars(chart: Chart, table: Table) -> BarChart:
    """Return a bar chart of the table.

    Raises:
        InvalidData: The table does not hold what bars need, or there is no room for them.
    """
    series = read_series(chart, table)
    return BarChart(lay_out(chart, series), series, table.rows)
