"""Measures how truly charts are read back, over random and published tables, and writes docs/gallery/truth.md.

`make truth` runs it. A long run need not be one: `truth.py Line Pie` measures these types, and the page is written
once all five lie in build/truth; `--random 50` says how many random tables a type gets.
"""

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from cells import WAYS, one_series
from chartspark_api.charts import Chart, ChartType
from chartspark_runner.check import PlannedChart, plan_chart
from chartspark_runner.element import Cast, Element
from chartspark_runner.errors import ChartFault
from chartspark_runner.score import score
from elements import MODEL, paint
from finish import finished
from hostile import hostile
from published import Published, tables
from recipes import Lay, blank, made, read_ink, scaled, stretched, texture

ROOT = Path(__file__).parents[2]
PAGE, PARTS = ROOT / "docs" / "gallery" / "truth.md", ROOT / "build" / "truth"
HOSTILE = "Foreground, of any size, with elements that are hard to read"
TYPES: dict[str, dict[str, object]] = {
    "Bar": WAYS["Bar"],
    "Line": WAYS["Line"],
    "Area": WAYS["Area"],
    "Pie": WAYS["Pie"],
    "Scatter": {"type": "Scatter"},
}
RECIPES: dict[ChartType, dict[str, tuple[Lay, float]]] = {
    ChartType.BAR: {
        "element stretched to the bar, its tip read": (stretched, 0.0),
        "element stretched to the bar, read where ink spans half": (stretched, 0.5),
        "element scaled by height, its tip read": (scaled, 0.0),
        "element scaled by height, read where ink spans half": (scaled, 0.5),
    },
    ChartType.LINE: {"texture cut by the line": (texture, 0.0)},
    ChartType.AREA: {"texture cut by the area": (texture, 0.0)},
    ChartType.PIE: {},
    ChartType.SCATTER: {},
}
"""Per type how an element is laid in, and the share of a bar's thickness that ink must span to count as its end."""
NEAR = 0.05
"""The relative error up to which a mark counts as read back."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A picture of a table."""

    way: str
    worst: float
    accuracy: float
    contrast: float | None = None
    coverage: float | None = None


def random_table(number: int, most: int) -> Published:
    """Return a table of 2 to `most` rows whose amounts have a spread of their own: even, steep, or nearly alike."""
    dice = random.Random(number)  # noqa: S311 - the same tables every time
    rows = dice.randint(2, most)
    spreads: tuple[Callable[[], float], ...] = (
        lambda: dice.uniform(1, 100),
        lambda: dice.lognormvariate(3, 1),
        lambda: dice.gauss(100, 3),
    )
    spread = spreads[number % 3]
    scale = 10.0 ** dice.randint(-3, 6)
    amounts = tuple((str(2001 + i), float(f"{abs(spread()) * scale:.4g}")) for i in range(rows))
    return Published(f"random-{number}", "Random amounts", "red apple", "amount", amounts)


def measure(table: Published, way: str, element: Element) -> Iterator[Measured]:
    """Yield every way of drawing a table as a chart of a type.

    Raises:
        ChartFault: The type cannot show the table.
    """
    fields = {"name": "chart", "width": 800, "height": 600, **TYPES[way]}
    chart = Chart.model_validate(one_series(fields, table))
    planned = plan_chart(chart)
    drawing = planned.drawing
    yield _foreground("Foreground", planned, Cast((element,) * len(drawing.slots)))
    scores = score(drawing.expected, drawing.decode(drawing.plain().pixels()[0]))
    yield Measured("plain chart", scores.worst_mark, scores.data_accuracy, scores.contrast)
    page = blank(drawing)
    for name, (lay, across) in RECIPES[chart.type].items():
        reading = read_ink(drawing, page, made(drawing, page, element, lay), across)
        if reading is not None:
            scores = score(drawing.expected, reading)
            yield Measured(name, scores.worst_mark, scores.data_accuracy)


def _foreground(way: str, planned: PlannedChart, cast: Cast) -> Measured:
    best = finished(planned, cast)
    scores = best.scores
    return Measured(way, scores.worst_mark, scores.data_accuracy, scores.contrast, best.coverage)


def resist(kind: ChartType, number: int) -> tuple[list[Measured], int]:
    """Return charts that are hard to read, and how many tables were refused."""
    found: list[Measured] = []
    for i in range(number):
        try:
            found.append(_foreground(HOSTILE, *hostile(kind, i)))
        except ChartFault:
            continue
        if found[-1].worst > NEAR:
            print(f"hostile {kind} {i}: {found[-1]}", flush=True)  # noqa: T201 - what to look into
    return found, number - len(found)


def survey(way: str, given: Sequence[Published], element: Element) -> tuple[list[Measured], int]:
    """Return what was measured of a type, and how many tables it refused."""
    found: list[Measured] = []
    refused = 0
    for table in given:
        try:
            found += measure(table, way, element)
        except ChartFault:
            refused += 1
    return found, refused


def rows(way: str, found: Sequence[Measured], refused: int) -> Iterator[str]:
    """Yield a type's lines of the page."""
    for name in dict.fromkeys(one.way for one in found):
        of_it = [one for one in found if one.way == name]
        near = sum(one.worst <= NEAR for one in of_it) / len(of_it)
        covered = [one.coverage for one in of_it if one.coverage is not None]
        contrast = [one.contrast for one in of_it if one.contrast is not None]
        yield (
            f"| {way} | {name} | {len(of_it)} | {refused} | {near:.1%} "
            f"| {median(one.accuracy for one in of_it):.4f} | {_or_none(covered, '.0%')} | {_or_none(contrast, '.1f')} |"
        )


def _or_none(values: Sequence[float], form: str) -> str:
    return format(median(values), form) if values else "not measured"


def page(lines: Sequence[str], randoms: int) -> str:
    """Return truth.md."""
    return (
        f"""# How truly charts are read back

Rendered by `make truth` over {randoms} random and {len(tables())} published tables per chart type, at 800 by 600 pixels, with one element of {MODEL}; and over {randoms} random tables of any size, scale and number of series, with elements that are hard to read: thin, wide, or in the colour of an edge. The formulas: [scores](../reference/scores.md).

The plain chart is the ceiling: the same geometry with solid marks. The floor is what an earlier tool is told to do, re-made with the same element and without a data edge: the element is stretched to its bar or scaled by its height, or a texture of it is cut by the mark. Its last step, painting over the whole by image-to-image, is left out, because the embedded model cannot do it; it could only add errors. Those pictures have no data edge, so that they are read by the furthest ink of each mark: of bars once by the element's tip, which flatters whatever the mask was cut to, and once where the ink spans half of the bar, which is where a body ends for the eye. A line's mask still has its exact course: a texture that leaves gaps is what errs there. A pie without separators has nothing to read, nor has a scatter chart without dots. A coverage or contrast that is not measured needs an edge that the picture does not have.

| type | drawn | charts | tables refused | worst mark within 5 % | median data accuracy | median coverage | median contrast |
|---|---|---|---|---|---|---|---|
"""
        + "\n".join(lines)
        + "\n"
    )


def main() -> None:
    """Measure the types that are named, or all, and write the page if all are there."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("types", nargs="*", default=list(TYPES))
    words.add_argument("--random", type=int, default=200)
    asked = words.parse_args()
    PARTS.mkdir(parents=True, exist_ok=True)
    element = paint(["red apple"])["red apple"]
    for way in asked.types:
        most = 6 if way == "Pie" else 12
        given = (*tables(), *(random_table(i, most) for i in range(asked.random)))
        lines = [
            *rows(way, *survey(way, given, element)),
            *rows(way, *resist(ChartType(way), asked.random)),
        ]
        print(*lines, sep="\n", flush=True)  # noqa: T201 - it takes minutes; this shows that it moves
        (PARTS / f"{way}-{asked.random}").write_text("\n".join(lines))
    parts = [PARTS / f"{way}-{asked.random}" for way in TYPES]
    if all(part.exists() for part in parts):
        PAGE.write_text(page([part.read_text() for part in parts], asked.random))


if __name__ == "__main__":
    main()
