"""Step 9, write: the layout of results on storage, and the only code that changes them. Called by `run`.

A chart is published by renaming a complete folder. A rename onto a folder that is not empty fails, so that of
two pods that made one chart the first wins and nothing is ever half there.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from chartspark_api.status import FailedChart

from chartspark_runner.errors import CannotWrite, StorageUnavailable

_SILENT = frozenset(
    {errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.ENOTCONN, errno.EHOSTDOWN, errno.EREMOTEIO}
)
"""What network storage answers while it is away; everything else is a refusal."""
_TAKEN = frozenset({errno.ENOTEMPTY, errno.EEXIST})


@contextmanager
def storage_faults() -> Iterator[None]:
    """Turn the system's errors into ours.

    Raises:
        StorageUnavailable: The storage did not answer.
        CannotWrite: It refused.
    """
    try:
        yield
    except OSError as error:
        sentence = f"{error.filename or 'the results folder'}: {error.strerror}"
        fault = StorageUnavailable if error.errno in _SILENT else CannotWrite
        raise fault(sentence) from error


@dataclass(frozen=True, slots=True)
class Store:
    """The results folder of one job, as one pod sees it."""

    out: Path
    pod: str
    """The pod's uid; any name that no other process has on a laptop."""
    attempt: int = 1
    """The attempt that the pod is part of."""
    round: int = 1
    """The round that the attempt is part of. What failed in an earlier one is forgotten."""

    @property
    def _work(self) -> Path:
        return self.out / ".work"

    @property
    def _mine(self) -> Path:
        return self._work / "partial" / f"{self.attempt}-{self.pod}"

    @property
    def _failed(self) -> Path:
        return self._work / "failed" / str(self.round)

    @property
    def _starts(self) -> Path:
        return self._work / "starts" / str(self.round)

    def file(self, chart: str, name: str) -> Path:
        """Return where a published file lies."""
        return self.out / chart / name

    def is_published(self, chart: str) -> bool:
        """Tell whether somebody has published the chart."""
        return self.file(chart, "metadata.json").is_file()

    def failure(self, chart: str) -> FailedChart | None:
        """Return why the chart could not be made, if that is written down."""
        note = self._failed / f"{chart}.json"
        return FailedChart.model_validate_json(note.read_text()) if note.is_file() else None

    def write_failure(self, failed: FailedChart) -> None:
        """Write down why a chart could not be made."""
        text = failed.model_dump_json(by_alias=True, exclude_none=True)
        self.write_whole(self._failed / f"{failed.name}.json", text.encode())

    def starts(self, chart: str) -> int:
        """Return how many pods began the chart and did not tell how it ended."""
        folder = self._starts / chart
        return sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0

    def begin(self, chart: str) -> None:
        """Write down that this pod begins the chart."""
        folder = self._starts / chart
        folder.mkdir(parents=True, exist_ok=True)
        (folder / self.pod).touch()

    def end(self, chart: str) -> None:
        """Take back `begin`: the pod lives, whatever came of the chart."""
        (self._starts / chart / self.pod).unlink(missing_ok=True)

    def publish(self, chart: str, files: dict[str, bytes]) -> bool:
        """Publish the files of a chart at once. Returns False if somebody else was first; theirs stay."""
        partial = self._mine / chart
        shutil.rmtree(partial, ignore_errors=True)
        for name, data in files.items():
            file = partial / name
            file.parent.mkdir(parents=True, exist_ok=True)
            _write(file, data)
        try:
            partial.rename(self.out / chart)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            return False
        return True

    def write_once(self, name: str, data: bytes) -> bytes:
        """Write a file unless it is there, and return what it holds then."""
        target = self.out / name
        if not target.is_file():
            partial = self._partial(name)
            _write(partial, data)
            try:
                os.link(partial, target)
            except FileExistsError:
                # Another pod came in between; all go by what it wrote.
                pass
            finally:
                partial.unlink()
        return target.read_bytes()

    def write_whole(self, target: Path, data: bytes) -> None:
        """Write a file so that a reader finds the old one or the new one, never a part."""
        partial = self._partial(target.name)
        _write(partial, data)
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.replace(target)

    def write_archive(self, name: str, write: Callable[[IO[bytes]], None]) -> None:
        """Have a file of the results folder written, anew if it is there: a later round adds charts. A reader finds a whole one."""
        partial = self._partial(name)
        with partial.open("wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(self.out / name)

    def sweep(self) -> None:
        """Remove this pod's partial results."""
        shutil.rmtree(self._mine, ignore_errors=True)

    def sweep_earlier_attempts(self) -> None:
        """Remove what killed pods left half made. An attempt begins when every pod of those before it has ended."""
        for folder in (self._work / "partial").glob("*-*"):
            if int(folder.name.partition("-")[0]) < self.attempt:
                shutil.rmtree(folder, ignore_errors=True)

    def _partial(self, name: str) -> Path:
        partial = self._mine / name
        partial.parent.mkdir(parents=True, exist_ok=True)
        return partial


def _write(file: Path, data: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        # A rename can reach the disk before the data do; a node that dies in between would leave an empty picture.
        os.fsync(stream.fileno())
