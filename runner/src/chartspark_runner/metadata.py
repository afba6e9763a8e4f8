"""What lies beside a chart: metadata.json and the files it lists. Pure; called by `run`, read by `index` and `verify`."""

import hashlib
import platform
from collections.abc import Collection
from dataclasses import asdict
from importlib.metadata import version

from chartspark_api.charts import Chart
from chartspark_api.metadata import (
    ChartMetadata,
    ChosenWords,
    Keyword,
    MarkRead,
    Prompts,
    RankedCandidate,
    ScoreCard,
    WeightFile,
)
from chartspark_api.model import Sampling
from chartspark_api.spec import Format

from chartspark_runner.candidates import Candidate
from chartspark_runner.coverage import too_little
from chartspark_runner.element import Cast
from chartspark_runner.painter import About
from chartspark_runner.picture import png
from chartspark_runner.pipeline import MadeChart
from chartspark_runner.score import Scores, percent
from chartspark_runner.words import Words

_LIBRARIES = ("chartspark-runner", "diffusers", "matplotlib", "numpy", "pillow", "torch", "transformers")


def chart_files(made: MadeChart, formats: Collection[Format]) -> dict[str, bytes]:
    """Return the files of a chart by name, all but metadata.json."""
    masks = {f"masks/{i}.png": mask for i, mask in enumerate(made.masks)}
    finished: dict[str, bytes] = {}
    for rank, (candidate, svg) in enumerate(zip(made.ranked, made.svgs, strict=True), 1):
        folder = "" if rank == 1 else f"candidates/{rank}/"
        if Format.PNG in formats:
            finished[f"{folder}chart.png"] = png(candidate.picture)
        if Format.SVG in formats:
            finished[f"{folder}chart.svg"] = svg
    return {
        **finished,
        **_element_files(made.best.cast),
        "plain.png": png(made.plain),
        "overlay.png": png(made.overlay),
        **masks,
    }


def input_digest(chart: Chart, sampling: Sampling) -> str:
    """Return the digest of what decides on a picture, but for its seed and the model."""
    text = chart.model_copy(update={"seed": None}).model_dump_json() + sampling.model_dump_json()
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def describe(  # noqa: PLR0913, PLR0917 - all that is known of a chart
    made: MadeChart,
    sampling: Sampling,
    about: About,
    compared_by: Collection[WeightFile],
    files: dict[str, bytes],
    peak_bytes: int,
    peak_gpu_bytes: int,
) -> ChartMetadata:
    """Return the metadata of a chart."""
    chart, best = made.planned.chart, made.best
    return ChartMetadata(
        chart=chart.name,
        type=chart.type,
        title=chart.title,
        alternative=made.planned.drawing.alternative,
        width=chart.width,
        height=chart.height,
        palette=chart.palette or (),
        seed=made.seed,
        input_digest=input_digest(chart, sampling),
        subject=", ".join(words.subject for words in made.words),
        words=tuple(_chosen(words) for words in made.words),
        prompts=Prompts(
            prompts=tuple(words.prompt for words in made.words), negative_prompt=sampling.negative_prompt
        ),
        elements=best.elements,
        candidates=chart.candidates,
        ranking=tuple(_ranked(candidate) for candidate in made.ranked),
        second_tries=made.second_tries,
        models=(
            *(WeightFile(name=about.model, path=f.path, sha256=f.sha256) for f in about.files),
            *compared_by,
        ),
        revision=about.revision,
        device=about.device,
        dtype=about.dtype,
        threads=about.threads,
        versions={"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
        timings=made.timings | {"total": round(sum(made.timings.values()) - made.timings["generateStep"], 4)},
        peak_memory_bytes=peak_bytes,
        peak_gpu_memory_bytes=peak_gpu_bytes,
        warnings=(
            *made.planned.advice,
            *(warning for words in made.words for warning in words.warnings),
            *made.unread,
            *best.draft.warnings,
            *too_little(best.coverage),
            *made.unusable,
            *_below_minimum(chart, best.scores),
            *_unlike(chart, best.text_image_percent),
        ),
        min_score_percent=chart.min_score_percent,
        files={name: f"sha256:{hashlib.sha256(data).hexdigest()}" for name, data in files.items()},
        scores=score_card(best.scores, best.text_image),
        marks=marks_read(best.scores),
    )


def _below_minimum(chart: Chart, scores: Scores) -> list[str]:
    if percent(scores.total) >= chart.min_score_percent:
        return []
    return [f"it scores {percent(scores.total)} %, and minScorePercent is {chart.min_score_percent}"]


def _unlike(chart: Chart, found: int | None) -> list[str]:
    least = chart.min_text_image_percent
    if found is None or least is None or found >= least:
        return []
    return [f"its picture is near its words by {found} %, and minTextImagePercent is {least}"]


def _ranked(candidate: Candidate) -> RankedCandidate:
    return RankedCandidate(
        number=candidate.number,
        quality=round(candidate.cast.quality, 4),
        coverage=None if candidate.coverage is None else round(candidate.coverage, 4),
        edge_contrast=None if candidate.parted is None else round(candidate.parted, 2),
        scores=score_card(candidate.scores, candidate.text_image),
    )


def _element_files(cast: Cast) -> dict[str, bytes]:
    """Return element.png, and element-1.png and so on where a chart is made of several."""
    different = list({id(element): element for element in cast.elements}.values())
    return {
        f"element-{i}.png" if i else "element.png": png(element.pixels) for i, element in enumerate(different)
    }


def _chosen(words: Words) -> ChosenWords:
    return ChosenWords(
        subject=words.subject,
        source=words.source,
        keywords=tuple(Keyword(word=word, similarity=likeness) for word, likeness in words.keywords),
    )


def score_card(scores: Scores, text_image: float | None) -> ScoreCard:
    """Return the scores as they are stored, with what no picture alone can tell."""
    return ScoreCard(
        total=round(scores.total, 4),
        data_accuracy=round(scores.data_accuracy, 4),
        worst_mark=round(scores.worst_mark, 4),
        contrast=round(scores.contrast, 2),
        text_image=None if text_image is None else round(text_image, 4),
    )


def marks_read(scores: Scores) -> tuple[MarkRead, ...]:
    """Return the marks as they are stored."""
    return tuple(MarkRead.model_validate(asdict(mark)) for mark in scores.marks)
