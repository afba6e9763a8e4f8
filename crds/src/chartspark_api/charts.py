"""A chart as a user asks for it. Part of `spec`; read by the runner, stored by the operator."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from chartspark_api.base import ApiModel, ColumnName, DnsLabel, Line, Seed

MAX_INLINE_BYTES = 131_072
"""The most inline data that one job may hold: the request must fit a ConfigMap, and etcd's pages."""


class ChartType(StrEnum):
    """The kinds of chart."""

    BAR = "Bar"


class Embed(StrEnum):
    """Where the generated element goes."""

    FOREGROUND = "Foreground"
    """The element becomes the marks."""


class Orientation(StrEnum):
    """The way the bars of a bar chart run."""

    VERTICAL = "Vertical"
    HORIZONTAL = "Horizontal"


class ChartData(ApiModel):
    """Where a chart's table comes from."""

    csv: Annotated[str, Field(min_length=3, max_length=MAX_INLINE_BYTES)]
    """The table itself, as comma-separated values with a header line."""


class Chart(ApiModel):
    """A table, a sentence about it, and how the two are to be drawn."""

    name: DnsLabel
    """The chart's name, unique in the job. It names the folder of the chart's results."""
    title: Line
    """The title that is drawn. Where no subject is given, the subject is taken from it."""
    subtitle: Line | None = None
    """A second line under the title, for instance the unit of the values."""
    source: Line | None = None
    """A line at the bottom that says where the data come from."""
    type: ChartType = ChartType.BAR
    """The kind of chart."""
    orientation: Orientation | None = None
    """The way the bars run. Left out, they run the way that suits the labels' length."""
    data: ChartData
    """The chart's table."""
    x: Annotated[ColumnName, Field(alias="xColumn")]
    """The column that names the marks."""
    # Not called y: YAML 1.1, which kubectl reads, takes a plain y for true.
    y: Annotated[ColumnName, Field(alias="yColumn")]
    """The column that measures the marks. Its values are numbers of zero or more."""
    subject: Line | None = None
    """What the marks are made of, in plain words, for instance coffee beans. Left out, it is taken from the title."""
    style: Annotated[str, Field(min_length=1, max_length=100)] = "flat"
    """The style of the picture, in plain words; it goes into the prompt."""
    embed: Embed = Embed.FOREGROUND
    """Where the generated element goes: Foreground makes the marks of it."""
    candidates: Annotated[int, Field(ge=1, le=16)] = 4
    """How many elements are made. Each is scored as a chart, and the best is kept."""
    seed: Seed | None = None
    """The start of the random sequence: the same seed and request give the same picture. Left out, it is drawn once and recorded in the results."""
    width: Annotated[int, Field(ge=320, le=4096)] = 1200
    """The chart's width, in pixels."""
    height: Annotated[int, Field(ge=240, le=4096)] = 800
    """The chart's height, in pixels."""
