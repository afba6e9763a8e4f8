"""Looks at a results folder again: what lies there, does it say what its metadata claim? Called by `cli`; changes nothing."""

import hashlib
from pathlib import Path

from chartspark_api.job import ChartSparkJob
from chartspark_api.metadata import ChartMetadata

from chartspark_runner.check import PlannedChart, plan_chart
from chartspark_runner.errors import BadRequest
from chartspark_runner.metadata import score_card
from chartspark_runner.picture import Pixels, open_picture
from chartspark_runner.read import read_request
from chartspark_runner.reading import Reading
from chartspark_runner.score import Scores, score


def score_picture(planned: PlannedChart, picture: Pixels) -> tuple[Reading, Scores]:
    """Return what a picture says and how true that is.

    Raises:
        BadRequest: The picture has not the chart's size.
    """
    due_width, due_height = planned.drawing.size
    height, width = picture.shape[:2]
    if (width, height) != (due_width, due_height):
        raise BadRequest(
            f"the picture is {width}x{height} pixels, and the chart {planned.chart.name} is {due_width}x{due_height}"
        )
    reading = planned.drawing.decode(picture)
    return reading, score(planned.drawing.expected, reading)


def read_picture(file: Path) -> Pixels:
    """Return the picture in a file.

    Raises:
        BadRequest: It cannot be read.
    """
    try:
        return open_picture(file)
    except OSError as error:
        raise BadRequest(f"{file}: cannot be read as a picture: {error}") from error


def verify_results(folder: Path) -> list[str]:
    """Return what is wrong with the published charts in a results folder; nothing, if all is well."""
    job = read_request(folder / "job.json")
    return [fault for chart in _published(job, folder) for fault in _verify_chart(job, folder, chart)]


def _published(job: ChartSparkJob, folder: Path) -> list[str]:
    return [chart.name for chart in job.spec.charts if (folder / chart.name).is_dir()]


def _verify_chart(job: ChartSparkJob, folder: Path, name: str) -> list[str]:
    try:
        metadata = ChartMetadata.model_validate_json((folder / name / "metadata.json").read_bytes())
        files = metadata.files
        faults = [
            f"{name}/{file}: {fault}"
            for file, told in files.items()
            if (fault := _differs(folder / name / file, told))
        ]
        if "chart.png" not in files:
            # Only pixels can be read back.
            return faults
        planned = next(plan_chart(chart) for chart in job.spec.charts if chart.name == name)
        _, scores = score_picture(planned, read_picture(folder / name / "chart.png"))
    except (OSError, ValueError, BadRequest) as error:
        return [f"{name}: cannot be verified: {error}"]
    # How near pictures are to words takes the model and the elements that they were compared with.
    if (found := score_card(scores, metadata.scores.text_image)) != metadata.scores:
        faults.append(f"{name}: the metadata say {metadata.scores}, and the picture scores {found}")
    return faults


def _differs(file: Path, told: str) -> str | None:
    if not file.is_file():
        return "is missing"
    found = f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
    return None if found == told else f"has changed: {told} was published, and it is {found}"
