"""Steps 7 and 8: a casting becomes a finished chart, and is judged. Called by the pipeline; knows no chart type."""

from dataclasses import dataclass
from typing import assert_never

from chartspark_api.charts import Embed
from chartspark_api.metadata import DrawnElement

from chartspark_runner.beside import Borders, parted
from chartspark_runner.canvas import Canvas
from chartspark_runner.casting import Casting
from chartspark_runner.charts.fit import Fit
from chartspark_runner.check import PlannedChart
from chartspark_runner.conditioning import compose_painted, is_painted
from chartspark_runner.coverage import ENOUGH, Depth, coverage
from chartspark_runner.element import Cast
from chartspark_runner.palette import STANDS_OUT
from chartspark_runner.picture import Pixels, on_white
from chartspark_runner.score import Scores, percent, score


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """What every candidate of a chart is measured against."""

    planned: PlannedChart
    marks: Depth
    borders: Borders


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """One casting as a finished chart that nobody has judged."""

    casting: Casting
    fit: Fit
    sheet: Canvas
    """What the picture is drawn on; it gives the SVG, too."""
    picture: Pixels
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A finished chart and its scores."""

    draft: Draft
    scores: Scores
    coverage: float | None
    """The share of the marks' pixels that its elements cover; None where the elements are not the marks."""
    parted: float | None
    """How its edges stand out from its elements; None where the elements are not laid into the marks."""

    @property
    def number(self) -> int:
        """Which of the candidates it is."""
        return self.draft.casting.number

    @property
    def picture(self) -> Pixels:
        """The finished chart."""
        return self.draft.picture

    @property
    def cast(self) -> Cast:
        """Its elements."""
        return self.draft.casting.cast

    @property
    def elements(self) -> tuple[DrawnElement, ...]:
        """What the painter says of each different element."""
        return self.draft.casting.elements

    @property
    def percent(self) -> int:
        """Its score."""
        return percent(self.scores.total)

    @property
    def text_image(self) -> float | None:
        """How near its pictures are to their words; None where no model compares them."""
        return self.draft.casting.text_image

    @property
    def text_image_percent(self) -> int | None:
        """The same, as it is compared."""
        return None if self.text_image is None else percent(self.text_image)


def drafted(planned: PlannedChart, casting: Casting, fit: Fit) -> Draft:
    """Return a casting as a finished chart."""
    sheet = _drawn(planned, casting.cast, fit)
    if planned.chart.transparent:
        sheet.take_paper_away()
    picture, warnings = sheet.pixels()
    return Draft(casting, fit, sheet, picture, warnings)


def judged(draft: Draft, by: Measure) -> Candidate:
    """Return a finished chart with its scores."""
    planned, foreground = by.planned, by.planned.chart.embed is Embed.FOREGROUND
    seen = on_white(draft.picture)
    return Candidate(
        draft=draft,
        scores=score(planned.drawing.expected, planned.drawing.decode(seen)),
        coverage=coverage(draft.sheet.elements(), by.marks) if foreground else None,
        parted=parted(seen, by.borders) if is_fitted(planned) else None,
    )


def is_fitted(planned: PlannedChart) -> bool:
    """Say whether elements are laid into marks, so that they could be laid otherwise."""
    return planned.chart.embed is Embed.FOREGROUND and not is_painted([planned.chart])


def rank(candidate: Candidate) -> tuple[float, float, float, float, float]:
    """Return what the best candidate has most of: truth first, then pictures near their words, edges to be seen, enough of the element, a good one.

    What a picture shows comes second, because only another picture mends it, while edges and coverage are mended
    by laying the same one otherwise: the best is tried for that. It counts in whole percent, as it is told.
    """
    return (
        round(candidate.scores.total, 3),
        candidate.text_image_percent or 0,
        min(candidate.parted or 0.0, STANDS_OUT),
        min(candidate.coverage or 0.0, ENOUGH),
        candidate.cast.quality,
    )


def _drawn(planned: PlannedChart, cast: Cast, fit: Fit) -> Canvas:
    if is_painted([planned.chart]):
        return compose_painted(planned, cast)
    match planned.chart.embed:
        case Embed.FOREGROUND:
            return planned.drawing.compose(cast, fit)
        case Embed.BACKGROUND:
            return planned.drawing.over(cast)
        case _:
            assert_never(planned.chart.embed)
