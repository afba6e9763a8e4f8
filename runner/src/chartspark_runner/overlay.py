"""A picture that shows where the marks should end and where they were read. Called by the pipeline."""

from chartspark_runner.canvas import Canvas
from chartspark_runner.geometry import Box, Frame
from chartspark_runner.palette import Colour
from chartspark_runner.picture import Pixels
from chartspark_runner.score import Scores

_EXPECTED: Colour = (0, 114, 178)
_READ: Colour = (213, 94, 0)
_PAPER: Colour = (255, 255, 255)
_VEIL = 0.62


def draw_overlay(frame: Frame, chart: Pixels, scores: Scores) -> Pixels:
    """Return the chart, faded, with each mark's expected end (blue) and the end that was read (orange)."""
    canvas = Canvas(frame.width, frame.height, _PAPER)
    whole = Box(0, 0, frame.width, frame.height)
    canvas.picture(whole, chart)
    canvas.fill(whole, _PAPER, _VEIL)
    for band, mark in zip(frame.bands, scores.marks, strict=True):
        half = band.size // 2
        end = frame.along(mark.expected)
        canvas.fill(_first_half(frame.box(band, end - 1, end + 1), half), _EXPECTED)
        if mark.read is not None:
            read = frame.along(mark.read)
            canvas.fill(_second_half(frame.box(band, read - 1, read + 1), half), _READ)
    size = max(10.0, frame.height / 55)
    text = f"total {scores.total:.1%}   accuracy {scores.data_accuracy:.1%}   worst mark {scores.worst_mark:.1%} off"
    # At the bottom right, where a chart has nothing: the title may be as wide as the picture.
    right, line = frame.width - size, frame.height - size * 2.8
    canvas.text((right, line), "read", size, _READ, bold=True, anchor="right", level="top")
    canvas.text(
        (right - size * 3.5, line), "expected", size, _EXPECTED, bold=True, anchor="right", level="top"
    )
    canvas.text((right, line + size * 1.4), text, size, (60, 60, 60), anchor="right", level="top")
    return canvas.pixels()[0]


def _first_half(box: Box, half: int) -> Box:
    if box.width > box.height:
        return Box(box.left - half // 2, box.top, box.left + half, box.bottom)
    return Box(box.left, box.top - half // 2, box.right, box.top + half)


def _second_half(box: Box, half: int) -> Box:
    if box.width > box.height:
        return Box(box.left + half, box.top, box.right + half // 2, box.bottom)
    return Box(box.left, box.top + half, box.right, box.bottom + half // 2)
