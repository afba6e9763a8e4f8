"""What the parts of a chart are drawn in. Called by chart types; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from chartspark_runner.element import Element
from chartspark_runner.palette import Palette, SeriesColours, colours_of_series, palette_for


@dataclass(frozen=True, slots=True)
class ChartColours:
    """A palette, and the colours of each series."""

    palette: Palette
    series: tuple[SeriesColours, ...]


def chart_colours(elements: Sequence[Element | None]) -> ChartColours:
    """Return the colours for one element per series; None for plain marks."""
    if len(elements) == 1:
        palette = palette_for(elements[0])
        return ChartColours(palette, (SeriesColours(palette.edge, palette.solid, palette.band),))
    return ChartColours(palette_for(None), colours_of_series(elements))
