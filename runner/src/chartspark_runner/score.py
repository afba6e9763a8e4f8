"""Step 8, score: how truly a picture shows its table. Called by the pipeline, `score` and `verify`; pure.

The total is a gate times a quality. The gate looks at the worst mark alone, because a mean hides it: one
bar of ten that is 10 % too tall leaves an accuracy of 0.99.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from chartspark_runner.palette import STANDS_OUT, contrast
from chartspark_runner.reading import Expected, Reading

_OPEN, _SHUT = 0.02, 0.12
"""The worst mark's relative errors up to which the gate is open, and from which it is shut."""


@dataclass(frozen=True, slots=True)
class MarkReading:
    """One mark, as it should be and as it was read."""

    x: str
    channel: str
    """What of the mark is measured, where there are several: x, y, size."""
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
    """The ratio between data edges and background, 1 to 21; of several edges, the least."""
    marks: tuple[MarkReading, ...]


def score(expected: Sequence[Expected], reading: Reading) -> Scores:
    """Return the scores of a picture that was read as `reading` and should have shown what is expected."""
    marks = tuple(
        MarkReading(want.label, want.channel, want.value, read, _relative(want, read))
        for want, read in zip(expected, reading.values, strict=True)
    )
    worst = max(mark.error for mark in marks)
    accuracy = mean(_skill(*channel) for channel in _channels(expected, reading.values))
    ratio = min(contrast(edge, reading.background) for edge in reading.edges)
    gate = min(1.0, max(0.0, (_SHUT - worst) / (_SHUT - _OPEN)))
    return Scores(
        total=gate * accuracy * min(1.0, ratio / STANDS_OUT),
        data_accuracy=accuracy,
        worst_mark=worst,
        contrast=ratio,
        marks=marks,
    )


def percent(total: float) -> int:
    """Return a score in whole percent, as it is told and compared with minScorePercent."""
    return round(total * 100)


def _relative(want: Expected, read: float | None) -> float:
    if read is None:
        return 1.0
    return max(0.0, abs(read - want.value) - want.slack) / min(want.most, max(abs(want.value), want.least))


_Channel = tuple[list[Expected], list[float | None]]


def _channels(expected: Sequence[Expected], reads: Sequence[float | None]) -> list[_Channel]:
    """Return expected and read values by channel: amounts of different kinds have no common spread."""
    channels: dict[str, _Channel] = {}
    for want, read in zip(expected, reads, strict=True):
        wants, found = channels.setdefault(want.channel, ([], []))
        wants.append(want)
        found.append(read)
    return list(channels.values())


def _skill(expected: Sequence[Expected], reads: Sequence[float | None]) -> float:
    """Return 1 minus the error in terms of what always naming the median would err."""
    centre = median(want.value for want in expected)
    spread = sum(abs(want.value - centre) for want in expected)
    # Where all marks are alike their spread says nothing; then twenty pixels a mark stand for it.
    naive = max(spread, sum(40 * want.slack for want in expected))
    wrong = sum(
        max(0.0, abs((0.0 if read is None else read) - want.value) - want.slack)
        for want, read in zip(expected, reads, strict=True)
    )
    return max(0.0, 1 - wrong / naive)
