"""A chart as a user asks for it. Part of `spec`; read by the runner, stored by the operator."""

from enum import StrEnum
from typing import Annotated, NamedTuple, Self

from pydantic import ConfigDict, Field, JsonValue, model_validator

from chartspark_api.base import (
    ATOMIC_LIST,
    LABEL,
    ApiModel,
    ColumnName,
    DnsLabel,
    DnsSubdomain,
    Line,
    ScorePercent,
    Seed,
)
from chartspark_api.cel import RULES, rule, spelled
from chartspark_api.colours import MOST_SERIES, MarkColour
from chartspark_api.spelling import Locale, NumberFormat

MAX_INLINE_BYTES = 131_072
"""The most inline data that one job may hold: the request must fit a ConfigMap, and etcd's pages."""

LONGEST_SIDE = 4096
"""Of a chart, in pixels."""


class ChartType(StrEnum):
    """The kinds of chart."""

    BAR = "Bar"
    LINE = "Line"
    """How values change along numbers, dates or an order; one line for each series."""
    AREA = "Area"
    """As Line, with what lies under it filled; several series are stacked."""
    PIE = "Pie"
    """Parts of a whole: up to six rows."""
    SCATTER = "Scatter"
    """How two amounts go together: a point for each row."""


class Embed(StrEnum):
    """Where the generated element goes."""

    FOREGROUND = "Foreground"
    """The element becomes the marks."""
    BACKGROUND = "Background"
    """The marks are plain, and the element makes a pale scene behind them."""


class Conditioning(StrEnum):
    """How the model is told of the chart."""

    UNCONDITIONAL = "Unconditional"
    """It is not: it makes elements by themselves, which are laid into the marks or behind them."""
    CONDITIONAL = "Conditional"
    """It paints into the marks of the drawn chart, or around them: by inpainting, or by image-to-image where its family has none."""


class Orientation(StrEnum):
    """The way the bars of a bar chart run."""

    VERTICAL = "Vertical"
    HORIZONTAL = "Horizontal"


class Stacking(StrEnum):
    """How the bars of several series share a place."""

    GROUPED = "Grouped"
    """Side by side."""
    STACKED = "Stacked"
    """One on the other, so that the whole can be read too."""


class Sort(StrEnum):
    """The order of bars or sectors by their values; of several series, by their sums."""

    ASCENDING = "Ascending"
    DESCENDING = "Descending"


class ConfigMapKey(ApiModel):
    """A key of a ConfigMap in the job's namespace."""

    name: DnsSubdomain
    """The ConfigMap's name."""
    key: Annotated[str, Field(min_length=1, max_length=253, pattern=r"^[-._a-zA-Z0-9]+$")]
    """The key, for instance sales.csv."""


class _Option(NamedTuple):
    """A field that some chart types alone have."""

    name: str
    written: str
    types: tuple[ChartType, ...]

    @property
    def sentence(self) -> str:
        return f"{self.written} is for charts of type {' or '.join(self.types)}; leave it out here"

    @property
    def cel(self) -> dict[str, JsonValue]:
        names = ", ".join(f"'{kind}'" for kind in self.types)
        return rule(f"!has(self.{self.written}) || self.type in [{names}]", self.sentence)


_OPTIONS = (
    _Option("orientation", "orientation", (ChartType.BAR,)),
    _Option("series", "seriesColumn", (ChartType.BAR, ChartType.LINE, ChartType.AREA)),
    _Option("stacking", "stacking", (ChartType.BAR,)),
    _Option("sort", "sort", (ChartType.BAR, ChartType.PIE)),
    _Option("top", "top", (ChartType.BAR, ChartType.PIE)),
    _Option("donut", "donut", (ChartType.PIE,)),
    _Option("other", "otherLabel", (ChartType.PIE,)),
    _Option("size", "sizeColumn", (ChartType.SCATTER,)),
    _Option("label", "labelColumn", (ChartType.SCATTER,)),
)

_KEEP_WHAT_IS_MADE = (
    "keep can be at most candidates: no more charts are made; ask for more candidates, or keep fewer"
)

_NO_SCENE_WITHOUT_PAPER = (
    "a transparent chart has no paper for a scene: leave transparent out, or embed in the Foreground"
)

_NO_REST = "otherLabel names the sector of what top leaves over: set top as well, or leave otherLabel out"

_ONE_COLOUR = "a palette of several colours is for a chart of several series, or a pie: name one colour, or a seriesColumn"

_ONE_SOURCE = "name exactly one source of the table: csv or configMapKeyRef"


class ChartData(ApiModel):
    """Where a chart's table comes from: exactly one source."""

    model_config = ConfigDict(
        json_schema_extra={RULES: [rule("has(self.csv) != has(self.configMapKeyRef)", _ONE_SOURCE)]}
    )

    csv: Annotated[str, Field(min_length=3, max_length=MAX_INLINE_BYTES)] | None = None
    """The table itself, as comma-separated values with a header line."""
    config_map_key_ref: ConfigMapKey | None = None
    """A ConfigMap's key that holds the table, as csv would. It is read once, when the first attempt begins; a job whose ConfigMap is not there waits for it."""

    @model_validator(mode="after")
    def _refuse_two_sources_and_none(self) -> Self:
        if (self.csv is None) == (self.config_map_key_ref is None):
            raise ValueError(_ONE_SOURCE)
        return self


class Chart(ApiModel):
    """A table, a sentence about it, and how the two are to be drawn."""

    model_config = ConfigDict(
        json_schema_extra={
            RULES: [
                *(option.cel for option in _OPTIONS),
                rule("self.keep <= self.candidates", _KEEP_WHAT_IS_MADE),
                rule(
                    "!has(self.palette) || size(self.palette) == 1 || has(self.seriesColumn) || self.type == 'Pie'",
                    _ONE_COLOUR,
                ),
                rule("!has(self.otherLabel) || has(self.top)", _NO_REST),
                rule("!self.transparent || self.embed == 'Foreground'", _NO_SCENE_WITHOUT_PAPER),
            ]
        }
    )

    name: Annotated[
        DnsLabel,
        Field(
            json_schema_extra=spelled(
                LABEL, "write lower-case letters, digits and inner hyphens, for instance sales-2024"
            )
        ),
    ]
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
    size: Annotated[ColumnName | None, Field(alias="sizeColumn")] = None
    """The column that sizes the points of a scatter chart, by their areas: numbers of zero or more. Left out, all are alike."""
    label: Annotated[ColumnName | None, Field(alias="labelColumn")] = None
    """The column that names the points of a scatter chart. A name is drawn where it has room."""
    donut: bool | None = None
    """Whether a pie has a hole, in which its total stands."""
    data: ChartData
    """The chart's table."""
    x: Annotated[ColumnName, Field(alias="xColumn")]
    """The column that names the marks."""
    # Not called y: YAML 1.1, which kubectl reads, takes a plain y for true.
    y: Annotated[ColumnName, Field(alias="yColumn")]
    """The column that measures the marks: numbers with a point and no unit. In a line, an empty cell is a gap."""
    series: Annotated[ColumnName | None, Field(alias="seriesColumn")] = None
    """The column that names the series, where the table holds several: one row for each mark of each series. Each series gets an element of its own where the subject names a column."""
    stacking: Stacking | None = None
    """How the bars of several series share a place. Left out, they stand side by side."""
    sort: Sort | None = None
    """The order of the bars or sectors. Left out, the table's order."""
    top: Annotated[int, Field(ge=1, le=1000)] | None = None
    """How many bars or sectors are shown: those with the largest values. In a pie the rest becomes one more sector. Left out, all."""
    other: Annotated[Line | None, Field(alias="otherLabel")] = None
    """What the sector of a pie's rest is called. Left out, Other in English, and … in every other locale."""
    subject: Line | None = None
    """What the marks are made of, in plain words, for instance coffee beans. A column in braces stands for its cell in each row: {fruit}. Left out, it is taken from the title."""
    style: Annotated[str, Field(min_length=1, max_length=100)] = "flat"
    """The style of the picture, in plain words. It goes into the prompt of a diffusion model; Icons knows flat, noto, twemoji, emojitwo, glyph, line and duotone, and takes the first of them that is named, or else flat."""
    palette: (
        Annotated[
            tuple[MarkColour, ...],
            Field(min_length=1, max_length=MOST_SERIES, json_schema_extra=ATOMIC_LIST),
        ]
        | None
    ) = None
    """The colours of the marks, in quotes, for instance ["#b5532a", "#2a7fb5"]: one for all, or one for each series, or for each sector of a pie, in the order in which they are drawn. Of one colour a pie has lighter and darker tints, so that sectors can be told apart. What is generated is drawn in light and dark shades of its colour. Edges, axes and letters keep theirs. Left out, elements keep their own colours."""
    embed: Embed = Embed.FOREGROUND
    """Where the generated element goes: Foreground makes the marks of it, Background a pale scene behind plain marks."""
    conditioning: Conditioning = Conditioning.UNCONDITIONAL
    """How the model is told of the chart. Conditional takes a model from a claim that can inpaint: its texture fills the marks, or with embed Background the sheet around them."""
    candidates: Annotated[int, Field(ge=1, le=16)] = 4
    """How many elements are made. Each is scored as a chart, and the best is published as chart.png and chart.svg."""
    keep: Annotated[int, Field(ge=1, le=16)] = 1
    """How many of the candidates' charts are kept, by rank: the second best lies in candidates/2, and so on."""
    min_score_percent: ScorePercent = 90
    """The score that the chart should reach. Below it the chart is published all the same, and status, index and metadata say so."""
    min_text_image_percent: Annotated[int, Field(ge=1, le=100)] | None = None
    """How near the picture should be to its words, in percent of scores.textImage, as model.textImageModel measures it: CLIP models differ, so that it has to be found by trial. Below it others are made once from other seeds; if the chart is still below, it is published all the same, and its metadata say so. Left out, the measure ranks candidates, and no others are made for it."""
    number_format: NumberFormat | None = None
    """How amounts are spelled. Left out, in full below a million and abbreviated from there on."""
    locale: Locale | None = None
    """The language, and where it matters the script or the country, whose numbers and dates the chart has: de, pt-BR, zh-Hant. Texts are drawn as they are given. Left out, English with days before months."""
    seed: Seed | None = None
    """The start of the random sequence: the same seed and request give the same picture. Left out, it is drawn once and recorded in the results."""
    transparent: bool = False
    """Whether the finished chart comes without its paper, to be laid on another light one. It is read back as it looks on white."""
    width: Annotated[int, Field(ge=320, le=LONGEST_SIDE)] = 1200
    """The chart's width, in pixels."""
    height: Annotated[int, Field(ge=240, le=LONGEST_SIDE)] = 800
    """The chart's height, in pixels."""

    @model_validator(mode="after")
    def _refuse_to_keep_what_is_not_made(self) -> Self:
        if self.keep > self.candidates:
            raise ValueError(_KEEP_WHAT_IS_MADE)
        return self

    @model_validator(mode="after")
    def _refuse_a_scene_without_paper(self) -> Self:
        if self.transparent and self.embed is not Embed.FOREGROUND:
            raise ValueError(_NO_SCENE_WITHOUT_PAPER)
        return self

    @model_validator(mode="after")
    def _refuse_to_name_no_rest(self) -> Self:
        if self.other is not None and self.top is None:
            raise ValueError(_NO_REST)
        return self

    @model_validator(mode="after")
    def _refuse_colours_for_one_series(self) -> Self:
        if len(self.palette or ()) > 1 and self.series is None and self.type is not ChartType.PIE:
            raise ValueError(_ONE_COLOUR)
        return self

    @model_validator(mode="after")
    def _refuse_options_of_other_types(self) -> Self:
        for option in _OPTIONS:
            if getattr(self, option.name) is not None and self.type not in option.types:
                raise ValueError(option.sentence)
        return self
