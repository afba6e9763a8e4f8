"""Step 8, score: how truly a picture shows its table. Called by the pipeline, `score` and `verify`; pure.

The total is a gate times a quality. The gate looks at the worst mark alone, because a mean hides it: one
bar of ten that is 10 % too tall leaves an accuracy of 0.99.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from chartspark_runner.charts.bar.decode import Reading
from chartspark_runner.geometry import Frame
from chartspark_runner.palette import contrast

_OPEN, _SHUT = 0.02, 0.12
"""The worst mark's relative errors up to which the gate is open, and from which it is shut."""
_ROUNDING = 0.5
"""In pixels: what a picture made of pixels cannot show."""
_SMALLEST = 0.02
"""Of the largest value: errors of smaller marks are measured against this, else a pixel of them would be everything."""
_CONTRAST = 3.0
"""What WCAG 2.2 asks for between graphical objects and their background."""


@dataclass(frozen=True, slots=True)
class MarkReading:
    """One mark, as it should be and as it was read."""

    x: str
    expected: float
    read: float | None
    error: float
    """Relative to the expected value; 1 where the mark was not found."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How good a picture is, each from 0 to 1 but for the contrast's ratio and the worst mark's error."""

    total: float
    data_accuracy: float
    worst_mark: float
    """The largest relative error of a mark: 0 is best."""
    contrast: float
    """The ratio between data edges and background, 1 to 21."""
    marks: tuple[MarkReading, ...]


def score(frame: Frame, labels: Sequence[str], values: Sequence[float], reading: Reading) -> Scores:
    """Return the scores of a picture that was read as `reading` and should have shown `values`."""
    slack = _ROUNDING / frame.pixels_per_value
    least = _SMALLEST * max(*values, slack)
    marks = tuple(
        MarkReading(label, value, read, _relative(value, read, slack, least))
        for label, value, read in zip(labels, values, reading.values, strict=True)
    )
    worst = max(mark.error for mark in marks)
    accuracy = _skill(values, reading.values, slack)
    ratio = contrast(reading.edge, reading.background)
    gate = min(1.0, max(0.0, (_SHUT - worst) / (_SHUT - _OPEN)))
    return Scores(
        total=gate * accuracy * min(1.0, ratio / _CONTRAST),
        data_accuracy=accuracy,
        worst_mark=worst,
        contrast=ratio,
        marks=marks,
    )


def _relative(value: float, read: float | None, slack: float, least: float) -> float:
    if read is None:
        return 1.0
    return max(0.0, abs(read - value) - slack) / max(value, least)


def _skill(values: Sequence[float], reads: Sequence[float | None], slack: float) -> float:
    """Return 1 minus the error in terms of what always naming the median would err."""
    centre = median(values)
    spread = sum(abs(value - centre) for value in values)
    # Where all marks are alike their spread says nothing; then twenty pixels a mark stand for it.
    naive = max(spread, len(values) * 40 * slack)
    wrong = sum(
        max(0.0, abs((0.0 if read is None else read) - value) - slack)
        for value, read in zip(values, reads, strict=True)
    )
    return max(0.0, 1 - wrong / naive)
