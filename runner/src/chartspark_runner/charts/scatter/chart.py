"""Scatter charts, as the pipeline sees them. Called by `check`; what they do lies in the files beside it."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, assert_never

from chartspark_api.charts import Chart
from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.alternative import introduced
from chartspark_runner.charts.axis import Scale
from chartspark_runner.charts.fit import LOOSE, Fit
from chartspark_runner.charts.kind import Side
from chartspark_runner.charts.scatter.assign import assign
from chartspark_runner.charts.scatter.compose import compose
from chartspark_runner.charts.scatter.decode import Found, find
from chartspark_runner.charts.scatter.draw import draw_plain, point_masks
from chartspark_runner.charts.scatter.layout import ScatterLayout, lay_out
from chartspark_runner.charts.scatter.points import Points, read_points
from chartspark_runner.element import Cast
from chartspark_runner.palette import palette_for
from chartspark_runner.picture import Mask, Pixels
from chartspark_runner.reading import Expected, Reading
from chartspark_runner.table import Table

_SMALLEST = 0.02
"""Of what an axis spans, and of the largest size: errors of smaller values are measured against this."""
_MOST_TOLD = 40
"""Points in words."""

Channel = Literal["x", "y", "size"]


@dataclass(frozen=True)
class ScatterChart:
    """A scatter chart that has been laid out."""

    alternative: str
    """What the chart says, for those who cannot see it; of many points every second, third and so on."""
    layout: ScatterLayout
    points: Points

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.layout.frame.width, self.layout.frame.height

    @property
    def slots(self) -> tuple[Mapping[str, str], ...]:
        """A part to a point; one where there are dots alone, which gives the hue."""
        rows = tuple(point.row for point in self.points.points)
        return rows if self.layout.frame.area_per_size else rows[:1]

    @property
    def series(self) -> tuple[int, ...]:
        """One series."""
        return (0,) * len(self.slots)

    @cached_property
    def told(self) -> tuple[tuple[int, Channel], ...]:
        """Which value of which point each expected value is: those that a reader can see."""
        apart = [i for i, seen in enumerate(self.layout.apart) if seen]
        sized = [
            i for i in apart if self.layout.alone[i] and self.points.sized and self.layout.frame.area_per_size
        ]
        places: list[tuple[int, Channel]] = []
        for i in apart:
            places += [(i, "x"), (i, "y")]
        return (*places, *((i, "size") for i in sized))

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        """Two values for each point that stands apart, and its size where no other mark touches it."""
        return tuple(self._expected(*place) for place in self.told)

    def plain(self, cast: Cast | None = None) -> Canvas:
        """Return the chart with discs."""
        palette = palette_for(None if cast is None else cast.lead)
        return draw_plain(self.layout, palette, [palette.solid] * len(self.points.points), None)

    def masks(self) -> Iterator[Mask]:
        """Yield one mask per point."""
        return point_masks(self.layout)

    def compose(self, cast: Cast, fit: Fit = LOOSE) -> Canvas:
        """Return the chart with an element around each point."""
        return compose(self.layout, cast, fit)

    def over(self, cast: Cast) -> Canvas:
        """Return the chart with discs over a scene."""
        solid = [palette_for(element).solid for element in cast.elements]
        if len(solid) == 1:
            solid *= len(self.points.points)
        return draw_plain(self.layout, palette_for(cast.lead), solid, cast)

    def decode(self, picture: Pixels) -> Reading:
        """Return the points' values in a picture."""
        sighting = find(self.layout.frame, picture)
        dots = assign(self.layout.places, sighting.dots)
        values = tuple(self._read(dots[i], channel) for i, channel in self.told)
        return Reading(edges=(sighting.edge,), background=sighting.paper, values=values)

    def flag(self, canvas: Canvas, index: int, value: float, colour: Rgb, side: Side) -> None:
        """Draw half a stroke through the point where `value` lies; of a size, half a line under a disc of that area."""
        i, channel = self.told[index]
        frame, (x, y) = self.layout.frame, self.layout.places[i]
        far = (-1 if side == "first" else 1) * frame.dot * 4
        match channel:
            case "x":
                x = frame.x.at(value)
                canvas.line((x, y), (x, y + far), colour, frame.dot / 2)
            case "y":
                y = frame.y.at(value)
                canvas.line((x, y), (x + far, y), colour, frame.dot / 2)
            case "size":
                y += math.sqrt(max(0.0, value) * frame.area_per_size / math.pi)
                canvas.line((x, y), (x + far, y), colour, frame.dot / 2)
            case _:
                assert_never(channel)

    def _expected(self, index: int, channel: Channel) -> Expected:
        point, frame = self.points.points[index], self.layout.frame
        match channel:
            case "x":
                return _on(frame.x, point.label, point.x, channel)
            case "y":
                return _on(frame.y, point.label, point.y, channel)
            case "size":
                largest = max(point.size for point in self.points.points)
                # An outline may lie half a pixel off all around, and is longer than a circle's.
                slack = 0.5 * 2.5 * math.sqrt(math.pi * self.layout.areas[index]) / frame.area_per_size
                return Expected(point.label, point.size, slack, _SMALLEST * largest, channel=channel)
            case _:
                assert_never(channel)

    def _read(self, dot: Found | None, channel: Channel) -> float | None:
        frame = self.layout.frame
        if dot is None:
            return None
        match channel:
            case "x":
                return frame.x.value(dot.x)
            case "y":
                return frame.y.value(dot.y)
            case "size":
                return None if dot.area is None else dot.area / frame.area_per_size
            case _:
                assert_never(channel)


def _on(scale: Scale, label: str, value: float, channel: Channel) -> Expected:
    span = scale.high - scale.low
    return Expected(label, value, 0.5 * scale.value_per_pixel, _SMALLEST * span, span, channel)


def lay_out_scatter(chart: Chart, table: Table) -> ScatterChart:
    """Return a scatter chart of the table.

    Raises:
        InvalidData: The table does not hold what points need, or there is no room for them.
    """
    points = read_points(chart, table)
    layout = lay_out(chart, points)
    told = layout.words[:: math.ceil(len(layout.words) / _MOST_TOLD)]
    return ScatterChart(introduced(chart, "; ".join(told)), layout, points)
