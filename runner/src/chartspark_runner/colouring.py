"""Which colour of the palette each slot of a chart takes. Called by `check`; pure."""

from collections.abc import Sequence

from chartspark_api.charts import Chart, ChartType
from chartspark_api.colours import Rgb, rgb

from chartspark_runner.errors import InvalidData
from chartspark_runner.tints import tinted


def colours_of(chart: Chart, places: Sequence[int]) -> tuple[Rgb | None, ...]:
    """Return one colour per slot, None where the chart names none.

    Args:
        chart: What was asked for.
        places: Per slot the place of its series, or of its sector.

    Raises:
        InvalidData: The palette has another number of colours than there are series.
    """
    if chart.palette is None:
        return (None,) * len(places)
    named = [rgb(colour) for colour in chart.palette]
    many = max(places) + 1
    if len(named) == 1:
        named = list(tinted(named[0], many)) if chart.type is ChartType.PIE else named * many
    if len(named) != many:
        raise InvalidData(
            f"the palette names {len(named)} colours, and there are {many} series or sectors: "
            f"name one colour for all, or {many}"
        )
    return tuple(named[place] for place in places)
