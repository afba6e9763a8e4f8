"""Measures how truly charts are read back, over random and published tables, and writes docs/gallery/truth.md.

`make truth` runs it. A long run need not be one: `truth.py Line Pie` measures these types, and what was measured
lies in build/truth and is not measured again; without types the page is written, of all that lies there. `--random 50`
says how many random tables a type gets, `--hard 50` how many that are hard to read.
"""

import argparse
import random
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import ocr
from cells import WAYS, one_series
from chartspark_api.charts import Chart, ChartType, Embed
from chartspark_runner.canvas import Canvas
from chartspark_runner.check import PlannedChart, plan_chart
from chartspark_runner.element import Cast, Element
from chartspark_runner.errors import ChartFault
from chartspark_runner.picture import Pixels
from chartspark_runner.score import score
from elements import paint
from finish import finished
from hostile import hostile
from legibility import share
from published import Published, tables
from pydantic import TypeAdapter
from recipes import Lay, blank, made, read_ink, scaled, stretched, texture
from truth_page import FOREGROUND, HARD, HOSTILE, PLAIN, RANDOM, SCENE, Measured, Run, Tried, page

ROOT = Path(__file__).parents[2]
PAGE, PARTS = ROOT / "docs" / "gallery" / "truth.md", ROOT / "build" / "truth"
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
READ = 20
"""So many tables of a type, those that are published, are read by Tesseract, too, and drawn over a scene."""
KEPT = TypeAdapter(Tried)


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
    return Published(f"{RANDOM}{number}", "Random amounts", "red apple", "amount", amounts)


def measure(table: Published, way: str, element: Element, *, read: bool) -> Iterator[Measured]:
    """Yield every way of drawing a table as a chart of a type.

    Raises:
        ChartFault: The type cannot show the table.
    """
    fields = {"name": "chart", "width": 800, "height": 600, **TYPES[way]}
    planned = plan_chart(Chart.model_validate(one_series(fields, table)))
    drawing = planned.drawing
    cast = Cast((element,) * len(drawing.slots))
    yield _made(FOREGROUND, table.name, planned, cast, read=read)
    if read:
        scene = planned.chart.model_copy(update={"embed": Embed.BACKGROUND})
        yield _made(SCENE, table.name, plan_chart(scene), cast, read=True)
    sheet = drawing.plain()
    plain, _ = sheet.pixels()
    scores = score(drawing.expected, drawing.decode(plain))
    legible = _legible(sheet, plain) if read else None
    yield Measured(PLAIN, table.name, scores.worst_mark, scores.data_accuracy, scores.contrast, None, legible)
    empty = blank(drawing)
    for name, (lay, across) in RECIPES[planned.chart.type].items():
        reading = read_ink(drawing, empty, made(drawing, empty, element, lay), across)
        if reading is not None:
            scores = score(drawing.expected, reading)
            yield Measured(name, table.name, scores.worst_mark, scores.data_accuracy)


def _made(way: str, table: str, planned: PlannedChart, cast: Cast, *, read: bool) -> Measured:
    best = finished(planned, cast)
    return Measured(
        way=way,
        table=table,
        worst=best.scores.worst_mark,
        accuracy=best.scores.data_accuracy,
        contrast=best.scores.contrast,
        coverage=best.coverage,
        legibility=_legible(best.draft.sheet, best.picture) if read else None,
    )


def _legible(sheet: Canvas, picture: Pixels) -> float | None:
    lines = sheet.lettering()
    return share(zip((line.text for line in lines), ocr.read(picture, lines), strict=True))


def tried(
    way: str, randoms: int, hard: int, element: Element
) -> Iterator[tuple[str, Callable[[], Iterable[Measured]]]]:
    """Yield every table of a type by its name, and how to measure it."""
    most = 6 if way == "Pie" else 12
    for i, table in enumerate((*tables(), *(random_table(i, most) for i in range(randoms)))):
        yield table.name, partial(measure, table, way, element, read=i < READ)
        if i < hard:
            yield f"{HARD}{i}", partial(_resisting, way, i)


def _resisting(way: str, number: int) -> list[Measured]:
    planned, cast = hostile(ChartType(way), number)
    return [_made(HOSTILE, f"{HARD}{number}", planned, cast, read=number < READ)]


def run(way: str, randoms: int, hard: int, element: Element) -> Run:
    """Return all that was measured of a type, after measuring what is asked for and has not been measured before."""
    part = PARTS / f"{way}.jsonl"
    part.touch()
    known = {one.table: one for one in map(KEPT.validate_json, part.read_bytes().splitlines())}
    asked = dict(tried(way, randoms, hard, element))
    for name in [name for name in asked if name not in known]:
        try:
            known[name] = Tried(name, tuple(asked[name]()))
        except ChartFault:
            known[name] = Tried(name, ())
        with part.open("ab") as file:
            file.write(KEPT.dump_json(known[name]) + b"\n")
    return Run(way, tuple(known.values()))


def main() -> None:
    """Measure the types that are named, or all, and write the page if all are."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("types", nargs="*", default=list(TYPES))
    words.add_argument("--random", type=int, default=200)
    words.add_argument("--hard", type=int, default=200)
    asked = words.parse_args()
    PARTS.mkdir(parents=True, exist_ok=True)
    element = paint(["red apple"])["red apple"]
    runs = [run(way, asked.random, asked.hard, element) for way in asked.types]
    print(*(line for one in runs for line in (*one.rows(), *one.failed)), sep="\n")  # noqa: T201 - what to look into
    if len(runs) == len(TYPES):
        PAGE.write_text(page(runs))


if __name__ == "__main__":
    main()
