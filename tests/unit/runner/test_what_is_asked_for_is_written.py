import json
from pathlib import Path

import pytest
from chartspark_runner.errors import BadRequest
from chartspark_runner.run import run_share
from chartspark_runner.verify import verify_results
from runner_builders import BallPainter, chart_object, job, means

PNG_ALONE = {"claimName": "c", "formats": ["PNG"]}
SVG_ALONE = {"claimName": "c", "formats": ["SVG"]}


def made(folder: Path, **fields: object) -> dict[str, object]:
    """The metadata of a chart with these fields."""
    asked = job(chart_object(**fields))
    run_share(asked, asked.spec.charts, means(folder, BallPainter()))
    return dict(json.loads((folder / "things" / "metadata.json").read_text()))


def test_as_many_candidates_are_kept_as_asked_for_best_first(tmp_path: Path) -> None:
    metadata = made(tmp_path, candidates=4, keep=3)
    assert {str(file.relative_to(tmp_path / "things")) for file in tmp_path.rglob("candidates/*/*")} == {
        f"candidates/{rank}/chart.{ending}" for rank in (2, 3) for ending in ("png", "svg")
    }
    ranking = metadata["ranking"]
    assert isinstance(ranking, list)
    assert len({one["number"] for one in ranking}) == 3
    assert ranking[0]["scores"] == metadata["scores"]
    pictures = [
        tmp_path / "things" / name
        for name in ("chart.png", "candidates/2/chart.png", "candidates/3/chart.png")
    ]
    assert len({file.read_bytes() for file in pictures}) == 3
    assert verify_results(tmp_path) == []


def test_one_candidate_is_kept_where_nothing_is_said(tmp_path: Path) -> None:
    made(tmp_path, candidates=4)
    assert not list(tmp_path.rglob("candidates"))


@pytest.mark.parametrize(
    ("output", "written"), [(PNG_ALONE, "chart.png"), (SVG_ALONE, "chart.svg")], ids=["PNG", "SVG"]
)
def test_a_chart_is_written_as_what_was_asked_for(
    tmp_path: Path, output: dict[str, object], written: str
) -> None:
    asked = job(output=output)
    report = run_share(asked, asked.spec.charts, means(tmp_path, BallPainter()))
    assert [file.name for file in (tmp_path / "things").glob("chart.*")] == [written]
    assert report.best[0].file == f"things/{written}"
    page = (tmp_path / "index.html").read_text()
    assert f'src="things/{written}"' in page
    other = {"chart.png": "chart.svg", "chart.svg": "chart.png"}[written]
    assert other not in page
    assert verify_results(tmp_path) == []


def test_a_folder_does_not_mix_formats(tmp_path: Path) -> None:
    first, second = job(output=PNG_ALONE), job(output=SVG_ALONE)
    run_share(first, first.spec.charts, means(tmp_path, BallPainter()))
    with pytest.raises(BadRequest, match="another request"):
        run_share(second, second.spec.charts, means(tmp_path, BallPainter()))
