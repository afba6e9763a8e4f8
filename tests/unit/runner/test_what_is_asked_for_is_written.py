import json
import os
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from chartspark_api.spec import Archive
from chartspark_runner.archive import write_archive
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


@pytest.mark.parametrize("kind", ["TarGz", "Zip"])
def test_an_archive_holds_every_result(tmp_path: Path, kind: str) -> None:
    output = {"claimName": "c", "archive": kind}
    asked = job(chart_object(), chart_object(name="bad", y="none"), output=output)
    run_share(asked, asked.spec.charts, means(tmp_path, BallPainter()))
    name = json.loads((tmp_path / "index.json").read_text())["archive"]
    assert name in (tmp_path / "index.html").read_text()
    shutil.unpack_archive(tmp_path / name, tmp_path / "unpacked", filter="data" if kind == "TarGz" else None)
    unpacked = files_of(tmp_path / "unpacked" / "job")
    assert unpacked == files_of(tmp_path, "things", "index.html", "index.json", "job.json")


@pytest.mark.parametrize("kind", list(Archive)[1:])
def test_the_same_results_give_the_same_archive(tmp_path: Path, kind: Archive) -> None:
    packed = []
    for time in (1e9, 1.5e9):
        for name in ("index.html", "index.json", "job.json", "things/chart.png"):
            file = tmp_path / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(name)
            os.utime(file, (time, time))
        stream = BytesIO()
        write_archive(kind, tmp_path, ["things"], "job", stream)
        packed.append(stream.getvalue())
    assert packed[0] == packed[1]


def test_an_archive_waits_for_the_last_pod(tmp_path: Path) -> None:
    output = {"claimName": "c", "archive": "Zip"}
    asked = job(chart_object(), chart_object(name="more"), output=output)
    run_share(asked, asked.spec.charts[:1], means(tmp_path, BallPainter()))
    assert not (tmp_path / "results.zip").exists()
    assert "results.zip" not in (tmp_path / "index.html").read_text()
    run_share(asked, asked.spec.charts[1:], means(tmp_path, BallPainter(), "pod-2"))
    with zipfile.ZipFile(tmp_path / "results.zip") as packed:
        assert {"job/things/chart.png", "job/more/chart.png"} <= set(packed.namelist())


def test_an_archive_is_packed_anew_by_who_comes_later(tmp_path: Path) -> None:
    asked = job(output={"claimName": "c", "archive": "Zip"})
    run_share(asked, asked.spec.charts, means(tmp_path, BallPainter()))
    whole = (tmp_path / "results.zip").read_bytes()
    (tmp_path / "results.zip").write_bytes(b"of a round before")
    run_share(asked, asked.spec.charts, means(tmp_path, BallPainter(), "pod-2"))
    assert (tmp_path / "results.zip").read_bytes() == whole


def files_of(folder: Path, *names: str) -> dict[str, bytes]:
    """What the files below a folder hold, or below some parts of it."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and (not names or file.relative_to(folder).parts[0] in names)
    }
