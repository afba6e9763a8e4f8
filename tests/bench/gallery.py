"""Makes docs/gallery: every kind of chart of published tables with the embedded elements, and what each scores.

`make gallery` runs it. A chart that cannot be made stays in the list, with the reason.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from cells import cells
from chartspark_api.charts import Chart
from chartspark_runner.check import plan_chart
from chartspark_runner.coverage import ENOUGH
from chartspark_runner.element import Cast, Element
from chartspark_runner.errors import ChartFault
from chartspark_runner.picture import Pixels, png
from chartspark_runner.score import Scores
from conditioned import section, used
from elements import MODEL, paint
from finish import finished
from painted import page as painted_page
from painted import painted
from PIL import Image

ROOT = Path(__file__).parents[2]
PLACE, FULL = ROOT / "docs" / "gallery", ROOT / "build" / "gallery"
COLUMNS, WIDTH = 4, 450
"""Of the sheet: pictures in a row, and the pixels that each is wide."""
NEAR, WCAG = 0.05, 3.0
"""What is promised: the worst mark's largest error, and the least contrast."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A chart of the gallery, or why there is none."""

    chart: Chart
    picture: Pixels | None = None
    scores: Scores | None = None
    coverage: float | None = None
    why: str = ""

    @property
    def passes(self) -> bool:
        """Whether it keeps what is promised."""
        return self.picture is not None and not self.faults

    @property
    def faults(self) -> tuple[str, ...]:
        """What of the promise it breaks."""
        if self.scores is None:
            return (self.why,)
        told = {
            f"the worst mark is read {self.scores.worst_mark:.0%} off": self.scores.worst_mark > NEAR,
            f"elements cover less than {ENOUGH:.0%} of its marks": self.coverage is not None
            and self.coverage < ENOUGH,
            f"its edges have a contrast under {WCAG:g}": self.scores.contrast < WCAG,
        }
        return tuple(words for words, broken in told.items() if broken)

    def row(self, number: int) -> str:
        """Return the cell's line of the page."""
        told = f"| {number} | {self.chart.name} | {self.chart.type} | {self.chart.embed} |"
        if self.scores is None:
            return f"{told} | | | | | {self.why} |"
        s = self.scores
        covered = "" if self.coverage is None else f"{self.coverage:.0%}"
        return (
            f"{told} {s.total:.2f} | {s.data_accuracy:.3f} | {s.worst_mark:.1%} | {covered} "
            f"| {s.contrast:.1f} | {'; '.join(self.faults)} |"
        )


def make(chart: Chart, elements: dict[str, Element]) -> Cell:
    """Return the finished chart."""
    try:
        planned = plan_chart(chart)
    except ChartFault as fault:
        return Cell(chart, why=f"{fault.reason}: {fault}")
    missing = {str(subject) for subject in planned.subjects} - elements.keys()
    if missing:
        return Cell(chart, why=f"the model made nothing usable of {', '.join(sorted(missing))}")
    cast = Cast(tuple(elements[str(subject)] for subject in planned.subjects))
    best = finished(planned, cast)
    return Cell(chart, best.picture, best.scores, best.coverage)


def _subjects(chart: Chart) -> tuple[str, ...]:
    try:
        return tuple(map(str, plan_chart(chart).subjects))
    except ChartFault:
        return ()


def sheet(made: list[Cell]) -> Image.Image:
    """Return all pictures side by side, in the list's order."""
    pictures = [cell.picture for cell in made if cell.picture is not None]
    height = WIDTH * 2 // 3
    rows = -(-len(pictures) // COLUMNS)
    whole = Image.new("RGB", (COLUMNS * (WIDTH + 8), rows * (height + 8)), "white")
    for i, picture in enumerate(pictures):
        small = Image.fromarray(picture).resize((WIDTH, height), Image.Resampling.LANCZOS)
        whole.paste(small, (i % COLUMNS * (WIDTH + 8), i // COLUMNS * (height + 8)))
    # Refined once: small marks of a colour of their own would take a neighbour's otherwise.
    return whole.quantize(256, kmeans=1, dither=Image.Dither.NONE)


def page(made: list[Cell]) -> str:
    """Return the page that lists every cell."""
    shown = [cell for cell in made if cell.picture is not None]
    refused = [cell for cell in made if cell.picture is None]
    rows = [cell.row(i) for i, cell in enumerate(shown, 1)] + [cell.row(0) for cell in refused]
    return (
        f"""# Gallery

Rendered by `make gallery`: {len(made)} charts of published tables, drawn with elements of {MODEL}. Of {len(made)} cells {sum(cell.passes for cell in made)} have every mark read back within 5 %, edges with a contrast of 3 or more and, in Foreground, 60 % of their marks made of the element; the last column tells of the others. What the columns mean: [scores](../reference/scores.md). All are unconditional: Icons paints into no chart. What charts keep where a model does is in [conditional](conditional.md).

![The charts below, in their order](sheet.png)

| | cell | type | embed | total | data accuracy | worst mark | coverage | contrast | what is wrong |
|---|---|---|---|---|---|---|---|---|---|
"""
        + "\n".join(rows)
        + "\n"
    )


def main() -> int:
    """Make the gallery."""
    PLACE.mkdir(parents=True, exist_ok=True)
    FULL.mkdir(parents=True, exist_ok=True)
    elements = paint(list(dict.fromkeys(subject for chart in cells() for subject in _subjects(chart))))
    made = []
    for chart in cells():
        made.append(make(chart, elements))
        print(made[-1].row(len(made)), flush=True)  # noqa: T201 - it takes minutes; this shows that it moves
        if made[-1].picture is not None:
            (FULL / f"{chart.name}.png").write_bytes(png(np.ascontiguousarray(made[-1].picture)))
    sheet(made).save(PLACE / "sheet.png", optimize=True)
    (PLACE / "README.md").write_text(page(made))
    conditional = []
    for one in painted():
        conditional.append(one)
        print(one.row(), flush=True)  # noqa: T201 - likewise
    (PLACE / "conditional.md").write_text(painted_page(conditional) + section(list(used())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
