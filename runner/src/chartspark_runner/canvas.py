"""A sheet measured in pixels from its upper left corner, on which matplotlib draws. Called by the drawing of charts.

One drawing gives both files: PNG through Agg at exactly the chart's size, and SVG whose marks and letters
are outlines. Nothing here knows what is drawn.
"""

import io
import math
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import matplotlib as mpl
import numpy as np
from chartspark_api.colours import Rgb
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import Circle, FancyBboxPatch, Rectangle
from matplotlib.patches import Polygon as PolygonPatch
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from chartspark_runner.element import Element
from chartspark_runner.fonts import families, published
from chartspark_runner.geometry import Box
from chartspark_runner.picture import Mask, Pixels, opaque
from chartspark_runner.rim import Rim
from chartspark_runner.stamps import Polygon, Stamp, bounds, seen, stamped
from chartspark_runner.svg.document import Halo, Mark, Parts, finished
from chartspark_runner.svg.symbols import StampSheet

_DPI = 96
"""CSS has 96 pixels an inch, so that browsers show the SVG at the size of the PNG."""
_POINTS = 72 / _DPI
_HALO = 0.22
"""Of the letters' size."""
Anchor = Literal["left", "center", "right"]
Level = Literal["top", "center", "bottom", "baseline"]


@dataclass(frozen=True, slots=True)
class Lettering:
    """A line that is written on a sheet."""

    text: str
    box: Box


class Canvas:
    """A sheet of `width` by `height` pixels."""

    def __init__(self, width: int, height: int, background: Rgb) -> None:
        self._size = (width, height)
        self._figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI, facecolor=_rgba(background))
        self._agg = FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, width), ylim=(height, 0))
        self._axes.set_axis_off()
        self._order = 1.0
        self._sheets: list[StampSheet] = []
        self._stamped: list[AxesImage] = []
        self._elements: Mask = np.zeros((height, width), dtype=np.bool_)
        self._places: list[Rectangle] = []
        self._letters: dict[tuple[str, bool], set[str]] = {}
        self._halos: list[tuple[Text, Halo]] = []
        self._notes: set[str] = set()
        self._mark: Mark | None = None
        self._marks: dict[str, Mark] = {}

    def fill(self, box: Box, colour: Rgb, alpha: float = 1.0) -> None:
        """Fill a box whose sides lie on pixels, without softening them."""
        patch = Rectangle(
            (box.left, box.top), box.width, box.height, facecolor=_rgba(colour, alpha), linewidth=0,
            antialiased=False, zorder=self._next(), gid=self._named(),
        )  # fmt: skip
        self._axes.add_patch(patch)

    def pill(self, box: Box, colour: Rgb, radius: float) -> None:
        """Fill a box with round corners."""
        style = f"round,pad=0,rounding_size={radius}"
        patch = FancyBboxPatch(
            (box.left, box.top), box.width, box.height, boxstyle=style, facecolor=_rgba(colour), linewidth=0,
            zorder=self._next(),
        )  # fmt: skip
        self._axes.add_patch(patch)

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: Rgb, width: float) -> None:
        """Draw a straight line, `width` pixels wide."""
        xs, ys = zip(start, end, strict=True)
        self._axes.plot(
            xs, ys, color=_rgba(colour), linewidth=width * _POINTS, solid_capstyle="butt", zorder=self._next()
        )

    def polygon(self, corners: Polygon, colour: Rgb, alpha: float = 1.0) -> None:
        """Fill a polygon, with softened sides."""
        patch = PolygonPatch(
            corners,
            closed=True,
            facecolor=_rgba(colour, alpha),
            linewidth=0,
            zorder=self._next(),
            gid=self._named(),
        )
        self._axes.add_patch(patch)

    def polyline(self, points: Polygon, colour: Rgb, width: float, alpha: float = 1.0) -> None:
        """Draw a line through the points, `width` pixels wide, with round bends: a pointed one would overshoot."""
        xs, ys = zip(*points, strict=True)
        self._axes.plot(
            xs, ys, color=_rgba(colour, alpha), linewidth=width * _POINTS, solid_capstyle="round",
            # A level line would be moved to whole pixels otherwise.
            solid_joinstyle="round", snap=False, zorder=self._next(),
        )  # fmt: skip

    def disc(self, middle: tuple[float, float], radius: float, colour: Rgb, alpha: float = 1.0) -> None:
        """Fill a circle."""
        patch = Circle(
            middle,
            radius,
            facecolor=_rgba(colour, alpha),
            linewidth=0,
            zorder=self._next(),
            gid=self._named(),
        )
        self._axes.add_patch(patch)

    def stamp(self, element: Element, stamps: Sequence[Stamp], *rims: Rim) -> None:
        """Lay an element down at every stamp, later ones on top, each in its rims, the widest first: in PNG its pixels, in SVG uses of one symbol."""
        room = bounds(stamps, self._sheet, *rims)
        if room.width <= 0 or room.height <= 0:
            return
        order = self._next()
        group = f"stamps-{len(self._sheets)}"
        if self._mark is not None:
            self._marks[group] = self._mark
        place = Rectangle(
            (room.left, room.top), room.width, room.height, gid=group, zorder=order, visible=False
        )
        self._axes.add_patch(place)
        self._places.append(place)
        laid = stamped(element.pixels, stamps, room, *rims)
        self._stamped.append(self._show(room, laid, order))
        shown = np.s_[room.top : room.bottom, room.left : room.right]
        self._elements[shown] &= ~opaque(laid)
        self._elements[shown] |= seen(element.pixels, stamps, room, *rims)
        self._sheets.append(StampSheet(group, element, tuple(stamps), rims))

    def text(  # noqa: PLR0913 - what a piece of lettering is
        self, at: tuple[float, float], text: str, size: float, colour: Rgb, *,
        bold: bool = False, anchor: Anchor = "left", level: Level = "baseline", halo: Rgb | None = None,
    ) -> None:  # fmt: skip
        """Write one line. A dollar sign is a dollar sign: matplotlib's formulas are off.

        A halo of the background's colour keeps letters apart from what they lie on.
        """
        written = self._axes.text(
            *at, text, fontsize=size * _POINTS, fontfamily=families(text), fontweight="bold" if bold else "normal",
            color=_rgba(colour), ha=anchor, va="center_baseline" if level == "center" else level,
            parse_math=False, zorder=self._next(),
        )  # fmt: skip
        for family in families(text):
            self._letters.setdefault((published(family), bold), set()).update(text)
        if halo is not None:
            written.set_gid(f"text-{len(self._halos)}")
            width = size * _HALO * _POINTS
            self._halos.append((written, Halo("#{:02x}{:02x}{:02x}".format(*halo), width)))

    def picture(self, box: Box, pixels: Pixels) -> None:
        """Lay `pixels` into a box; at equal size they are copied one by one."""
        self._show(box, pixels, self._next())

    def take_paper_away(self) -> None:
        """Leave the sheet transparent where nothing is drawn."""
        self._figure.patch.set_visible(False)

    def elements(self) -> Mask:
        """Return where stamped elements are, half opaque or more: of shape (height, width)."""
        return self._elements

    def pixels(self) -> tuple[Pixels, tuple[str, ...]]:
        """Return the sheet as RGB, or as RGBA without its paper, and what matplotlib warned of, for instance letters that the font lacks."""
        self._stand_in(svg=False)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            self._agg.draw()  # type: ignore[no-untyped-call]
        channels = 3 if self._figure.patch.get_visible() else 4
        drawn = np.asarray(self._agg.buffer_rgba())[..., :channels].copy()  # type: ignore[no-untyped-call]
        return drawn, tuple(sorted(self._notes | {str(warning.message) for warning in caught}))

    def lettering(self) -> tuple[Lettering, ...]:
        """Return every line that is written: the bench of legibility looks there."""
        height = self._size[1]
        pen = self._agg.get_renderer()  # type: ignore[no-untyped-call]
        boxes = ((text, text.get_window_extent(pen)) for text in self._axes.texts)
        return tuple(
            Lettering(
                text.get_text(),
                Box(
                    math.floor(box.x0),
                    math.floor(height - box.y1),
                    math.ceil(box.x1),
                    math.ceil(height - box.y0),
                ),
            )
            for text, box in boxes
        )

    def note(self, sentence: str) -> None:
        """Say of the drawing what nobody can see in it; it is returned with the warnings."""
        self._notes.add(sentence)

    @contextmanager
    def mark(self, number: int, words: str, rows: tuple[int, ...]) -> Iterator[None]:
        """Bind what is drawn meanwhile to a mark: SVG carries its number and rows, and its words where one points at it."""
        self._mark = Mark(number, words, rows)
        yield
        self._mark = None

    def svg(self, title: str, description: str, language: str = "en") -> bytes:
        """Return the sheet as SVG: text as text with its fonts, no date, and names that depend on the drawing alone."""
        stream = io.BytesIO()
        self._stand_in(svg=True)
        with (
            warnings.catch_warnings(),
            mpl.rc_context({"svg.hashsalt": "chartspark", "svg.fonttype": "none"}),
        ):
            warnings.simplefilter("ignore")  # those that `pixels` returns
            self._figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
        parts = Parts(
            title=title,
            description=description,
            language=language,
            sheets=self._sheets,
            letters={face: frozenset(used) for face, used in self._letters.items()},
            halos={str(text.get_gid()): halo for text, halo in self._halos},
            marks=self._marks,
        )
        return finished(stream.getvalue(), parts)

    @property
    def _sheet(self) -> Box:
        return Box(0, 0, *self._size)

    def _show(self, box: Box, pixels: Pixels, order: float) -> AxesImage:
        return self._axes.imshow(
            pixels, extent=(box.left, box.right, box.bottom, box.top), interpolation="none", aspect="auto",
            zorder=order,
        )  # fmt: skip

    def _stand_in(self, *, svg: bool) -> None:
        """Show either the stamps' pixels or the empty places that `svg` fills."""
        for image, place in zip(self._stamped, self._places, strict=True):
            image.set_visible(not svg)
            place.set_visible(svg)
        for text, halo in self._halos:
            # With an effect matplotlib writes letters as outlines, which nobody can select.
            text.set_path_effects([] if svg else [withStroke(linewidth=halo.width, foreground=halo.colour)])

    def _named(self) -> str | None:
        """Return a name for what is drawn next, if it belongs to a mark."""
        if self._mark is None:
            return None
        name = f"part-{len(self._marks)}"
        self._marks[name] = self._mark
        return name

    def _next(self) -> float:
        # What is drawn later lies on top, whatever kind of thing it is.
        self._order += 1
        return self._order


def _rgba(colour: Rgb, alpha: float = 1.0) -> tuple[float, float, float, float]:
    red, green, blue = (channel / 255 for channel in colour)
    return red, green, blue, alpha
