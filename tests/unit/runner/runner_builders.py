"""Small charts, jobs and painters for the tests of the runner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from chartspark_api.charts import Chart
from chartspark_api.job import ChartSparkJob
from chartspark_api.metadata import WeightFile
from chartspark_runner.charts.bar.chart import BarChart
from chartspark_runner.check import PlannedChart, plan_chart
from chartspark_runner.element import Cast, Element
from chartspark_runner.embed import cut_out
from chartspark_runner.numerals import Numerals, numerals_of
from chartspark_runner.painter import About, OnStep, Order, Painting, Picture
from chartspark_runner.picture import Pixels
from chartspark_runner.progress import Board
from chartspark_runner.run import Means
from chartspark_runner.storage import Store
from chartspark_runner.text_image import Pair, TextImageModel

VALUES = (31.0, 19.0, 12.0, 25.0, 7.0, 16.0, 22.0, 10.0, 28.0, 14.0)


def csv_of(values: Sequence[float]) -> str:
    return "thing,amount\n" + "".join(f"t{i},{value}\n" for i, value in enumerate(values))


def chart_object(**fields: object) -> dict[str, object]:
    table = str(fields.pop("csv", csv_of(VALUES)))
    return {
        "name": "things", "title": "Things by kind", "x": "thing", "y": "amount", "subject": "ball", "seed": 7,
        "candidates": 2, "width": 640, "height": 480, "data": {"csv": table}, **fields,
    }  # fmt: skip


def chart(**fields: object) -> Chart:
    return Chart.model_validate(chart_object(**fields))


def numerals(**fields: object) -> Numerals:
    return numerals_of(chart(**fields))


def planned(**fields: object) -> PlannedChart:
    return plan_chart(chart(**fields))


def job(*charts: dict[str, object], uid: str = "", **spec: object) -> ChartSparkJob:
    return ChartSparkJob.model_validate(
        {
            "metadata": {"name": "job", "uid": uid},
            "spec": {"charts": list(charts) or [chart_object()], "output": {"claimName": "c"}, **spec},
        }
    )


def ball(colour: tuple[int, int, int] = (200, 60, 40)) -> Pixels:
    """A round thing on white paper, 128 pixels."""
    ys, xs = np.mgrid[:128, :128]
    picture = np.full((128, 128, 3), 255, dtype=np.uint8)
    picture[(xs - 64) ** 2 + (ys - 64) ** 2 < 50**2] = colour
    return picture


def cast_of(chart: PlannedChart, picture: Pixels | None = None) -> Cast:
    """A cast that plays every slot of the chart with one element: a ball, if nothing else is given."""
    element = cut_out(ball() if picture is None else picture)
    assert isinstance(element, Element)
    return Cast((element,) * len(chart.drawing.slots))


def bars(chart: PlannedChart) -> BarChart:
    assert isinstance(chart.drawing, BarChart)
    return chart.drawing


@dataclass
class BallPainter:
    """Paints a ball whose colour depends on the seed, and remembers what was ordered."""

    orders: list[Order] = field(default_factory=list)

    def paint(self, orders: Sequence[Order], on_step: OnStep) -> tuple[Painting, ...]:
        self.orders += orders
        on_step(len(orders), len(orders))
        return tuple(
            Painting(Picture(ball((180, order.seed % 120, order.seed // 120 % 90))), 0.01) for order in orders
        )

    def about(self) -> About:
        return About(model="Ball", device="cpu", threads=1, files=())

    def peak_gpu_bytes(self) -> int:
        return 0


@dataclass
class Likings:
    """Compares pictures with words by a script: one cosine after the other, the last one ever after."""

    script: Sequence[float]
    asked: list[Pair] = field(default_factory=list)

    def cosines(self, pairs: Iterable[Pair]) -> list[float]:
        begun = len(self.asked)
        self.asked += pairs
        return [self.script[min(i, len(self.script) - 1)] for i in range(begun, len(self.asked))]

    def unread(self, sentence: str) -> str | None:
        return f"{sentence!r} is too long" if len(sentence) > 60 else None

    def files(self) -> tuple[WeightFile, ...]:
        return (WeightFile(name="weights/clip", path="model.safetensors", sha256="0" * 64),)


def no_keywords(sentence: str, passed_over: frozenset[str]) -> list[tuple[str, float]]:
    raise AssertionError(f"nobody should look for keywords in {sentence!r} without {len(passed_over)} words")


def means(
    out: Path, painter: BallPainter, pod: str = "pod-1", text_image: TextImageModel | None = None
) -> Means:
    out.mkdir(parents=True, exist_ok=True)
    load = None if text_image is None else lambda: text_image
    return Means(Store(out, pod), Board(1), no_keywords, lambda: painter, load)
