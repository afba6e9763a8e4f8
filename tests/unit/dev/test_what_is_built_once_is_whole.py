"""The cache holds complete entries or none, and an input that changes makes another entry."""

from pathlib import Path
from threading import Barrier, Thread

import pytest
from chartspark_dev import cache


@pytest.fixture(autouse=True)
def cache_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHARTSPARK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def fill(folder: Path) -> None:
    (folder / "tool").write_text("made")


def break_off(folder: Path) -> None:
    fill(folder)
    raise KeyboardInterrupt


def test_a_second_run_makes_nothing() -> None:
    place = cache.ensure(cache.entry("tool", [b"1"]), fill)
    (place / "tool").write_text("kept")
    assert (cache.ensure(place, fill) / "tool").read_text() == "kept"


def test_an_interrupted_run_leaves_nothing(cache_root: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        cache.ensure(cache.entry("tool", [b"1"]), break_off)
    assert [path.name for path in cache_root.iterdir()] == ["tool.lock"]


def test_what_a_killed_run_left_is_not_taken_over() -> None:
    place = cache.entry("tool", [b"1"])
    half = place.with_name(f"{place.name}.partial")
    half.mkdir(parents=True)
    (half / "half").touch()
    assert [path.name for path in cache.ensure(place, fill).iterdir()] == ["tool"]


def test_two_runs_at_once_make_it_once() -> None:
    made: list[Path] = []
    both = Barrier(2)

    def make(folder: Path) -> None:
        made.append(folder)
        fill(folder)

    def run() -> None:
        both.wait()
        cache.ensure(cache.entry("tool", [b"1"]), make)

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


@pytest.mark.parametrize("other", [[b"a", b"c"], [b"ab", b""], [b"a"], [b"a", b"b", b""]])
def test_every_input_counts_and_so_does_its_place(other: list[bytes]) -> None:
    assert cache.digest([b"a", b"b"]) != cache.digest(other)
