import json
from pathlib import Path

import pytest
from chartspark_api.reasons import Reason
from chartspark_runner.run import run_share
from chartspark_runner.score import Scores, percent
from runner_builders import BallPainter, chart_object, job, means

LOW = Scores(total=0.874, data_accuracy=0.95, worst_mark=0.03, contrast=9.0, marks=())


@pytest.mark.parametrize("minimum", [88, 87])
def test_report_index_and_metadata_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, minimum: int
) -> None:
    below = minimum > percent(LOW.total)
    monkeypatch.setattr("chartspark_runner.candidates.score", lambda *_: LOW)
    monkeypatch.setattr("chartspark_runner.pipeline.draw_overlay", lambda _, picture, __: picture)
    asked = job(chart_object(minScorePercent=minimum))
    report = run_share(asked, asked.spec.charts, means(tmp_path, BallPainter()))
    assert report.reason is Reason.COMPLETE
    assert (tmp_path / "things" / "chart.png").is_file()
    assert report.charts_below_minimum == int(below)
    assert report.best[0].below_minimum == (minimum if below else None)
    assert ("1 of them below minScorePercent" in report.message) is below
    metadata = json.loads((tmp_path / "things" / "metadata.json").read_text())
    assert metadata["minScorePercent"] == minimum
    assert ("it scores 87 %, and minScorePercent is 88" in metadata["warnings"]) is below
    assert ("below the 88" in (tmp_path / "index.html").read_text()) is below
    entry = json.loads((tmp_path / "index.json").read_text())["charts"][0]
    assert entry.get("belowMinimum") == (minimum if below else None)


def test_a_score_is_told_and_compared_as_the_same_whole_number() -> None:
    assert [percent(total) for total in (0.8949, 0.8951, 1.0)] == [89, 90, 100]
