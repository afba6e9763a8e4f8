"""The policy of stacking: an area of several series shows each on top of the ones before. Called by `chart`; pure."""

from dataclasses import replace

from chartspark_runner.charts.traces import Trace, Traces
from chartspark_runner.errors import InvalidData, NegativeValue


def stacked(traces: Traces) -> Traces:
    """Return where the upper edges of the series run.

    Raises:
        InvalidData: There is nothing to fill, or the series do not stand at the same places without gaps.
        NegativeValue: A part of the whole would be less than nothing.
    """
    if all(len(run) == 1 for trace in traces.series for run in trace.runs):
        raise InvalidData("an area needs two values side by side; add a row, or take a Bar chart")
    if len(traces.series) == 1:
        return traces
    _refuse_what_does_not_stack(traces)
    series: list[Trace] = []
    for trace in traces.series:
        below = [point.value for point in series[-1].points] if series else [0.0] * len(trace.points)
        points = tuple(
            replace(point, value=point.value + under)
            for point, under in zip(trace.points, below, strict=True)
        )
        series.append(replace(trace, runs=(points,)))
    return replace(traces, series=tuple(series))


def _refuse_what_does_not_stack(traces: Traces) -> None:
    first = traces.series[0]
    places = [point.x for point in first.points]
    for trace in traces.series:
        if len(trace.runs) > 1 or [point.x for point in trace.points] != places:
            raise InvalidData(
                f"series {trace.name} and {first.name} do not have values at the same places, and areas of several "
                "series are stacked; fill the gaps, or take a Line chart"
            )
        for point in trace.points:
            if point.value < 0:
                raise NegativeValue(
                    f"{trace.name} is {point.value:g} at {point.label}: areas of several series are stacked, and "
                    "show amounts of zero or more; take a Line chart"
                )
