"""Which series is which: a swatch of its reserved colour, its pictogram and its name, on the key's line.

Called by `layout` and `draw`. The decoder reads the colours off the swatches, as a reader does.
"""

from dataclasses import dataclass, replace

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.alike import refuse_alike
from chartspark_runner.charts.colours import ChartColours
from chartspark_runner.charts.page import Page
from chartspark_runner.charts.swatch import draw_swatch
from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.lettering import text_width, wrapped
from chartspark_runner.stamps import Stamp, fitted


@dataclass(frozen=True, slots=True)
class Entry:
    """One series in the legend."""

    name: str
    swatch: Box
    icon: Box
    """The room of the series' pictogram."""


def lay_out_legend(page: Page, series: tuple[str, ...]) -> tuple[tuple[Entry, ...], Page]:
    """Return an entry per series, in as many lines as they need, and the page with the key's line below them."""
    if len(series) == 1:
        return (), page
    sizes = page.sizes
    icon, line = round(sizes.label * 1.75), round(sizes.label * 2.1)
    swatch, gap = max(8, round(sizes.label * 0.8)), round(sizes.label * 0.5)
    wide = page.width - 2 * sizes.margin
    x, y = sizes.margin, page.key_top
    entries: list[Entry] = []
    for name in series:
        (text,) = wrapped(name, sizes.label, wide / 2, 1)
        step = round(swatch + gap + icon + gap + text_width(text, sizes.label) + sizes.label * 1.6)
        if x > sizes.margin and x + step > page.width - sizes.margin:
            x, y = sizes.margin, y + line
        top = y + (icon - swatch) // 2
        left = x + swatch + gap
        entries.append(
            Entry(text, Box(x, top, x + swatch, top + swatch), Box(left, y, left + icon, y + icon))
        )
        x += step
    refuse_alike(series, [(entry.name,) for entry in entries])
    return tuple(entries), replace(page, key_top=y + line)


def draw_legend(
    canvas: Canvas,
    page: Page,
    entries: tuple[Entry, ...],
    colours: ChartColours,
    elements: tuple[Element, ...] | None,
) -> None:
    """Draw the legend; without elements, swatches and names alone."""
    sizes = page.sizes
    for i, (entry, series) in enumerate(zip(entries, colours.series, strict=True)):
        draw_swatch(canvas, entry.swatch, series, entry.swatch.height // 2)
        if elements is not None:
            canvas.stamp(elements[i], [Stamp(fitted(elements[i], entry.icon))])
        left = entry.icon.left if elements is None else entry.icon.right + sizes.label * 0.4
        middle = (entry.icon.top + entry.icon.bottom) / 2
        canvas.text((left, middle), entry.name, sizes.label, colours.palette.text, level="center")
