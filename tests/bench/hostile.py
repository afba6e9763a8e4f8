"""Random tables of every type, of any size and scale, and elements that are hard to read: thin, wide, or in the colour of an edge.

Called by `truth`; all are drawn from a seed, so that a chart that fails can be made again.
"""

import math
import random
from collections.abc import Callable

import numpy as np
from chartspark_api.charts import Chart, ChartType
from chartspark_api.colours import EDGES
from chartspark_runner.check import PlannedChart, plan_chart
from chartspark_runner.element import Cast, Element
from chartspark_runner.picture import Pixels
from PIL import Image, ImageDraw

SIZES = ((640, 480), (1200, 800), (900, 1200))
Pen = Callable[[ImageDraw.ImageDraw], None]


def _tree(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((58, 70, 70, 127), fill=(120, 75, 40))
    pen.ellipse((20, 0, 108, 88), fill=(60, 150, 70))


def _bolt(pen: ImageDraw.ImageDraw) -> None:
    pen.polygon([(75, 0), (25, 72), (60, 72), (47, 127), (105, 50), (68, 50)], fill=(240, 180, 30))


def _bus(pen: ImageDraw.ImageDraw) -> None:
    pen.rounded_rectangle((0, 40, 127, 90), 10, fill=(50, 110, 190))
    for x in (15, 85):
        pen.ellipse((x, 78, x + 26, 104), fill=(40, 40, 45))


def _pencil(pen: ImageDraw.ImageDraw) -> None:
    pen.polygon([(54, 20), (64, 0), (74, 20), (74, 127), (54, 127)], fill=(230, 140, 40))


def _ball(pen: ImageDraw.ImageDraw) -> None:
    pen.ellipse((0, 0, 127, 127), fill=(205, 50, 45))


def _dark(pen: ImageDraw.ImageDraw) -> None:
    """Of the colour that its own data edge has."""
    pen.ellipse((0, 0, 127, 127), fill=EDGES[4])
    pen.ellipse((40, 30, 80, 70), fill=(150, 190, 240))


PENS: tuple[Pen, ...] = (_tree, _bolt, _bus, _pencil, _ball, _dark)


def drawn(pen: Pen) -> Element:
    """Return an element of 128 pixels at most, tightly cropped."""
    sheet = Image.new("RGBA", (128, 128))
    pen(ImageDraw.Draw(sheet))
    pixels: Pixels = np.asarray(sheet.crop(sheet.getbbox()))
    return Element(pixels, 1.0)


def _values(dice: random.Random, count: int, scale: float) -> list[float]:
    """Return amounts of zero or more, up to about ten times the scale: a walk, a season, or noise."""
    match dice.randrange(3):
        case 0:
            steps, at = [], dice.uniform(2, 10)
            for _ in range(count):
                at = max(0.0, at + dice.gauss(0.1, 1))
                steps.append(at)
        case 1:
            steps = [5 + 4 * math.sin(i / dice.uniform(1, 3)) for i in range(count)]
        case _:
            steps = [dice.uniform(0, 10) for _ in range(count)]
    return [float(f"{value * scale:.4g}") for value in steps]


def _scale(dice: random.Random) -> float:
    return float(10 ** dice.uniform(-6, 10))


def _places(dice: random.Random, count: int) -> list[str]:
    match dice.randrange(3):
        case 0:
            return [str(1990 + i) for i in range(count)]
        case 1:
            return [f"{2000 + i // 12}-{i % 12 + 1:02}" for i in range(count)]
        case _:
            return [f"place {i}" for i in range(count)]


def _traced(dice: random.Random, signs: tuple[float, ...]) -> dict[str, object]:
    series, count = dice.choice((1, 1, 2, 3, 4)), dice.randint(3, 30)
    places, scale = _places(dice, count), _scale(dice)
    rows = [
        f"{place},{value * (dice.choice(signs) if series == 1 else 1)},s{n}"
        for n in range(series)
        for place, value in zip(places, _values(dice, count, scale * dice.uniform(0.3, 3)), strict=True)
    ]
    table = "x,y,series\n" + "\n".join(rows)
    return {"data": {"csv": table}, "series": "series" if series > 1 else None}


def _categories(dice: random.Random, count: int) -> dict[str, object]:
    rows = zip(_places(dice, count), _values(dice, count, _scale(dice)), strict=True)
    return {"data": {"csv": "x,y\n" + "\n".join(f"{place},{value}" for place, value in rows)}}


def _scattered(dice: random.Random) -> dict[str, object]:
    count = dice.randint(3, 60)
    columns = [_values(dice, count, _scale(dice)) for _ in range(3)]
    rows = "\n".join(f"{x},{y},{size}" for x, y, size in zip(*columns, strict=True))
    return {"data": {"csv": "x,y,size\n" + rows}, "size": dice.choice((None, "size"))}


TABLES: dict[ChartType, Callable[[random.Random], dict[str, object]]] = {
    ChartType.BAR: lambda dice: _categories(dice, dice.randint(2, 12)),
    ChartType.LINE: lambda dice: _traced(dice, (1, 1, -1)),
    ChartType.AREA: lambda dice: _traced(dice, (1,)),
    ChartType.PIE: lambda dice: _categories(dice, dice.randint(2, 6)),
    ChartType.SCATTER: _scattered,
}


def hostile(kind: ChartType, number: int) -> tuple[PlannedChart, Cast]:
    """Return a chart of a random table and size, and elements that make it hard to read.

    Raises:
        ChartFault: The type cannot show the table.
    """
    dice = random.Random(f"1 {kind} {number}")  # noqa: S311 - the same tables every time
    width, height = dice.choice(SIZES)
    asked = {"name": "c", "title": "A random table", "x": "x", "y": "y", "subject": "ball", "type": kind}
    plan = plan_chart(Chart.model_validate(asked | {"width": width, "height": height} | TABLES[kind](dice)))
    pens = dice.sample(PENS, k=len(PENS))
    return plan, Cast(tuple(drawn(pens[i % len(pens)]) for i in range(len(plan.drawing.slots))))
