"""A picture that shows where the marks should end and where they were read. Called by the pipeline."""

from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.kind import LaidOutChart
from chartspark_runner.geometry import Box
from chartspark_runner.picture import Pixels
from chartspark_runner.score import Scores

_EXPECTED: Rgb = (0, 114, 178)
_READ: Rgb = (213, 94, 0)
_PAPER: Rgb = (255, 255, 255)
_VEIL = 0.62


def draw_overlay(drawing: LaidOutChart, chart: Pixels, scores: Scores) -> Pixels:
    """Return the chart, faded, with each mark's expected end (blue) and the end that was read (orange)."""
    width, height = drawing.size
    canvas = Canvas(width, height, _PAPER)
    whole = Box(0, 0, width, height)
    canvas.picture(whole, chart)
    canvas.fill(whole, _PAPER, _VEIL)
    for i, mark in enumerate(scores.marks):
        drawing.flag(canvas, i, mark.expected, _EXPECTED, "first")
        if mark.read is not None:
            drawing.flag(canvas, i, mark.read, _READ, "second")
    size = max(10.0, height / 55)
    text = f"total {scores.total:.1%}   accuracy {scores.data_accuracy:.1%}   worst mark {scores.worst_mark:.1%} off"
    # At the bottom right, where a chart has nothing: the title may be as wide as the picture.
    right, line = width - size, height - size * 2.8
    canvas.text((right, line), "read", size, _READ, bold=True, anchor="right", level="top")
    canvas.text(
        (right - size * 3.5, line), "expected", size, _EXPECTED, bold=True, anchor="right", level="top"
    )
    canvas.text((right, line + size * 1.4), text, size, (60, 60, 60), anchor="right", level="top")
    return canvas.pixels()[0]
