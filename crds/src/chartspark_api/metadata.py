"""What the runner writes beside each chart, as metadata.json: where the picture comes from, and how true it is.

Written and read by the runner; whoever publishes a chart finds in it whom to name. Its JSON Schema is rendered
from here. Shares, scores and seconds are floating-point numbers: this is no Kubernetes object.
"""

from enum import StrEnum
from typing import Literal

from pydantic import ConfigDict, JsonValue

from chartspark_api.base import ObservedModel, ScorePercent, Seed
from chartspark_api.charts import ChartType


class NearMiss(ObservedModel):
    """An icon that came near the subject, and was not taken."""

    icon: str
    """What it shows."""
    likeness: float
    """How near its meaning is to the subject's, from 0 to 1."""


class Icon(ObservedModel):
    """An icon of the library, and whom it is by."""

    icon: str
    """What it shows."""
    likeness: float
    """How near its meaning is to the subject's, from 0 to 1."""
    set: str
    """Its set, and the set's version."""
    author: str
    licence: str
    """The set's licence, by its SPDX identifier."""
    url: str
    """Where the set is published."""
    attribution: str
    """The sentence that names what licences ask for. Publish it with the chart."""
    near_misses: tuple[NearMiss, ...] = ()
    """The next best, the nearest first."""


class Origin(ObservedModel):
    """Where an element comes from, as its painter tells it."""

    icon: Icon | None = None
    """The icon of the library that it is, or that its model began with. Left out for a model that draws from words alone."""
    strength: float | None = None
    """How far the model could depart from the icon: from 0, not at all, to 1."""
    batch_size: int | None = None
    """How many pictures were drawn at once: others give other bytes."""
    memory: str | None = None
    """How the model was laid into memory: other ways give other bytes."""


class DrawnElement(Origin):
    """What some of the marks are made of."""

    subject: str
    """What was asked for."""


class Keyword(ObservedModel):
    """A phrase of the title."""

    word: str
    similarity: float
    """Its likeness to the whole title, from 0 to 1."""


class ChosenWords(ObservedModel):
    """A subject, and why it is this one."""

    subject: str
    source: Literal["spec", "title"]
    """Whether the chart names it, or its title was searched."""
    keywords: tuple[Keyword, ...]
    """The phrases of the title that were considered, the best first."""


class Prompts(ObservedModel):
    """What a diffusion model was asked for."""

    prompts: tuple[str, ...]
    """One for each subject."""
    negative_prompt: str


class ScoreCard(ObservedModel):
    """How true a picture is. The page about scores has each formula."""

    total: float
    """From 0 to 1."""
    data_accuracy: float
    """From 0 to 1."""
    worst_mark: float
    """The largest relative error of a mark; 0 is best."""
    contrast: float
    """The least contrast ratio between data edges and paper, 1 to 21."""
    legibility: float | None = None
    """Null where it was not measured."""
    text_image: float | None = None
    """How near the picture is to its words, by CLIPScore: from 0 to 2.5, of several pictures the least. Null where no model compares them."""


class MarkRead(ObservedModel):
    """A value as it should be, and as it was read off the picture."""

    x: str
    """What tells the mark from others."""
    channel: Literal["", "x", "y", "size", "share"] = ""
    """What of the mark is measured, where it is not its only amount."""
    expected: float
    read: float | None
    """Null where nothing was found."""
    error: float
    """Relative; 1 where nothing was found."""


class Remedy(StrEnum):
    """What was done to try a chart once more."""

    HALO = "Halo"
    """Paper was to part data edges from elements."""
    CLOSER = "Closer"
    """Elements were to lie closer."""
    NEW_SEED = "NewSeed"
    """Other candidates were made from other seeds."""


class Cause(StrEnum):
    """What a chart's best candidate lacked."""

    LOW_CONTRAST = "LowContrast"
    """Its elements hid its data edges."""
    LOW_COVERAGE = "LowCoverage"
    """Its elements covered too little of its marks."""
    NOTHING_USABLE = "NothingUsable"
    """There was none: nothing could be cut out of the pictures."""
    LOW_SCORE = "LowScore"
    """It did not reach minScorePercent."""
    LOW_SIMILARITY = "LowSimilarity"
    """Its picture did not reach minTextImagePercent."""


class SecondTry(ObservedModel):
    """A remedy that was tried."""

    remedy: Remedy
    causes: tuple[Cause, ...]
    """Why: what was lacking then that this might mend."""
    kept: bool
    """Whether the published picture is one that it changed or made."""


class RankedCandidate(ObservedModel):
    """A candidate that is kept, the best first."""

    number: int
    """Which of the candidates it was, from 0."""
    quality: float
    """Of its worst element, from 0 to 1."""
    coverage: float | None
    """The share of the marks' pixels that elements cover. Null where elements are not the marks."""
    edge_contrast: float | None
    """The middle contrast ratio between data edges and what lies beside them in their marks. Null where no halo could mend it."""
    scores: ScoreCard


class WeightFile(ObservedModel):
    """A file of a model that was used."""

    name: str
    """The model."""
    path: str
    """Of the file, below the model's folder."""
    sha256: str


class ChartMetadata(ObservedModel):
    """All that is known of a published chart."""

    model_config = ConfigDict(json_schema_extra={"$schema": "https://json-schema.org/draft/2020-12/schema"})

    schema_version: Literal[1] = 1
    chart: str
    """The chart's name in its job."""
    type: ChartType
    title: str
    alternative: str
    """What the chart says, for those who cannot see it. It is the SVG's description, too."""
    width: int
    """In pixels."""
    height: int
    """In pixels."""
    palette: tuple[str, ...]
    """The colours that its maker named. None where elements kept their own."""
    seed: Seed
    """The same seed, request, model, image and thread count give the same picture."""
    input_digest: str
    """Of all that decides on the picture, but for its seed and the model."""
    subject: str
    """All subjects, with commas."""
    words: tuple[ChosenWords, ...]
    """Each different subject once."""
    prompts: Prompts
    elements: tuple[DrawnElement, ...]
    """What the marks are made of: one for each subject."""
    candidates: int
    """How many were made."""
    ranking: tuple[RankedCandidate, ...]
    """Those that are kept."""
    second_tries: tuple[SecondTry, ...]
    """What was tried once more, in order."""
    models: tuple[WeightFile, ...]
    revision: str | None
    """The model's, where its folder tells one."""
    device: str
    dtype: str | None
    """What the model computes with, where that is a choice."""
    threads: int
    versions: dict[str, str]
    """Of Python and the libraries."""
    timings: dict[str, float]
    """Seconds by step, in total, and for each denoising step."""
    peak_memory_bytes: int
    peak_gpu_memory_bytes: int
    warnings: tuple[str, ...]
    """What a reader should know, in sentences."""
    min_score_percent: ScorePercent
    """What the request asked for. A chart that scores less is published all the same."""
    files: dict[str, str]
    """The digest of every other file of the chart, by its path."""
    scores: ScoreCard
    """Of chart.png."""
    marks: tuple[MarkRead, ...]
    """Every value of the best candidate."""


def metadata_schema() -> dict[str, JsonValue]:
    """Return the JSON Schema of metadata.json."""
    schema: dict[str, JsonValue] = ChartMetadata.model_json_schema(mode="serialization")
    return schema
