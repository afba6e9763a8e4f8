"""What a chart says in words, for those who cannot see it: metadata, SVG and index carry it. Called by chart types; pure.

A screen reader reads it from end to end, so that it begins with what the chart is, and long tables are cut short.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from chartspark_api.charts import Chart

from chartspark_runner.charts.traces import Traces
from chartspark_runner.numerals import Numerals

_MOST = 24
"""Values of a series that are read out. Of more, every second, third and so on, then the least and the greatest."""


@dataclass(frozen=True, slots=True)
class Said:
    """A mark in words."""

    label: str
    amount: float


@dataclass(frozen=True, slots=True)
class Saying:
    """The marks of a series."""

    name: str
    """Empty where there is one series."""
    marks: Sequence[Said]


def alternative(chart: Chart, sayings: Sequence[Saying], numerals: Numerals) -> str:
    """Return what a chart of amounts by labels says."""
    return introduced(chart, "; ".join(_series(saying, numerals) for saying in sayings))


def introduced(chart: Chart, values: str) -> str:
    """Return what a chart is, and then its values."""
    kind = "Donut" if chart.donut else chart.type.value
    what = f"{kind} chart: {_column(chart.y)} by {_column(chart.x)}"
    return ". ".join(line.rstrip(".") for line in (chart.title, chart.subtitle, what, values) if line) + "."


def of_traces(traces: Traces) -> tuple[Saying, ...]:
    """Return the marks of lines or areas."""
    return tuple(
        Saying(trace.name, [Said(point.label, point.value) for point in trace.points])
        for trace in traces.series
    )


def _series(saying: Saying, numerals: Numerals) -> str:
    marks = saying.marks
    every = math.ceil(len(marks) / _MOST)
    told = ", ".join(_mark(mark, numerals) for mark in [*marks[:-1:every], marks[-1]])
    if every > 1:
        least, greatest = (choose(marks, key=lambda mark: mark.amount) for choose in (min, max))
        told += (
            f", of {len(marks)} values; the least is {_mark(least, numerals)}, "
            f"the greatest {_mark(greatest, numerals)}"
        )
    return f"{saying.name}: {told}" if saying.name else told


def _mark(mark: Said, numerals: Numerals) -> str:
    return f"{mark.label} {numerals.told(mark.amount)}"


def _column(name: str) -> str:
    return name.replace("_", " ").strip()
