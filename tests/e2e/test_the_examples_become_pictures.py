"""Each example, applied as a user applies it, with what a user may expect beside it."""

import json
from pathlib import Path

import pytest
import yaml
from chartspark_api.reasons import Reason
from e2e_support import Jobs

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
FILES = {"chart.png", "chart.svg", "element.png", "plain.png", "overlay.png", "metadata.json"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_ends_complete_with_every_file_and_a_true_score(jobs: Jobs, path: Path) -> None:
    document = yaml.safe_load(path.read_text())
    jobs.apply(document)
    job = jobs.wait(path.stem, "Complete")
    assert job.status is not None
    assert job.status.reason is Reason.COMPLETE
    assert job.status.results is not None
    assert {best.chart for best in job.status.results.best} == {chart.name for chart in job.spec.charts}
    index = json.loads(jobs.storage.run("cat", f"{jobs.results(job)}/index.json"))
    assert {entry["chart"] for entry in index["charts"]} == {chart.name for chart in job.spec.charts}
    for chart in job.spec.charts:
        folder = f"{jobs.results(job)}/{chart.name}"
        assert set(jobs.storage.run("ls", folder).split()) >= FILES
        metadata = json.loads(jobs.storage.run("cat", f"{folder}/metadata.json"))
        assert metadata["scores"]["total"] >= 0.9
        assert metadata["scores"]["worstMark"] <= 0.05
