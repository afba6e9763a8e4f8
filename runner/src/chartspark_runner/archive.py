"""One file of all results: results.tar.gz or results.zip. Called by `run` when every chart was tried, and by `index` for its name.

The same results give the same file: no times, no owners, names in order.
"""

import gzip
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, assert_never

from chartspark_api.spec import Archive

_INDEX = ("index.html", "index.json", "job.json")
_LEVEL = 1
"""Of compression. Most of it are pictures, which are compressed already."""


def archive_name(kind: Archive) -> str | None:
    """Return the name of the archive's file."""
    match kind:
        case Archive.NONE:
            return None
        case Archive.TAR_GZ:
            return "results.tar.gz"
        case Archive.ZIP:
            return "results.zip"
        case _:
            assert_never(kind)


def write_archive(kind: Archive, results: Path, charts: Iterable[str], name: str, stream: IO[bytes]) -> None:
    """Write the index and the published charts, all below a folder `name`."""
    files = list(_files(results, charts))
    if kind is Archive.ZIP:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as packed:
            for file in files:
                entry = zipfile.ZipInfo(f"{name}/{file.relative_to(results)}")
                entry.external_attr = 0o644 << 16
                with file.open("rb") as source, packed.open(entry, "w") as target:
                    while block := source.read(1 << 20):
                        target.write(block)
        return
    with (
        gzip.GzipFile("", "wb", _LEVEL, stream, mtime=0) as packed_bytes,
        tarfile.open(fileobj=packed_bytes, mode="w|") as tar,
    ):
        for file in files:
            member = tarfile.TarInfo(f"{name}/{file.relative_to(results)}")
            member.size = file.stat().st_size
            with file.open("rb") as source:
                tar.addfile(member, source)


def _files(results: Path, charts: Iterable[str]) -> Iterator[Path]:
    for chart in charts:
        yield from sorted(file for file in (results / chart).rglob("*") if file.is_file())
    yield from (results / name for name in _INDEX)
