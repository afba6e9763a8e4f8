"""How truly charts of random tables are read back, by type: `python tests/bench/truth.py --tables 100 Line Area`.

Tables, elements and sizes are drawn from a seed, so that a chart that fails can be made again. Prints one
line for each chart that misses the goal, and at the end a table in Markdown.
"""

import argparse
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np
from chartspark_api.charts import Chart, ChartType
from chartspark_runner.check import plan_chart
from chartspark_runner.coverage import coverage, depth
from chartspark_runner.element import Cast, Element
from chartspark_runner.errors import InvalidData
from chartspark_runner.palette import EDGES
from chartspark_runner.picture import Pixels
from chartspark_runner.score import score
from PIL import Image, ImageDraw

SIZES = ((640, 480), (1200, 800), (900, 1200))
GOAL = 0.05
"""Of the worst mark's relative error."""

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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one table."""

    worst: float
    accuracy: float
    coverage: float
    contrast: float


def judge(kind: ChartType, number: int, seed: int) -> Outcome | str:
    """Make the chart of one table and read it, or return why it is refused."""
    dice = random.Random(f"{seed} {kind} {number}")  # noqa: S311 - tables are no secrets
    width, height = dice.choice(SIZES)
    asked = {"name": "c", "title": "A random table", "x": "x", "y": "y", "subject": "ball", "type": kind}
    try:
        plan = plan_chart(
            Chart.model_validate(asked | {"width": width, "height": height} | TABLES[kind](dice))
        )
    except InvalidData as refusal:
        return str(refusal)
    pens = dice.sample(PENS, k=len(PENS))
    cast = Cast(tuple(drawn(pens[i % len(pens)]) for i in range(len(plan.drawing.slots))))
    sheet = plan.drawing.compose(cast)
    picture, _ = sheet.pixels()
    scores = score(plan.drawing.expected, plan.drawing.decode(picture))
    covered = coverage(sheet.elements(), depth(plan.drawing.masks()))
    return Outcome(scores.worst_mark, scores.data_accuracy, covered, scores.contrast)


def judged(kind: ChartType, tables: int, seed: int) -> str:
    """Return the type's line of the table."""
    outcomes: list[Outcome] = []
    refused = 0
    for number in range(tables):
        outcome = judge(kind, number, seed)
        if isinstance(outcome, str):
            refused += 1
            print(f"{kind} {number} is refused: {outcome}", flush=True)  # noqa: T201 - it is what the command says
            continue
        outcomes.append(outcome)
        if outcome.worst > GOAL or outcome.coverage < 0.6:
            print(f"{kind} {number}: {outcome}", flush=True)  # noqa: T201 - likewise
    true = sum(outcome.worst <= GOAL for outcome in outcomes) / len(outcomes)
    accuracies, covered = [o.accuracy for o in outcomes], [o.coverage for o in outcomes]
    contrast = min(outcome.contrast for outcome in outcomes)
    return (
        f"| {kind} | {len(outcomes)} | {refused} | {true:.0%} | {median(accuracies):.4f} | {min(accuracies):.4f} "
        f"| {median(covered):.2f} | {min(covered):.2f} | {contrast:.1f} |"
    )


def main() -> None:
    """Judge the types that are named, or all."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("types", nargs="*", type=ChartType, default=list(TABLES))
    words.add_argument("--tables", type=int, default=100)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    lines = [judged(kind, asked.tables, asked.seed) for kind in asked.types]
    print(  # noqa: T201 - likewise
        "| type | charts | refused | worst mark within 5 % | accuracy, median | least | coverage, median | least | contrast, least |"
    )
    print("|---|---|---|---|---|---|---|---|---|")  # noqa: T201 - likewise
    for line in lines:
        print(line)  # noqa: T201 - likewise


if __name__ == "__main__":
    main()
