"""What the parts of a bar chart are drawn in. Called by `chart`; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from chartspark_runner.charts.bar.bars import Bars
from chartspark_runner.element import Cast, Element
from chartspark_runner.palette import Palette, SeriesColours, colours_of_series, palette_for
from chartspark_runner.picture import Pixels


@dataclass(frozen=True, slots=True)
class BarColours:
    """A palette, and the colours of each series."""

    palette: Palette
    series: tuple[SeriesColours, ...]


def leads(bars: Bars, cast: Cast) -> tuple[Element, ...]:
    """Return the element that stands for each series: that of its first bar."""
    played = tuple(zip(bars.marks, cast.elements, strict=True))
    return tuple(
        next(element for mark, element in played if mark.series == series)
        for series in range(len(bars.series))
    )


def bar_colours(elements: Sequence[Pixels | None]) -> BarColours:
    """Return the colours for one element per series; None for plain bars."""
    if len(elements) == 1:
        palette = palette_for(elements[0])
        return BarColours(palette, (SeriesColours(palette.edge, palette.solid, palette.band),))
    return BarColours(palette_for(None), colours_of_series(elements))
