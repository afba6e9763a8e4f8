"""A chart as the runner would publish it, made of elements that are there already. Called by the gallery and the bench of truth."""

from dataclasses import replace

from chartspark_runner.beside import borders
from chartspark_runner.candidates import Candidate, Measure, drafted, judged
from chartspark_runner.casting import Casting
from chartspark_runner.charts.clearing import clearings
from chartspark_runner.charts.fit import LOOSE
from chartspark_runner.check import PlannedChart
from chartspark_runner.coverage import depth
from chartspark_runner.element import Cast
from chartspark_runner.mending import mended


def finished(planned: PlannedChart, cast: Cast) -> Candidate:
    """Return the chart, with whatever second tries it needs. There are no other seeds to try."""
    sheet = planned.drawing.plain()
    plain, _ = sheet.pixels()
    marks = depth(planned.drawing.masks())
    by = Measure(planned, marks, borders(plain, marks))
    texts = [line.box for line in sheet.lettering()]
    room = clearings(planned.drawing.masks(), texts, len(set(planned.subjects)))
    cast = replace(cast, clearings=room)
    first = judged(drafted(planned, Casting(0, cast, (), ()), LOOSE), by)
    return mended([first], by, lambda: ()).ranked[0]
