"""How one chart is made: steps 3 to 8, in order. Called by `run`; steps 1 and 2 lie in `read` and `check`, 9 in `storage`.

Nothing here writes a file, so that a chart is whole before storage sees any of it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import assert_never

from chartspark_api.charts import Embed
from chartspark_api.metadata import DrawnElement
from chartspark_api.model import Sampling

from chartspark_runner.canvas import Canvas
from chartspark_runner.casting import Casting, Roles, cast, orders, paint
from chartspark_runner.check import PlannedChart
from chartspark_runner.conditioning import compose_painted, dressed, guided, is_painted, surfaces
from chartspark_runner.coverage import ENOUGH, Depth, coverage, depth
from chartspark_runner.element import Cast
from chartspark_runner.metrics import STEP_SECONDS
from chartspark_runner.overlay import draw_overlay
from chartspark_runner.painter import Painter
from chartspark_runner.picture import Pixels, on_white, png
from chartspark_runner.progress import Board
from chartspark_runner.score import Scores, score
from chartspark_runner.words import Keywords, Words, choose_words


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One casting as a finished chart."""

    casting: Casting
    sheet: Canvas
    """What the picture is drawn on; it gives the SVG, too."""
    picture: Pixels
    scores: Scores
    coverage: float | None
    """The share of the marks' pixels that its elements cover; None where the elements are not the marks."""
    warnings: tuple[str, ...]

    @property
    def number(self) -> int:
        """Which of the candidates it is."""
        return self.casting.number

    @property
    def cast(self) -> Cast:
        """Its elements."""
        return self.casting.cast

    @property
    def elements(self) -> tuple[DrawnElement, ...]:
        """What the painter says of each different element."""
        return self.casting.elements


@dataclass(frozen=True, slots=True, eq=False)
class MadeChart:
    """A chart that is ready to be published."""

    planned: PlannedChart
    seed: int
    words: tuple[Words, ...]
    """Each different subject once."""
    ranked: tuple[Candidate, ...]
    """The best candidate, and as many of the next as are kept."""
    unusable: tuple[str, ...]
    """Why candidates were left out."""
    unread: tuple[str, ...]
    """What of the orders had no effect."""
    svgs: tuple[bytes, ...]
    """Of the ranked."""
    plain: Pixels
    overlay: Pixels
    masks: tuple[bytes, ...]
    timings: dict[str, float]
    """Seconds by step, and `generateStep` per denoising step."""

    @property
    def best(self) -> Candidate:
        """The candidate that the chart is made of."""
        return self.ranked[0]


@dataclass(frozen=True, slots=True)
class _Clock:
    chart: str
    board: Board
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        self.board.step(self.chart, name)
        begun = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - begun, 4)
        STEP_SECONDS.labels(name).observe(self.seconds[name])


def make_chart(  # noqa: PLR0913, PLR0917 - what a chart is made of
    planned: PlannedChart, seed: int, sampling: Sampling, keywords: Keywords, painter: Painter, board: Board
) -> MadeChart:
    """Make a chart.

    Raises:
        NoUsableElement: No candidate could be cut out.
        RunFault: The model or its device failed.
    """
    drawing = planned.drawing
    clock = _Clock(planned.chart.name, board)
    with clock.step("words"):
        roles = _roles(planned, keywords)
    with clock.step("draw"):
        plain, _ = drawing.plain().pixels()
        marks = depth(drawing.masks())
        masks = tuple(png(mask) for mask in drawing.masks())
        where = surfaces(planned, roles, plain) if is_painted([planned.chart]) else ()
    with clock.step("generate"):
        asked = orders(planned.chart, seed, roles, sampling)
        if is_painted([planned.chart]):
            asked = guided(asked, plain, where, sampling.strength_percent / 100)
        auditions = paint(planned.chart, asked, roles, painter, board)
    with clock.step("embed"):
        unusable: tuple[str, ...] = ()
        if is_painted([planned.chart]):
            castings = dressed(auditions, planned, roles, where)
        else:
            castings, unusable = cast(auditions, roles)
    with clock.step("compose"):
        sheets = [(casting, _composed(planned, casting.cast)) for casting in castings]
        pictures = [sheet.pixels() for _, sheet in sheets]
    with clock.step("score"):
        candidates = [
            Candidate(
                casting=casting,
                sheet=sheet,
                picture=picture,
                scores=score(drawing.expected, drawing.decode(on_white(picture))),
                coverage=_coverage(planned, sheet, marks),
                warnings=warnings,
            )
            for (casting, sheet), (picture, warnings) in zip(sheets, pictures, strict=True)
        ]
        ranked = sorted(candidates, key=_rank, reverse=True)[: planned.chart.keep]
        overlay = draw_overlay(drawing, on_white(ranked[0].picture), ranked[0].scores)
    paintings = [painting for audition in auditions for painting in audition.paintings]
    per_step = sum(painting.seconds_per_step for painting in paintings) / len(paintings)
    return MadeChart(
        planned=planned,
        seed=seed,
        words=roles.words,
        ranked=tuple(ranked),
        unusable=unusable,
        unread=tuple(dict.fromkeys(warning for one in paintings for warning in one.warnings)),
        svgs=tuple(one.sheet.svg(planned.chart.title, drawing.alternative) for one in ranked),
        plain=plain,
        overlay=overlay,
        masks=masks,
        timings=clock.seconds | {"generateStep": round(per_step, 4)},
    )


def _composed(planned: PlannedChart, cast: Cast) -> Canvas:
    sheet = _drawn(planned, cast)
    if planned.chart.transparent:
        sheet.take_paper_away()
    return sheet


def _drawn(planned: PlannedChart, cast: Cast) -> Canvas:
    if is_painted([planned.chart]):
        return compose_painted(planned.drawing, cast)
    match planned.chart.embed:
        case Embed.FOREGROUND:
            return planned.drawing.compose(cast)
        case Embed.BACKGROUND:
            return planned.drawing.over(cast)
        case _:
            assert_never(planned.chart.embed)


def _coverage(planned: PlannedChart, sheet: Canvas, marks: Depth) -> float | None:
    if planned.chart.embed is not Embed.FOREGROUND:
        return None
    return coverage(sheet.elements(), marks)


def _rank(candidate: Candidate) -> tuple[float, float, float]:
    """Return what the best candidate has most of: truth first, then enough of the element, then a good one."""
    return round(candidate.scores.total, 3), min(candidate.coverage or 0.0, ENOUGH), candidate.cast.quality


def _roles(planned: PlannedChart, keywords: Keywords) -> Roles:
    different = list(dict.fromkeys(planned.subjects))
    words = tuple(choose_words(planned.chart, subject, keywords) for subject in different)
    return Roles(words, tuple(different.index(subject) for subject in planned.subjects))
