"""What lies beside a chart: metadata.json and the files it lists. Pure; called by `run`, read by `index` and `verify`."""

import hashlib
import platform
from dataclasses import asdict
from importlib.metadata import version

from chartspark_api.charts import Chart
from chartspark_api.spec import Sampling

from chartspark_runner.painter import About
from chartspark_runner.picture import png
from chartspark_runner.pipeline import MadeChart
from chartspark_runner.score import Scores

SCHEMA_VERSION = 1
_LIBRARIES = ("chartspark-runner", "diffusers", "matplotlib", "numpy", "pillow", "torch", "transformers")


def chart_files(made: MadeChart) -> dict[str, bytes]:
    """Return the files of a chart by name, all but metadata.json."""
    masks = {f"masks/{i}.png": mask for i, mask in enumerate(made.masks)}
    return {
        "chart.png": png(made.best.picture),
        "chart.svg": made.svg,
        "element.png": png(made.best.element.pixels),
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
    chart, words, best = made.planned.chart, made.words, made.best
    return {
        "schemaVersion": SCHEMA_VERSION,
        "chart": chart.name,
        "type": chart.type.value,
        "title": chart.title,
        "width": chart.width,
        "height": chart.height,
        "seed": made.seed,
        "inputDigest": input_digest(chart, sampling),
        "subject": words.subject,
        "words": {
            "subject": words.subject,
            "source": words.source,
            "keywords": [{"word": word, "similarity": likeness} for word, likeness in words.keywords],
        },
        "prompts": {"prompt": words.prompt, "negativePrompt": sampling.negative_prompt},
        "candidates": chart.candidates,
        "candidate": {"number": best.number, "quality": round(best.element.quality, 4)},
        "models": [{"name": about.model, "path": f.path, "sha256": f.sha256} for f in about.files],
        "device": about.device,
        "threads": about.threads,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
        "timings": made.timings
        | {"total": round(sum(made.timings.values()) - made.timings["generateStep"], 4)},
        "peakMemoryBytes": peak_bytes,
        "peakGpuMemoryBytes": peak_gpu_bytes,
        "warnings": [*words.warnings, *best.warnings, *made.unusable],
        "files": {name: f"sha256:{hashlib.sha256(data).hexdigest()}" for name, data in files.items()},
        "scores": scores_object(best.scores),
        "marks": marks_object(best.scores),
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
    return [asdict(mark) for mark in scores.marks]
