"""Makes docs/gallery/conditional.md: charts that a model paints into, by inpainting and by image-to-image. Called by `gallery`.

The models are tiny and have random weights, built by `tests/unit/runner/tiny_models.py`: what they paint is
noise, so that nothing here tells how such charts look. What counts is that the noise stays where it belongs.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from cells import WAYS, cells
from chartspark_api.charts import Chart, Conditioning, Embed
from chartspark_api.colours import EDGES
from chartspark_api.model import Device, Model, Sampling
from chartspark_runner.candidates import Candidate
from chartspark_runner.check import PlannedChart, plan_chart
from chartspark_runner.coverage import ENOUGH
from chartspark_runner.opening import keywords_for, open_painter
from chartspark_runner.painter import About, OnStep, Order, Painter, Painting
from chartspark_runner.palette import shows
from chartspark_runner.pipeline import make_chart
from chartspark_runner.progress import Board
from tiny_models import write_tiny
from truth_page import NEAR

SAMPLING = Sampling(steps=2, strength_percent=100)
FAMILY = "stable-diffusion"
TABLES = 3
"""Of which the gallery draws every way."""
PATHS = ("inpainting", "image-to-image")


@dataclass(frozen=True, slots=True)
class Painted:
    """A cell: a chart, and what of the promise it breaks."""

    chart: Chart
    path: str
    worst: float
    coverage: float | None
    faults: tuple[str, ...]

    def row(self) -> str:
        """Return the cell's line of the page."""
        covered = "" if self.coverage is None else f"{self.coverage:.0%}"
        told = f"| {self.chart.name} | {self.chart.type} | {self.chart.embed} | {self.path} "
        return f"{told}| {self.worst:.1%} | {covered} | {'; '.join(self.faults)} |"


class Unmasked:
    """A painter that is not told where to paint, and paints the whole chart over: image-to-image."""

    def __init__(self, painter: Painter) -> None:
        self._painter = painter

    def paint(self, orders: Sequence[Order], on_step: OnStep) -> tuple[Painting, ...]:
        """Return the pictures of the orders."""
        bare = [
            order if order.guide is None else replace(order, guide=replace(order.guide, mask=None))
            for order in orders
        ]
        return self._painter.paint(bare, on_step)

    def about(self) -> About:
        """Tell which model paints, and where."""
        return self._painter.about()

    def peak_gpu_bytes(self) -> int:
        """Return what the painter needed."""
        return self._painter.peak_gpu_bytes()


def painted() -> Iterator[Painted]:
    """Yield the cells, painted."""
    with tempfile.TemporaryDirectory() as folder:
        write_tiny(FAMILY, Path(folder) / "tiny")
        model = Model(claim_name="weights", path="tiny", device=Device.CPU)
        painter = open_painter(model, SAMPLING, Path(folder), {"OMP_NUM_THREADS": "1"}, painted=True)
        for path, by in zip(PATHS, (painter, Unmasked(painter)), strict=True):
            for chart in sample():
                yield _painted(chart, path, by)


def sample() -> list[Chart]:
    """Return a cell of the gallery of every way and embedding, over its three tables by turns."""
    every = cells()
    each = len(every) // len(Embed)
    chosen = [every[first + i] for first in range(0, len(every), each) for i in range(each) if _is_due(i)]
    return [_conditional(chart) for chart in chosen]


def _conditional(chart: Chart) -> Chart:
    """Return the chart as one that a model paints into. A scene behind one is of one subject."""
    several = chart.embed is Embed.BACKGROUND and "{" in (chart.subject or "")
    subject = "power station" if several else chart.subject
    update = {"conditioning": Conditioning.CONDITIONAL, "candidates": 1, "subject": subject}
    return chart.model_copy(update=update)


def _is_due(place: int) -> bool:
    return place >= len(WAYS) * TABLES or place % TABLES == place // TABLES % TABLES


def _painted(chart: Chart, path: str, painter: Painter) -> Painted:
    made = make_chart(plan_chart(chart), 7, SAMPLING, keywords_for(Model(), None), painter, Board(1))
    best = made.best
    told = {
        f"the worst mark is read {best.scores.worst_mark:.0%} off": best.scores.worst_mark > NEAR,
        f"the painting covers less than {ENOUGH:.0%} of the marks": best.coverage is not None
        and best.coverage < ENOUGH,
        "the painting leaves its marks": chart.embed is Embed.FOREGROUND
        and not _stays_inside(made.planned, best),
        "the scene lies over data edges": chart.embed is Embed.BACKGROUND
        and not _stays_behind(made.planned, best),
    }
    faults = tuple(words for words, broken in told.items() if broken)
    return Painted(chart, path, best.scores.worst_mark, best.coverage, faults)


def _stays_inside(planned: PlannedChart, best: Candidate) -> bool:
    """Say whether nothing but marks differs from the plain chart."""
    plain, _ = planned.drawing.plain().pixels()
    outside = ~np.logical_or.reduce(list(planned.drawing.masks()))
    return np.array_equal(best.picture[outside], plain[outside])


def _stays_behind(planned: PlannedChart, best: Candidate) -> bool:
    """Say whether data edges are seen as over an empty scene."""
    bare = replace(best.cast, scene=np.full_like(best.picture, 255))
    empty, _ = planned.drawing.over(bare).pixels()
    return all(bool(shows(best.picture, edge)[shows(empty, edge)].all()) for edge in EDGES)


def page(made: Sequence[Painted]) -> str:
    """Return conditional.md."""
    whole = sum(not one.faults for one in made)
    rows = "\n".join(one.row() for one in made)
    return f"""# Charts that a model paints into

Rendered by `make gallery`: {len(sample())} charts of the [gallery](README.md) with `conditioning: Conditional`, every way and embedding over the three tables of each by turns, once by inpainting and once by image-to-image, with a tiny Stable Diffusion of random weights. It paints noise, so that these cells tell nothing about looks, and no picture of them is shown. What they tell is whether the painting stays where it belongs: in Foreground nothing but the marks differs from the plain chart, in Background every pixel of a data edge keeps its colour; and, as everywhere, whether every mark is read back within 5 % and, in Foreground, 60 % of the marks are painted. By image-to-image the model is not told where the marks are, and what it paints elsewhere is left out.

Of {len(made)} cells {whole} keep all of that; the last column tells of the others.

| cell | type | embed | path | worst mark | coverage | what is wrong |
|---|---|---|---|---|---|---|
{rows}
"""
