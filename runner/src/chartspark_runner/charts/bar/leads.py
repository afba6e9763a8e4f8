"""Which element stands for which series of bars. Called by `chart` and `compose`; pure."""

from chartspark_runner.charts.bar.bars import Bars
from chartspark_runner.element import Cast, Element


def leads(bars: Bars, cast: Cast) -> tuple[Element, ...]:
    """Return the element that stands for each series: that of its first bar."""
    played = tuple(zip(bars.marks, cast.elements, strict=True))
    return tuple(
        next(element for mark, element in played if mark.series == series)
        for series in range(len(bars.series))
    )
