"""What lines and areas say, as the values that a picture should show. Called by their charts; pure."""

from chartspark_runner.charts.axis import Axis
from chartspark_runner.charts.traces import Traces
from chartspark_runner.reading import Expected

_SMALLEST = 0.02
"""Of what the axis spans: errors of smaller values are measured against this."""


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
