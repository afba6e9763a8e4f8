"""What of a painting comes into its chart, by inpainting and by image-to-image: a section of conditional.md. Called by `gallery`.

By random weights this could not be told, so IconDiffusion paints: 128 pixels, by hand of a small model, into every
way and embedding of the gallery.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from chartspark_api.charts import Chart, ChartType, Embed
from chartspark_api.model import Device, Model, ModelName, Sampling
from chartspark_runner.candidates import Candidate
from chartspark_runner.check import PlannedChart, plan_chart
from chartspark_runner.opening import keywords_for, open_painter
from chartspark_runner.painter import Painter
from chartspark_runner.picture import Mask, Pixels
from chartspark_runner.pipeline import make_chart
from chartspark_runner.progress import Board
from painted import PATHS, Unmasked, sample

MODEL = Model(name=ModelName.ICON_DIFFUSION, device=Device.CPU)
SAMPLING = Sampling()


@dataclass(frozen=True, slots=True)
class Used:
    """What came of one painting."""

    chart: Chart
    path: str
    kept: float
    """The share of all that the model changed, in colour, that lies where the chart takes it over."""
    strong: float
    """How much it changed there, of 255: the mean over pixels and channels."""


def used() -> Iterator[Used]:
    """Yield what of each painting was used."""
    painter = open_painter(MODEL, SAMPLING, None, {"OMP_NUM_THREADS": "1"}, painted=True)
    for path, by in zip(PATHS, (painter, Unmasked(painter)), strict=True):
        for chart in sample():
            yield _used(chart, path, by)


def _used(chart: Chart, path: str, painter: Painter) -> Used:
    made = make_chart(plan_chart(chart), 7, SAMPLING, keywords_for(Model(), None), painter, Board(1))
    plain, _ = made.planned.plain().pixels()
    changes = [
        (np.abs(raw.astype(np.float32) - plain).mean(axis=2), taken)
        for raw, taken in _paintings(made.planned, made.best)
    ]
    everywhere = sum(float(change.sum()) for change, _ in changes)
    there = sum(float(change[taken].sum()) for change, taken in changes)
    pixels = sum(int(taken.sum()) for _, taken in changes)
    return Used(chart, path, there / everywhere, there / pixels)


def _paintings(planned: PlannedChart, best: Candidate) -> Iterable[tuple[Pixels, Mask]]:
    """Yield what the model painted, whole, and where the chart takes it over."""
    if best.cast.scene is not None:
        return [(best.cast.scene, ~np.logical_or.reduce(list(planned.drawing.masks())))]
    different = {id(element): element.pixels for element in best.cast.elements}
    return [(pixels[..., :3], pixels[..., 3] > 0) for pixels in different.values()]


def section(made: Sequence[Used]) -> str:
    """Return the part of conditional.md that tells why charts are inpainted."""
    pairs = [_Pair(chart_type, embed, made) for chart_type in ChartType for embed in Embed]
    rows = "\n".join(pair.row() for pair in pairs)
    more = sum(pair.kept[0] > pair.kept[1] for pair in pairs)
    return f"""
## Why charts are inpainted

The same charts, painted into by {MODEL.name}, whose weights are not random, at a strength of {SAMPLING.strength_percent} %. Kept is the share of all that the model changed, in colour, that lies where the chart takes it over; the rest was computed for nothing. Strength is how much it changed there, of 255. In {more} of {len(pairs)} rows more is kept by inpainting. Image-to-image is stronger within thin marks, because it need not fit what it may not change, and most of that strength lies beside them. So the runner inpaints for every type, and paints the whole over only where a family of models cannot inpaint.

| type | embed | kept by inpainting | kept by image-to-image | strength of inpainting | strength of image-to-image |
|---|---|---|---|---|---|
{rows}
"""


class _Pair:
    """A type and an embedding by both paths."""

    def __init__(self, chart_type: ChartType, embed: Embed, made: Sequence[Used]) -> None:
        some = [one for one in made if one.chart.type is chart_type and one.chart.embed is embed]
        self.name = f"{chart_type} | {embed}"
        self.kept = [_mean(one.kept for one in some if one.path == path) for path in PATHS]
        self.strong = [_mean(one.strong for one in some if one.path == path) for path in PATHS]

    def row(self) -> str:
        """Return the line of the table."""
        told = [*(f"{share:.0%}" for share in self.kept), *(f"{mean:.0f}" for mean in self.strong)]
        return f"| {self.name} | {' | '.join(told)} |"


def _mean(figures: Iterable[float]) -> float:
    return float(np.mean(list(figures)))
