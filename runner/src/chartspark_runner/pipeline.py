"""How one chart is made: steps 3 to 8, in order. Called by `run`; steps 1 and 2 lie in `read` and `check`, 9 in `storage`.

Nothing here writes a file, so that a chart is whole before storage sees any of it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from chartspark_api.charts import Embed
from chartspark_api.metadata import SecondTry
from chartspark_api.model import Sampling

from chartspark_runner.beside import borders
from chartspark_runner.candidates import Candidate, Measure, drafted, judged
from chartspark_runner.casting import Audition, Casting, Roles, cast, none_usable, orders, paint
from chartspark_runner.charts.clearing import clearings
from chartspark_runner.charts.fit import LOOSE
from chartspark_runner.check import PlannedChart
from chartspark_runner.conditioning import dressed, guided, is_painted, surfaces
from chartspark_runner.coverage import depth
from chartspark_runner.geometry import Box
from chartspark_runner.mending import mended
from chartspark_runner.metrics import STEP_SECONDS
from chartspark_runner.overlay import draw_overlay
from chartspark_runner.painter import Painter
from chartspark_runner.picture import Mask, Pixels, on_white, png
from chartspark_runner.progress import Board
from chartspark_runner.text_image import TextImageModel, compared, not_compared
from chartspark_runner.words import Keywords, Words, choose_words


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
    second_tries: tuple[SecondTry, ...]
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


@dataclass(frozen=True, slots=True, eq=False)
class _Casts:
    """Makes the castings of a chart, and remembers what became of the pictures."""

    planned: PlannedChart
    seed: int
    roles: Roles
    sampling: Sampling
    plain: Pixels
    clearings: tuple[Box, ...]
    surfaces: tuple[Mask, ...]
    """Where each look is painted, where it is painted into the chart."""
    text_image: TextImageModel | None
    auditions: list[Audition] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """Why pictures could not be used."""

    def audition(self, painter: Painter, board: Board) -> list[Audition]:
        """Ask for the next candidates' pictures."""
        chart = self.planned.chart
        asked = orders(chart, self.seed, self.roles, self.sampling, len(self.auditions))
        if self.surfaces:
            asked = guided(asked, self.plain, self.roles, self.surfaces, self.sampling.strength_percent / 100)
        painted = paint(chart, asked, self.roles, painter, board)
        self.auditions.extend(painted)
        return painted

    def cut(self, auditions: list[Audition]) -> list[Casting]:
        """Return those that can be used."""
        if self.surfaces:
            return dressed(auditions, self.planned, self.roles, self.surfaces)
        castings, faults = cast(auditions, self.roles, self.clearings)
        self.faults.extend(faults)
        return castings

    def compared(self, castings: list[Casting], board: Board) -> list[Casting]:
        """Return them with how near their pictures are to their words."""
        chart = self.planned.chart.name
        return compared(
            castings,
            self.roles.words,
            self.text_image,
            lambda done, steps: board.step(chart, "compare", done, steps),
        )

    def others(self, painter: Painter, board: Board) -> list[Casting]:
        """Return castings from other seeds."""
        return self.compared(self.cut(self.audition(painter, board)), board)


def make_chart(  # noqa: PLR0913, PLR0917 - what a chart is made of
    planned: PlannedChart,
    seed: int,
    sampling: Sampling,
    keywords: Keywords,
    painter: Painter,
    board: Board,
    text_image: TextImageModel | None = None,
) -> MadeChart:
    """Make a chart, and compare its pictures with their words where a model is given for that.

    Raises:
        NoUsableElement: No candidate could be cut out.
        RunFault: The model or its device failed.
    """
    drawing = planned.drawing
    clock = _Clock(planned.chart.name, board)
    with clock.step("words"):
        roles = _roles(planned, keywords)
    with clock.step("draw"):
        sheet = planned.plain()
        plain, _ = sheet.pixels()
        marks = depth(drawing.masks())
        texts = [line.box for line in sheet.lettering()]
        is_scene = planned.chart.embed is Embed.BACKGROUND
        room = clearings(drawing.masks(), texts, len(roles.words)) if is_scene else ()
        masks = tuple(png(mask) for mask in drawing.masks())
        where = surfaces(planned, roles, plain) if is_painted([planned.chart]) else ()
        measure = Measure(planned, marks, borders(plain, marks))
    casts = _Casts(planned, seed, roles, sampling, plain, room, where, text_image)
    with clock.step("generate"):
        auditions = casts.audition(painter, board)
    with clock.step("embed"):
        castings = casts.cut(auditions)
    with clock.step("compare"):
        castings = casts.compared(castings, board)
    with clock.step("compose"):
        drafts = [drafted(planned, casting, LOOSE) for casting in castings]
    with clock.step("score"):
        candidates = [judged(draft, measure) for draft in drafts]
    with clock.step("mend"):
        after = mended(candidates, measure, lambda: casts.others(painter, board))
    if not after.ranked:
        raise none_usable(casts.auditions, roles, casts.faults)
    ranked = after.ranked[: planned.chart.keep]
    with clock.step("finish"):
        overlay = draw_overlay(drawing, on_white(ranked[0].picture), ranked[0].scores)
        svgs = tuple(
            one.draft.sheet.svg(planned.chart.title, drawing.alternative, planned.chart.locale or "en")
            for one in ranked
        )
    paintings = [painting for audition in casts.auditions for painting in audition.paintings]
    per_step = sum(painting.seconds_per_step for painting in paintings) / len(paintings)
    return MadeChart(
        planned=planned,
        seed=seed,
        words=roles.words,
        ranked=ranked,
        unusable=tuple(casts.faults),
        second_tries=after.second_tries,
        unread=(
            *dict.fromkeys(warning for one in paintings for warning in one.warnings),
            *not_compared(roles.words, text_image),
        ),
        svgs=svgs,
        plain=plain,
        overlay=overlay,
        masks=masks,
        timings=clock.seconds | {"generateStep": round(per_step, 4)},
    )


def _roles(planned: PlannedChart, keywords: Keywords) -> Roles:
    different = list(dict.fromkeys(planned.subjects))
    words = tuple(choose_words(planned.chart, subject, keywords) for subject in different)
    slots = tuple(different.index(subject) for subject in planned.subjects)
    return Roles(words, slots, planned.colours)
