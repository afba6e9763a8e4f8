"""How one chart is made: steps 3 to 8, in order. Called by `run`; steps 1 and 2 lie in `read` and `check`, 9 in `storage`.

Nothing here writes a file, so that a chart is whole before storage sees any of it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from chartspark_api.spec import Sampling

from chartspark_runner.charts.bar.compose import compose
from chartspark_runner.charts.bar.decode import decode
from chartspark_runner.charts.bar.draw import bar_masks, draw_plain
from chartspark_runner.check import PlannedChart
from chartspark_runner.embed import Element, Unusable, cut_out
from chartspark_runner.errors import NoUsableElement
from chartspark_runner.metrics import STEP_SECONDS
from chartspark_runner.overlay import draw_overlay
from chartspark_runner.painter import Order, Painter, Painting
from chartspark_runner.palette import palette_for
from chartspark_runner.picture import Pixels, png
from chartspark_runner.progress import Board
from chartspark_runner.score import Scores, score
from chartspark_runner.seeds import candidate_seed
from chartspark_runner.words import Keywords, Words, choose_words


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One element as a finished chart."""

    number: int
    element: Element
    picture: Pixels
    scores: Scores
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MadeChart:
    """A chart that is ready to be published."""

    planned: PlannedChart
    seed: int
    words: Words
    best: Candidate
    unusable: tuple[str, ...]
    """Why candidates were left out."""
    svg: bytes
    plain: Pixels
    overlay: Pixels
    masks: tuple[bytes, ...]
    timings: dict[str, float]
    """Seconds by step, and `generateStep` per denoising step."""


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
    layout, series = planned.layout, planned.series
    clock = _Clock(planned.chart.name, board)
    with clock.step("words"):
        words = choose_words(planned.chart, keywords)
    with clock.step("draw"):
        plain, _ = draw_plain(layout, palette_for(None)).pixels()
        masks = tuple(png(mask) for mask in bar_masks(layout))
    with clock.step("generate"):
        paintings = _paint(planned, words, seed, sampling, painter, board)
    with clock.step("embed"):
        cut = [cut_out(painting.pixels) for painting in paintings]
        elements = {i: element for i, element in enumerate(cut) if isinstance(element, Element)}
        unusable = tuple(f"candidate {i}: {c.why}" for i, c in enumerate(cut) if isinstance(c, Unusable))
    if not elements:
        raise NoUsableElement(
            f"none of {len(cut)} candidates for {words.prompt!r} can be used ({'; '.join(unusable)}); "
            "ask for more candidates, another seed or another subject"
        )
    with clock.step("compose"):
        charts = {i: compose(layout, element.pixels).pixels() for i, element in elements.items()}
    with clock.step("score"):
        candidates = [
            Candidate(
                number=i,
                element=elements[i],
                picture=picture,
                scores=score(layout.frame, series.labels, series.values, decode(layout.frame, picture)),
                warnings=warnings,
            )
            for i, (picture, warnings) in charts.items()
        ]
        best = max(
            candidates, key=lambda candidate: (round(candidate.scores.total, 3), candidate.element.quality)
        )
        overlay = draw_overlay(layout.frame, best.picture, best.scores)
    svg = compose(layout, best.element.pixels, zoom=2).svg(layout.alternative)
    per_step = sum(painting.seconds_per_step for painting in paintings) / len(paintings)
    return MadeChart(
        planned=planned,
        seed=seed,
        words=words,
        best=best,
        unusable=unusable,
        svg=svg,
        plain=plain,
        overlay=overlay,
        masks=masks,
        timings=clock.seconds | {"generateStep": round(per_step, 4)},
    )


def _paint(  # noqa: PLR0913, PLR0917 - as above
    planned: PlannedChart, words: Words, seed: int, sampling: Sampling, painter: Painter, board: Board
) -> list[Painting]:
    chart = planned.chart
    paintings: list[Painting] = []

    def stepped(done: int, steps: int) -> None:
        board.step(chart.name, "generate", len(paintings) * steps + done, chart.candidates * steps)

    for number in range(chart.candidates):
        order = Order(
            prompt=words.prompt,
            negative_prompt=sampling.negative_prompt,
            steps=sampling.steps,
            guidance_scale=float(sampling.guidance_scale),
            seed=candidate_seed(seed, chart.name, number),
        )
        paintings.append(painter.paint(order, stepped))
    return paintings
