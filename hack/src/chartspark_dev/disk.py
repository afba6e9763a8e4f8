"""Checks free disk before a long step, which would otherwise fail at its end and leave the disk full."""

import shutil
from pathlib import Path

from chartspark_dev.errors import DiskFullError

_GIGABYTE = 10**9


def require(path: Path, gigabytes: float, purpose: str) -> None:
    """Raise `DiskFullError` unless the file system of `path`, which need not exist yet, has room."""
    existing = next(parent for parent in (path, *path.parents) if parent.exists())
    free = shutil.disk_usage(existing).free / _GIGABYTE
    if free < gigabytes:
        raise DiskFullError(f"{purpose} needs {gigabytes:g} GB free at {path}, has {free:.1f}.")
