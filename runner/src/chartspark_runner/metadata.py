"""What lies beside a chart: metadata.json and the files it lists. Pure; called by `run`, read by `index` and `verify`."""

import hashlib
import platform
from collections.abc import Collection
from dataclasses import asdict
from importlib.metadata import version

from chartspark_api.charts import Chart
from chartspark_api.model import Sampling
from chartspark_api.spec import Format

from chartspark_runner.coverage import too_little
from chartspark_runner.element import Cast
from chartspark_runner.painter import About
from chartspark_runner.picture import png
from chartspark_runner.pipeline import Candidate, MadeChart
from chartspark_runner.score import MarkReading, Scores
from chartspark_runner.words import Words

SCHEMA_VERSION = 1
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
    files: dict[str, bytes],
    peak_bytes: int,
    peak_gpu_bytes: int,
) -> dict[str, object]:
    """Return the metadata of a chart as it is stored."""
    chart, best = made.planned.chart, made.best
    return {
        "schemaVersion": SCHEMA_VERSION,
        "chart": chart.name,
        "type": chart.type.value,
        "title": chart.title,
        "width": chart.width,
        "height": chart.height,
        "seed": made.seed,
        "inputDigest": input_digest(chart, sampling),
        "subject": ", ".join(words.subject for words in made.words),
        "words": [_words_object(words) for words in made.words],
        "prompts": {
            "prompts": [words.prompt for words in made.words],
            "negativePrompt": sampling.negative_prompt,
        },
        "elements": [dict(notes) for notes in best.notes],
        "candidates": chart.candidates,
        "ranking": [_ranked_object(candidate) for candidate in made.ranked],
        "models": [{"name": about.model, "path": f.path, "sha256": f.sha256} for f in about.files],
        "revision": about.revision,
        "device": about.device,
        "dtype": about.dtype,
        "threads": about.threads,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
        "timings": made.timings
        | {"total": round(sum(made.timings.values()) - made.timings["generateStep"], 4)},
        "peakMemoryBytes": peak_bytes,
        "peakGpuMemoryBytes": peak_gpu_bytes,
        "warnings": [
            *(warning for words in made.words for warning in words.warnings),
            *made.unread,
            *best.warnings,
            *too_little(best.coverage),
            *made.unusable,
            *_below_minimum(chart, best.scores),
        ],
        "minScorePercent": chart.min_score_percent,
        "files": {name: f"sha256:{hashlib.sha256(data).hexdigest()}" for name, data in files.items()},
        "scores": scores_object(best.scores),
        "marks": marks_object(best.scores),
    }


def percent(total: float) -> int:
    """Return a score in whole percent, as it is told and compared with minScorePercent."""
    return round(total * 100)


def _below_minimum(chart: Chart, scores: Scores) -> list[str]:
    if percent(scores.total) >= chart.min_score_percent:
        return []
    return [f"it scores {percent(scores.total)} %, and minScorePercent is {chart.min_score_percent}"]


def _ranked_object(candidate: Candidate) -> dict[str, object]:
    return {
        "number": candidate.number,
        "quality": round(candidate.cast.quality, 4),
        "coverage": None if candidate.coverage is None else round(candidate.coverage, 4),
        "scores": scores_object(candidate.scores),
    }


def _element_files(cast: Cast) -> dict[str, bytes]:
    """Return element.png, and element-1.png and so on where a chart is made of several."""
    different = list({id(element): element for element in cast.elements}.values())
    return {
        f"element-{i}.png" if i else "element.png": png(element.pixels) for i, element in enumerate(different)
    }


def _words_object(words: Words) -> dict[str, object]:
    return {
        "subject": words.subject,
        "source": words.source,
        "keywords": [{"word": word, "similarity": likeness} for word, likeness in words.keywords],
    }


def scores_object(scores: Scores) -> dict[str, float | None]:
    """Return the scores as they are stored. What is not measured is null."""
    return {
        "total": round(scores.total, 4),
        "dataAccuracy": round(scores.data_accuracy, 4),
        "worstMark": round(scores.worst_mark, 4),
        "contrast": round(scores.contrast, 2),
        "legibility": None,
        "textImage": None,
    }


def marks_object(scores: Scores) -> list[dict[str, object]]:
    """Return the marks as they are stored."""
    return [_mark_object(mark) for mark in scores.marks]


def _mark_object(mark: MarkReading) -> dict[str, object]:
    """Return a mark; its channel where the chart's marks have several."""
    fields = asdict(mark)
    return fields if mark.channel else {name: fields[name] for name in fields if name != "channel"}
