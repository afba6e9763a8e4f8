"""What every chart type shares: sizes of type, the title above, the source below, and the room between them.

Called by the layouts and drawings of chart types. Layout is pure; `draw_page` draws.
"""

import math
from dataclasses import dataclass

from chartspark_api.charts import Chart

from chartspark_runner.canvas import Anchor, Canvas
from chartspark_runner.charts.backdrop import draw_backdrop
from chartspark_runner.element import Cast
from chartspark_runner.lettering import LINE, balanced, wrapped
from chartspark_runner.palette import Palette
from chartspark_runner.scripts import runs_right_to_left


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes and distances in pixels, from the chart's own size."""

    margin: int
    title: float
    subtitle: float
    label: float
    small: float

    @staticmethod
    def of(width: int, height: int) -> "Sizes":
        """Return the sizes for a chart: an A4 slide and a thumbnail look alike, but no letter is under 9 pixels."""
        k = min(2.6, max(0.5, math.sqrt(min(width, 1.5 * height) / 1200 * height / 800)))
        return Sizes(
            margin=max(16, round(52 * k)),
            title=max(15.0, 31 * k),
            subtitle=max(11.0, 17.5 * k),
            label=max(10.0, 15.5 * k),
            small=max(9.0, 12.5 * k),
        )


@dataclass(frozen=True, slots=True)
class Room:
    """What is left for a chart's own parts: marks, axes, labels."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Page:
    """A chart without its chart: the sheet, and the lines above and below."""

    width: int
    height: int
    sizes: Sizes
    title: tuple[str, ...]
    subtitle: tuple[str, ...]
    source: tuple[str, ...]
    key_top: int
    """The upper side of the line under the titles, which says what the marks count; in pixels."""

    @property
    def room(self) -> Room:
        """What lies under the key's line and over the source."""
        sizes = self.sizes
        return Room(
            left=sizes.margin,
            top=round(self.key_top + sizes.label * 2.6),
            right=self.width - sizes.margin,
            bottom=round(self.height - sizes.margin * 0.75 - (sizes.small * 2.2 if self.source else 0)),
        )


def lay_out_page(chart: Chart) -> Page:
    """Return the page of a chart."""
    sizes = Sizes.of(chart.width, chart.height)
    wide = chart.width - 2 * sizes.margin
    title = balanced(chart.title, wrapped(chart.title, sizes.title, wide, 2, bold=True), sizes.title)
    subtitle = wrapped(chart.subtitle, sizes.subtitle, wide, 2) if chart.subtitle else ()
    return Page(
        width=chart.width,
        height=chart.height,
        sizes=sizes,
        title=title,
        subtitle=subtitle,
        source=wrapped(chart.source, sizes.small, wide, 1) if chart.source else (),
        key_top=round(
            sizes.margin * 0.9
            + LINE * (len(title) * sizes.title + len(subtitle) * sizes.subtitle)
            + sizes.label * 0.7
        ),
    )


def draw_page(page: Page, palette: Palette, behind: Cast | None) -> Canvas:
    """Return a sheet with the titles and the source, over a pale scene of the elements `behind`, if there are any."""
    canvas = Canvas(page.width, page.height, palette.background)
    if behind is not None:
        draw_backdrop(canvas, (page.width, page.height), palette, behind)
    sizes = page.sizes
    y = sizes.margin * 0.9
    for line in page.title:
        at, anchor = _begin(page, page.title, y)
        canvas.text(at, line, sizes.title, palette.title, bold=True, anchor=anchor, level="top")
        y += sizes.title * LINE
    for line in page.subtitle:
        at, anchor = _begin(page, page.subtitle, y)
        canvas.text(at, line, sizes.subtitle, palette.quiet, anchor=anchor, level="top")
        y += sizes.subtitle * LINE
    for line in page.source:
        at, anchor = _begin(page, page.source, page.height - sizes.margin * 0.62)
        canvas.text(at, line, sizes.small, palette.quiet, anchor=anchor)
    return canvas


def _begin(page: Page, lines: tuple[str, ...], y: float) -> tuple[tuple[float, float], Anchor]:
    """Return where lines begin: at the right, where their script does."""
    if runs_right_to_left(lines[0]):
        return (page.width - page.sizes.margin, y), "right"
    return (page.sizes.margin, y), "left"


def draw_key_words(canvas: Canvas, page: Page, palette: Palette, words: str) -> None:
    """Write what the marks count on the key's line."""
    middle = page.key_top + page.sizes.label * 0.875
    canvas.text((page.sizes.margin, middle), words, page.sizes.label, palette.text, level="center")


def unit_name(column: str) -> str:
    """Return the unit in the column's parentheses or brackets, or else the column's name."""
    for opening, closing in ("()", "[]"):
        _, found, rest = column.partition(opening)
        if found and closing in rest:
            return rest.partition(closing)[0].strip()
    return column.replace("_", " ").strip()
