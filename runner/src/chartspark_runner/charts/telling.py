"""What lines and areas say in words, and as the values that a picture should show. Called by their charts; pure."""

import math

from chartspark_runner.charts.axis import Axis, Tick, spell_value
from chartspark_runner.charts.traces import Trace, Traces
from chartspark_runner.reading import Expected

_SMALLEST = 0.02
"""Of what the axis spans: errors of smaller values are measured against this."""
_MOST_TOLD = 12
"""Values of a series in words."""


def expected_values(traces: Traces, y: Axis, ends: int) -> tuple[Expected, ...]:
    """Return one value per point, series by series.

    Args:
        traces: The values.
        y: The axis that they are read from.
        ends: How many edges a value is read from, each half a pixel off at most.
    """
    span = y.scale.high - y.scale.low
    return tuple(
        Expected(
            label=f"{trace.name}, {point.label}" if trace.name else point.label,
            value=point.value,
            slack=0.5 * ends * y.scale.value_per_pixel,
            least=_SMALLEST * span,
            most=span,
        )
        for trace in traces.series
        for point in trace.points
    )


def in_words(title: str, traces: Traces, ticks: tuple[Tick, ...]) -> str:
    """Return what the chart says, for those who cannot see it; of many values every second, third and so on."""
    return f"{title}. " + "; ".join(_told(trace, ticks) for trace in traces.series)


def _told(trace: Trace, ticks: tuple[Tick, ...]) -> str:
    points = trace.points
    every = math.ceil(len(points) / _MOST_TOLD)
    values = ", ".join(
        f"{point.label} {spell_value(point.value, ticks)}" for point in [*points[:-1:every], points[-1]]
    )
    return f"{trace.name}: {values}" if trace.name else values
