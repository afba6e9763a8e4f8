"""A sheet measured in pixels from its upper left corner, on which matplotlib draws. Called by the drawing of charts.

One drawing gives both files: PNG through Agg at exactly the chart's size, and SVG whose marks and letters
are outlines. Nothing here knows what is drawn.
"""

import io
import warnings
from typing import Literal

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from chartspark_runner.geometry import Box
from chartspark_runner.lettering import FAMILY
from chartspark_runner.palette import Colour
from chartspark_runner.picture import Pixels

_DPI = 96
"""CSS has 96 pixels an inch, so that browsers show the SVG at the size of the PNG."""
_POINTS = 72 / _DPI
Anchor = Literal["left", "center", "right"]
Level = Literal["top", "center", "bottom", "baseline"]


class Canvas:
    """A sheet of `width` by `height` pixels."""

    def __init__(self, width: int, height: int, background: Colour) -> None:
        self._size = (width, height)
        self._figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI, facecolor=_rgba(background))
        self._agg = FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, width), ylim=(height, 0))
        self._axes.set_axis_off()
        self._order = 1.0

    def fill(self, box: Box, colour: Colour, alpha: float = 1.0) -> None:
        """Fill a box whose sides lie on pixels, without softening them."""
        patch = Rectangle(
            (box.left, box.top), box.width, box.height, facecolor=_rgba(colour, alpha), linewidth=0,
            antialiased=False, zorder=self._next(),
        )  # fmt: skip
        self._axes.add_patch(patch)

    def pill(self, box: Box, colour: Colour, radius: float) -> None:
        """Fill a box with round corners."""
        style = f"round,pad=0,rounding_size={radius}"
        patch = FancyBboxPatch(
            (box.left, box.top), box.width, box.height, boxstyle=style, facecolor=_rgba(colour), linewidth=0,
            zorder=self._next(),
        )  # fmt: skip
        self._axes.add_patch(patch)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: Colour, width: float
    ) -> None:
        """Draw a straight line, `width` pixels wide."""
        xs, ys = zip(start, end, strict=True)
        self._axes.plot(
            xs, ys, color=_rgba(colour), linewidth=width * _POINTS, solid_capstyle="butt", zorder=self._next()
        )

    def text(  # noqa: PLR0913 - what a piece of lettering is
        self, at: tuple[float, float], text: str, size: float, colour: Colour, *,
        bold: bool = False, anchor: Anchor = "left", level: Level = "baseline",
    ) -> None:  # fmt: skip
        """Write one line. A dollar sign is a dollar sign: matplotlib's formulas are off."""
        self._axes.text(
            *at, text, fontsize=size * _POINTS, fontfamily=FAMILY, fontweight="bold" if bold else "normal",
            color=_rgba(colour), ha=anchor, va="center_baseline" if level == "center" else level,
            parse_math=False, zorder=self._next(),
        )  # fmt: skip

    def picture(self, box: Box, pixels: Pixels) -> None:
        """Lay `pixels` into a box; at equal size they are copied one by one."""
        self._axes.imshow(
            pixels, extent=(box.left, box.right, box.bottom, box.top), interpolation="none", aspect="auto",
            zorder=self._next(),
        )  # fmt: skip

    def pixels(self) -> tuple[Pixels, tuple[str, ...]]:
        """Return the sheet as RGB, and what matplotlib warned of, for instance letters that the font lacks."""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            self._agg.draw()  # type: ignore[no-untyped-call]
        rgb = np.asarray(self._agg.buffer_rgba())[..., :3].copy()  # type: ignore[no-untyped-call]
        return rgb, tuple(sorted({str(warning.message) for warning in caught}))

    def svg(self, title: str) -> bytes:
        """Return the sheet as SVG: letters as outlines, no date, and names that depend on the drawing alone."""
        stream = io.BytesIO()
        metadata = {"Title": title, "Date": None, "Creator": None}
        with (
            warnings.catch_warnings(),
            mpl.rc_context({"svg.hashsalt": "chartspark", "svg.fonttype": "path"}),
        ):
            warnings.simplefilter("ignore")  # those that `pixels` returns
            self._figure.savefig(stream, format="svg", metadata=metadata)
        return stream.getvalue()

    def _next(self) -> float:
        # What is drawn later lies on top, whatever kind of thing it is.
        self._order += 1
        return self._order


def _rgba(colour: Colour, alpha: float = 1.0) -> tuple[float, float, float, float]:
    red, green, blue = (channel / 255 for channel in colour)
    return red, green, blue, alpha
