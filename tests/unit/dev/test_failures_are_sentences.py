"""What goes wrong in the tools is told in a sentence, with what the failed program said."""

import hashlib
import sys
from pathlib import Path

import pytest
from chartspark_dev import client_tools, commands, disk, steps
from chartspark_dev.connection import Cluster
from chartspark_dev.errors import (
    CommandFailedError,
    CorruptDownloadError,
    DiskFullError,
    EndedError,
    MissingSettingError,
)


def test_a_full_disk_is_told_before_anything_is_made(tmp_path: Path) -> None:
    place = tmp_path / "not" / "there"
    with pytest.raises(DiskFullError, match=r"The build needs 1e\+09 GB free at .*there, has \d+\.\d\."):
        disk.require(place, 1e9, "The build")
    assert not place.parent.exists()


def test_enough_disk_is_no_failure(tmp_path: Path) -> None:
    disk.require(tmp_path, 0, "Nothing")


def test_a_failed_program_is_quoted() -> None:
    code = "import sys; print('cause', file=sys.stderr); sys.exit(3)"
    with pytest.raises(CommandFailedError, match=r"ended with 3:\ncause"):
        commands.run(sys.executable, "-c", code)


def test_a_changed_download_is_refused() -> None:
    with pytest.raises(CorruptDownloadError):
        client_tools.check(hashlib.sha512(b"").digest())


def test_a_cluster_of_somebody_else_needs_a_registry_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHARTSPARK_REGISTRY", raising=False)
    with pytest.raises(MissingSettingError, match="CHARTSPARK_REGISTRY"):
        _ = Cluster(Path("kubeconfig"), "example.org").registry


def test_one_failure_ends_what_runs_beside_it(tmp_path: Path) -> None:
    started = tmp_path / "started"
    other: list[BaseException] = []

    def fail() -> None:
        # Not before the other program runs: there would be nothing to end.
        commands.run("sh", "-c", f"until [ -e {started} ]; do :; done")
        raise CommandFailedError("the cause")

    def wait() -> None:
        try:
            commands.run("sh", "-c", f"touch {started}; exec sleep 20")
        except EndedError as error:
            other.append(error)
            raise

    with pytest.raises(CommandFailedError, match="the cause"):
        steps.together(wait, fail)
    assert len(other) == 1
    assert commands.run("echo", "again") == "again\n"
