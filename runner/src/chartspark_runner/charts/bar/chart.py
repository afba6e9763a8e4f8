"""Bar charts, as the pipeline sees them. Called by `check`; what it does lies in the files beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from chartspark_api.charts import Chart
from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.alternative import Said, Saying, alternative
from chartspark_runner.charts.bar.bars import Bars, read_bars
from chartspark_runner.charts.bar.compose import compose
from chartspark_runner.charts.bar.decode import decode
from chartspark_runner.charts.bar.draw import bar_masks, draw_plain
from chartspark_runner.charts.bar.layout import BarLayout, lay_out
from chartspark_runner.charts.bar.leads import leads
from chartspark_runner.charts.colours import chart_colours
from chartspark_runner.charts.fit import LOOSE, Fit
from chartspark_runner.charts.kind import Side
from chartspark_runner.element import Cast
from chartspark_runner.geometry import Box
from chartspark_runner.picture import Mask, Pixels
from chartspark_runner.reading import Expected, Reading
from chartspark_runner.table import Table

_SMALLEST = 0.02
"""Of the longest bar: errors of smaller ones are measured against this."""


@dataclass(frozen=True)
class BarChart:
    """A bar chart that has been laid out."""

    alternative: str
    """What the chart says, for those who cannot see it."""
    layout: BarLayout

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.layout.frame.width, self.layout.frame.height

    @property
    def slots(self) -> tuple[Mapping[str, str], ...]:
        """The rows of the bars."""
        return tuple(mark.row for mark in self.layout.bars.marks)

    @property
    def series(self) -> tuple[int, ...]:
        """The series of each bar."""
        return tuple(mark.series for mark in self.layout.bars.marks)

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        """One length per bar."""
        bars = self.layout.bars
        slack = 0.5 / self.layout.frame.pixels_per_value
        least = _SMALLEST * max(*(abs(mark.value) for mark in bars.marks), slack)
        # Both ends of a part of a stack are rounded to pixels.
        slack *= 2 if bars.stacked else 1
        return tuple(Expected(bars.label(mark), mark.value, slack, least) for mark in bars.marks)

    def plain(self, cast: Cast | None = None) -> Canvas:
        """Return the chart with solid bars."""
        series = [None] * self.layout.frame.series if cast is None else leads(self.layout.bars, cast)
        return draw_plain(self.layout, chart_colours(series))

    def masks(self) -> Iterator[Mask]:
        """Yield one mask per bar."""
        return bar_masks(self.layout)

    def compose(self, cast: Cast, fit: Fit = LOOSE) -> Canvas:
        """Return the chart with bars of pictograms."""
        return compose(self.layout, cast, fit)

    def over(self, cast: Cast) -> Canvas:
        """Return the chart with solid bars over a scene."""
        colours = chart_colours(leads(self.layout.bars, cast))
        return draw_plain(self.layout, colours, cast)

    def decode(self, picture: Pixels) -> Reading:
        """Return the bars' lengths in a picture."""
        places = [(mark.category, mark.series) for mark in self.layout.bars.marks]
        return decode(self.layout.frame, places, picture)

    def flag(self, canvas: Canvas, index: int, value: float, colour: Rgb, side: Side) -> None:
        """Draw a stroke over half a bar's thickness where `value` lies."""
        frame, mark = self.layout.frame, self.layout.bars.marks[index]
        lane, end = frame.lane(mark.category, mark.series), frame.along(mark.start + value)
        box, half = frame.box(lane, end - 1, end + 1), lane.size // 2
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
    layout = lay_out(chart, read_bars(chart, table))
    return BarChart(alternative(chart, _sayings(layout.bars), layout.numerals), layout)


def _sayings(bars: Bars) -> list[Saying]:
    return [
        Saying(
            name,
            [Said(bars.categories[mark.category], mark.value) for mark in bars.marks if mark.series == i],
        )
        for i, name in enumerate(bars.series)
    ]
