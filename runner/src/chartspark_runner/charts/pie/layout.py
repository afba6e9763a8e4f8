"""Where everything of a pie goes, decided before anything is drawn or generated. Pure.

Called by `chart`; `draw`, `compose` and `decode` read the result.
"""

import math
from dataclasses import dataclass, replace

from chartspark_api.charts import Chart

from chartspark_runner.charts.alike import refuse_alike
from chartspark_runner.charts.alternative import introduced
from chartspark_runner.charts.page import Page, Room, Sizes, lay_out_page, unit_name
from chartspark_runner.charts.pie.frame import Frame, Sector
from chartspark_runner.charts.pie.labels import Label, Wording, gap, place_labels
from chartspark_runner.charts.pie.shares import Shares
from chartspark_runner.errors import ChartTooSmall, SectorTooThin
from chartspark_runner.lettering import ELLIPSIS, LINE, text_width, wrapped
from chartspark_runner.numerals import numerals_of

_HOLE = 0.52
"""Of a donut's radius."""
_SMALLEST_RADIUS = 40
"""In pixels. Elements in a smaller pie cannot be made out."""
_THINNEST = 1.5
"""Of a sector's arc, in strokes: thinner ones vanish between their separators."""
_NAME_ROOMS = (0.34, 0.26, 0.2, 0.15)
"""Shares of the chart's width that names may take on either side, the widest first."""


@dataclass(frozen=True, slots=True)
class PieLayout:
    """A pie, ready to be drawn."""

    page: Page
    frame: Frame
    sectors: tuple[Sector, ...]
    labels: tuple[Label, ...]
    total: tuple[str, ...]
    """What stands in a donut's hole."""
    key: str
    """What the full circle stands for."""
    words: tuple[str, ...]
    """What each sector says."""
    rows: tuple[tuple[int, ...], ...]
    """The table's rows that each sector stands for, from 1."""
    alternative: str
    """What the chart says, for those who cannot see it."""


def lay_out(chart: Chart, shares: Shares) -> PieLayout:
    """Return the layout of a chart.

    Raises:
        ChartTooSmall: The texts leave no room for a pie.
        SectorTooThin: A sector could not be seen.
    """
    page = lay_out_page(chart)
    sizes, room = page.sizes, _room(chart, page)
    numerals = numerals_of(chart)
    values = numerals.beside([part.value for part in shares.parts], shares.decimals)
    amounts = [
        f"{value} · {numerals.share(sector.share)}"
        for value, sector in zip(values, shares.sectors, strict=True)
    ]
    names = _names(chart, shares, amounts, sizes, room)
    frame = _frame(chart, names, sizes, room)
    labels = place_labels(frame, shares.sectors, names, sizes, room)
    if frame.radius < _SMALLEST_RADIUS or labels is None:
        raise ChartTooSmall(
            f"title, labels and source leave {max(0, frame.radius):.0f} pixels for the pie's radius, and it needs "
            f"{_SMALLEST_RADIUS} and all labels beside it; take a larger width and height, or shorter texts"
        )
    _refuse_thin(shares, frame)
    refuse_alike([part.label for part in shares.parts], [wording.name for wording in names])
    words = tuple(f"{part.label} {amount}" for part, amount in zip(shares.parts, amounts, strict=True))
    (total,) = numerals.beside([math.fsum(part.value for part in shares.parts)], shares.decimals)
    unit = unit_name(chart.y)
    return PieLayout(
        page=page,
        frame=frame,
        sectors=shares.sectors,
        labels=labels,
        total=_total(total, unit, frame, sizes),
        key=f"{total} {unit}",
        words=words,
        rows=tuple(part.numbers for part in shares.parts),
        alternative=introduced(chart, ", ".join(words)),
    )


def _room(chart: Chart, page: Page) -> Room:
    """Return what is left for the pie: a donut says in its hole what others say on the key's line."""
    return replace(page.room, top=page.key_top) if chart.donut else page.room


def _names(chart: Chart, shares: Shares, amounts: list[str], sizes: Sizes, room: Room) -> tuple[Wording, ...]:
    """Return the labels broken so that the pie gets as large as it can without a name losing its end."""
    ways = [
        tuple(
            Wording(wrapped(part.label, sizes.label, chart.width * wide, 2, bold=True), amount)
            for part, amount in zip(shares.parts, amounts, strict=True)
        )
        for wide in _NAME_ROOMS
    ]
    whole = [
        way for way in ways if not any(line.endswith(ELLIPSIS) for wording in way for line in wording.name)
    ]
    return max(whole or ways[:1], key=lambda way: _frame(chart, way, sizes, room).radius)


def _frame(chart: Chart, wordings: tuple[Wording, ...], sizes: Sizes, room: Room) -> Frame:
    # Even, and about a centre between pixels: an upright separator is then as sharp as it can be.
    stroke = 2 * max(1, round(min(chart.width, chart.height) / 800))
    widest = max(wording.width(sizes) for wording in wordings)
    radius = math.floor(
        min(
            (room.bottom - room.top) // 2 - stroke,
            (room.right - room.left) // 2 - widest - gap(sizes),
        )
    )
    return Frame(
        width=chart.width,
        height=chart.height,
        x=chart.width // 2,
        y=(room.top + room.bottom) // 2,
        radius=radius,
        hole=round(radius * _HOLE) if chart.donut else 0,
        sectors=len(wordings),
        stroke=stroke,
    )


def _total(amount: str, unit: str, frame: Frame, sizes: Sizes) -> tuple[str, ...]:
    """Return the lines in a donut's hole, as many as fit."""
    lines = (amount, unit)
    wide = all(text_width(line, sizes.title, bold=True) < frame.hole * 1.6 for line in lines[:1])
    high = sizes.title * LINE * 2 < frame.hole * 1.5
    return (lines[0], *wrapped(unit, sizes.label, frame.hole * 1.5, 1)) if wide and high else ()


def _refuse_thin(shares: Shares, frame: Frame) -> None:
    for part, sector in zip(shares.parts, shares.sectors, strict=True):
        arc = 2 * math.pi * frame.radius * sector.share
        if arc < _THINNEST * frame.stroke:
            raise SectorTooThin(
                f"{part.label} is {sector.share:.2%} of the whole, an arc of {arc:.1f} pixels at this size, and must be "
                f"{_THINNEST * frame.stroke:.0f}; set top, which adds up the smallest, leave the row out, or take type Bar"
            )
