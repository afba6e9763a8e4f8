"""Which files of weights a model was loaded from, for the metadata. Called by `loading` and `clip`."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from chartspark_runner.painter import ModelFile


def model_files(folder: Path, names: Iterable[str]) -> tuple[ModelFile, ...]:
    """Return the files of `names` in a model's folder, with their digests."""
    return tuple(ModelFile(name, _digest(folder / name)) for name in names)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
