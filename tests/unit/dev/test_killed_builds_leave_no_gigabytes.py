import os
from pathlib import Path

from chartspark_dev.oci.buildah import remove_leftovers

NOW = 1_800_000_000.0


def left(path: Path, seconds_ago: float) -> Path:
    os.utime(path, (NOW - seconds_ago, NOW - seconds_ago))
    return path


def test_what_nobody_has_written_to_for_an_hour_is_removed(tmp_path: Path) -> None:
    (tmp_path / "layer").write_bytes(b"half of it")
    (tmp_path / "buildah1" / "inside").mkdir(parents=True)
    (tmp_path / "at-work").write_bytes(b"more to come")
    left(tmp_path / "layer", 4000)
    left(tmp_path / "buildah1", 4000)
    kept = left(tmp_path / "at-work", 60)
    remove_leftovers(tmp_path, NOW)
    assert list(tmp_path.iterdir()) == [kept]
