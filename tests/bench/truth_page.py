"""What `truth` measured of each type, and the page of it. Pure but for asking which day and machine it is."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from elements import MODEL

FOREGROUND, SCENE, PLAIN = "Foreground", "Background", "plain chart"
HOSTILE = "Foreground, hard tables"
RANDOM, HARD = "random-", "hard-"
"""How the names of such tables begin. Others are published."""
NEAR = 0.05
"""The relative error up to which a mark counts as read back."""
_NOTHING = "not measured"


@dataclass(frozen=True, slots=True)
class Measured:
    """A picture of a table."""

    way: str
    table: str
    worst: float
    accuracy: float
    contrast: float | None = None
    coverage: float | None = None
    legibility: float | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """A table, and the pictures of it; none where the type cannot show it."""

    table: str
    made: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured of a chart type."""

    type: str
    tried: tuple[Tried, ...]

    @property
    def failed(self) -> tuple[Measured, ...]:
        """The charts of ours that have a mark which is not read back."""
        ours = {FOREGROUND, SCENE, PLAIN, HOSTILE}
        return tuple(
            one for table in self.tried for one in table.made if one.way in ours and one.worst > NEAR
        )

    def rows(self) -> Iterator[str]:
        """Yield the type's lines of the table."""
        made = [one for table in self.tried for one in table.made]
        ways = dict.fromkeys(one.way for one in made if one.way != HOSTILE)
        for way in (*ways, HOSTILE):
            of_it = [one for one in made if one.way == way]
            if of_it:
                yield _row(self.type, way, of_it)


def _row(kind: str, way: str, of_it: Sequence[Measured]) -> str:
    near = sum(one.worst <= NEAR for one in of_it) / len(of_it)
    return (
        f"| {kind} | {way} | {len(of_it)} | {near:.1%} "
        f"| {median(one.accuracy for one in of_it):.4f} | {_middle((one.coverage for one in of_it), '.0%')} "
        f"| {_middle((one.contrast for one in of_it), '.1f')} | {_middle((one.legibility for one in of_it), '.0%')} |"
    )


def _middle(measured: Iterable[float | None], form: str) -> str:
    values = [one for one in measured if one is not None]
    return format(median(values), form) if values else _NOTHING


def page(runs: Sequence[Run]) -> str:
    """Return truth.md."""
    table = "\n".join(row for run in runs for row in run.rows())
    return f"""# How truly charts are read back

Rendered by `make truth` on {datetime.now(UTC):%d %B %Y}, on {_machine()}, over {_number(runs, "")} published and {_number(runs, RANDOM)} random tables per chart type, at 800 by 600 pixels, with one element of {MODEL}; and over {_number(runs, HARD)} hard tables: random ones of any size, scale and number of series, with elements that are hard to read, thin, wide, or in the colour of an edge. A type that has fewer charts refused the other tables: {_refused(runs)}. The formulas: [scores](../reference/scores.md).

The plain chart is the ceiling: the same geometry with solid marks. The floor is what an earlier tool is told to do, re-made with the same element and without a data edge: the element is stretched to its bar or scaled by its height, or a texture of it is cut by the mark. Its last step, painting over the whole by image-to-image, is left out, because the embedded model cannot do it; it could only add errors. Those pictures have no data edge, so that they are read by the furthest ink of each mark: of bars once by the element's tip, which flatters whatever the mask was cut to, and once where the ink spans half of the bar, which is where a body ends for the eye. A line's mask still has its exact course: a texture that leaves gaps is what errs there. A pie without separators has nothing to read, nor has a scatter chart without dots. A coverage or contrast that is not measured needs an edge that the picture does not have.

Legibility is the share of the words of titles, labels, ticks and values that Tesseract 5 reads back: each line's box is cut out of the finished picture and enlarged to a height of 48 pixels, and read as one line of English. A word counts from a similarity of 0.8 on (twice the letters in common over the letters of both, in small letters), a number only digit by digit. It was taken of the published tables and of the first hard ones of each type; only the published ones were drawn over a scene. Letters that Tesseract takes for others in a plain chart, too, such as 5 for S before an M, are its own.

| type | drawn | charts | worst mark within 5 % | median data accuracy | median coverage | median contrast | median legibility |
|---|---|---|---|---|---|---|---|
{table}

## Charts with a mark that is not read back

{_failures(runs)}
"""


def _number(runs: Sequence[Run], kind: str) -> str:
    """Return how many tables of a kind the types had."""
    counts = [sum(_kind(one.table) == kind for one in run.tried) for run in runs]
    return f"{min(counts)}" if min(counts) == max(counts) else f"{min(counts)} to {max(counts)}"


def _kind(table: str) -> str:
    return next((kind for kind in (RANDOM, HARD) if table.startswith(kind)), "")


def _refused(runs: Sequence[Run]) -> str:
    told = ((run.type, sum(not one.made for one in run.tried)) for run in runs)
    return ", ".join(f"{kind} {number}" for kind, number in told if number) or "none did"


def _failures(runs: Sequence[Run]) -> str:
    lines = [
        f"| {run.type} | {one.way} | {one.table} | {one.worst:.1%} | {one.accuracy:.4f} |"
        for run in runs
        for one in run.failed
    ]
    if not lines:
        return "None."
    return "\n".join(
        ("| type | drawn | table | worst mark | data accuracy |", "|---|---|---|---|---|", *lines)
    )


def _machine() -> str:
    told = (line.partition(":") for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines())
    model = next(
        (value.strip() for name, _, value in told if name.strip() == "model name"), "unknown processor"
    )
    return f"{len(os.sched_getaffinity(0))} cores of {model}"
