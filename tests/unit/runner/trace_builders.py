"""Charts of lines and areas for the tests of the runner, and a way to judge their pictures."""

from collections.abc import Sequence

import numpy as np
from chartspark_runner.charts.area.chart import AreaChart
from chartspark_runner.charts.line.chart import LineChart
from chartspark_runner.charts.plot import Frame
from chartspark_runner.check import PlannedChart
from chartspark_runner.picture import Pixels
from chartspark_runner.score import Scores, score
from runner_builders import cast_of, planned

VALUES = (31.0, 19.0, 12.0, 25.0, 7.0, 16.0, 22.0, 10.0, 28.0, 14.0)
OTHERS = (12.0, 14.0, 21.0, 17.0, 26.0, 28.0, 9.0, 30.0, 18.0, 24.0)


def yearly(*series: Sequence[float]) -> str:
    """A table of one row for each year and series."""
    rows = [f"{2001 + i},{value},s{n}" for n, values in enumerate(series) for i, value in enumerate(values)]
    return "year,amount,kind\n" + "".join(f"{row}\n" for row in rows)


def traced(*series: Sequence[float], kind: str = "Line", **fields: object) -> PlannedChart:
    """A chart of one or several series."""
    columns = {"x": "year", "y": "amount", **({"series": "kind"} if len(series) > 1 else {})}
    return planned(**{"type": kind, "csv": yearly(*series), **columns, **fields})


def frame_of(chart: PlannedChart) -> Frame:
    assert isinstance(chart.drawing, LineChart | AreaChart)
    return chart.drawing.plot.frame


def finished(chart: PlannedChart) -> Pixels:
    return chart.drawing.compose(cast_of(chart)).pixels()[0]


def scored(shown: Pixels, true: PlannedChart) -> Scores:
    return score(true.drawing.expected, true.drawing.decode(shown))


def farthest(chart: PlannedChart, picture: Pixels) -> float:
    """How many pixels the worst point is off, if all are found."""
    reading = chart.drawing.decode(picture)
    off = [
        abs(read - want.value) / (2 * want.slack)
        for want, read in zip(chart.drawing.expected, reading.values, strict=True)
        if read is not None
    ]
    assert len(off) == len(reading.values)
    return float(np.max(off))
