"""The seam between the pipeline and the chart types: what a chart that has been laid out can do.

Each type has a folder beside this file: `lay_out` in its `__init__`-level module `chart` returns its
implementation. The pipeline, `score` and `verify` know no type; `check` chooses it.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, Protocol

from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.fit import LOOSE, Fit
from chartspark_runner.element import Cast
from chartspark_runner.picture import Mask, Pixels
from chartspark_runner.reading import Expected, Reading

Side = Literal["first", "second"]
"""The half of a mark that a flag stands on, so that two flags are both seen."""


class LaidOutChart(Protocol):
    """A chart whose table is sound and whose parts have their places."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""

    @property
    def alternative(self) -> str:
        """What the chart says, for those who cannot see it."""

    @property
    def slots(self) -> tuple[Mapping[str, str], ...]:
        """The parts that elements play, at least one: per part the table's row that it stands for, by column."""

    @property
    def series(self) -> tuple[int, ...]:
        """Per slot which series it belongs to, from 0: in a pie, which sector it is. A palette has a colour for each."""

    @property
    def expected(self) -> tuple[Expected, ...]:
        """What a picture of the chart should show."""

    def plain(self, cast: Cast | None = None) -> Canvas:
        """Return the chart with plain marks, in the colours of a cast if there is one: what it says, before any picture is in it."""

    def masks(self) -> Iterator[Mask]:
        """Yield one mask of shape (height, width) per mark: where it is, its data edge included.

        One at a time: those of a large chart with many marks would not fit into memory together.
        """

    def compose(self, cast: Cast, fit: Fit = LOOSE) -> Canvas:
        """Return the finished chart, its marks made of the elements that play its slots."""

    def over(self, cast: Cast) -> Canvas:
        """Return the chart with plain marks in the elements' colours, over a pale scene of them: see `backdrop`."""

    def decode(self, picture: Pixels) -> Reading:
        """Return what an RGB picture of the chart's size says. Knows axes and colours, no values and no masks."""

    def flag(self, canvas: Canvas, index: int, value: float, colour: Rgb, side: Side) -> None:
        """Show on a sheet where `value` of the expected value `index` lies."""
