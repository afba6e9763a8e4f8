"""Pies and donuts, as the pipeline sees them. Called by `check`; what they do lies in the files beside it."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from chartspark_api.charts import Chart
from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.fit import LOOSE, Fit
from chartspark_runner.charts.kind import Side
from chartspark_runner.charts.pie.compose import compose
from chartspark_runner.charts.pie.decode import decode
from chartspark_runner.charts.pie.draw import draw_plain, sector_masks
from chartspark_runner.charts.pie.layout import PieLayout, lay_out
from chartspark_runner.charts.pie.shading import solids
from chartspark_runner.charts.pie.shares import Shares, read_shares
from chartspark_runner.element import Cast
from chartspark_runner.palette import palette_for
from chartspark_runner.picture import Mask, Pixels
from chartspark_runner.reading import Expected, Reading
from chartspark_runner.table import Table

_SMALLEST = 0.02
"""Of the largest share: errors of smaller sectors are measured against this."""


@dataclass(frozen=True)
class PieChart:
    """A pie that has been laid out."""

    layout: PieLayout
    shares: Shares

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.layout.frame.width, self.layout.frame.height

    @property
    def slots(self) -> tuple[Mapping[str, str], ...]:
        """A part to a sector."""
        return tuple(part.row for part in self.shares.parts)

    @property
    def series(self) -> tuple[int, ...]:
        """A slot to a sector."""
        return tuple(range(len(self.slots)))

    @property
    def alternative(self) -> str:
        """What the chart says, for those who cannot see it."""
        return self.layout.alternative

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        """One share of the whole per sector: amounts are in the labels, and only there."""
        slack = 0.5 / (2 * math.pi * self.layout.frame.radius)
        least = _SMALLEST * max(sector.share for sector in self.layout.sectors)
        return tuple(
            Expected(part.label, sector.share, slack, least, channel="share")
            for part, sector in zip(self.shares.parts, self.layout.sectors, strict=True)
        )

    def plain(self, cast: Cast | None = None) -> Canvas:
        """Return the chart with solid sectors."""
        elements = [None] * self.layout.frame.sectors if cast is None else cast.elements
        return draw_plain(self.layout, palette_for(elements[0]), solids(elements), None)

    def masks(self) -> Iterator[Mask]:
        """Yield one mask per sector."""
        return sector_masks(self.layout)

    def compose(self, cast: Cast, fit: Fit = LOOSE) -> Canvas:
        """Return the chart with sectors full of elements."""
        return compose(self.layout, cast, fit)

    def over(self, cast: Cast) -> Canvas:
        """Return the chart with solid sectors over a scene."""
        return draw_plain(self.layout, palette_for(cast.lead), solids(cast.elements), cast)

    def decode(self, picture: Pixels) -> Reading:
        """Return the sectors' shares in a picture."""
        return decode(self.layout.frame, picture)

    def flag(self, canvas: Canvas, index: int, value: float, colour: Rgb, side: Side) -> None:
        """Draw a stroke over half the radius where a sector of the share `value` would end."""
        frame = self.layout.frame
        turn = self.layout.sectors[index].start + value
        middle = (frame.hole + frame.radius) / 2
        first, last = (frame.hole, middle) if side == "first" else (middle, frame.radius)
        canvas.line(frame.at(turn, first), frame.at(turn, last), colour, frame.stroke)


def lay_out_pie(chart: Chart, table: Table) -> PieChart:
    """Return a pie of the table.

    Raises:
        InvalidData: The table does not hold what a pie needs, or there is no room for it.
    """
    shares = read_shares(chart, table)
    return PieChart(lay_out(chart, shares), shares)
