"""The counts of `make crash` are worth as much as its eyes: here they are given what they have to see."""

import random
from pathlib import Path

import pytest
from chartspark_api.job import ChartSparkJob
from crash import CHARTS, Counts, Round, Watcher, request, snapshot


def publish(out: Path, chart: str = "c0", *files: str) -> Path:
    folder = out / chart
    folder.mkdir()
    for name in files or ("chart.png", "metadata.json"):
        (folder / name).write_text(name)
    return folder


def test_its_job_is_one_that_can_be_applied() -> None:
    assert len(ChartSparkJob.model_validate(request()).spec.charts) == CHARTS


def test_a_whole_folder_that_stays_is_all_right(tmp_path: Path) -> None:
    watcher = Watcher(tmp_path)
    publish(tmp_path)
    watcher.look()
    watcher.look()
    assert (watcher.half(), watcher.lost) == (set(), set())


def test_a_folder_that_fills_up_was_half_there(tmp_path: Path) -> None:
    watcher = Watcher(tmp_path)
    folder = publish(tmp_path, "c0", "chart.png")
    watcher.look()
    (folder / "metadata.json").touch()
    watcher.look()
    assert watcher.half() == {"c0 had 1 files at first"}


@pytest.mark.parametrize("again", [True, False])
def test_a_folder_that_goes_or_is_replaced_is_lost(tmp_path: Path, again: bool) -> None:  # noqa: FBT001 - a table
    watcher = Watcher(tmp_path)
    folder = publish(tmp_path)
    watcher.look()
    folder.rename(tmp_path / "elsewhere")
    if again:
        publish(tmp_path)
    watcher.look()
    assert watcher.lost == {"c0 is not what was published"}


def test_what_is_left_and_what_is_written_elsewhere_is_counted(tmp_path: Path) -> None:
    played, counts = Round(tmp_path, random.Random(1)), Counts()  # noqa: S311 - it is to be repeated
    before = snapshot(played.request.parent)
    (played.request.parent / "core").touch()
    (tmp_path / "stray").touch()
    partial = played.out / ".work" / "partial" / "1-pod"
    partial.mkdir(parents=True)
    every = ", ".join(f'{{"chart": "c{n}"}}' for n in range(CHARTS - 1))
    (played.out / "index.json").write_text(f'{{"charts": [{every}]}}')
    played.judge(counts, before)
    assert counts.sentences == [
        "lost: c3 is neither made nor told as failed",
        "outside: core",
        "outside: stray",
        "leftover: .work/partial/1-pod",
    ]
    assert not counts.good
