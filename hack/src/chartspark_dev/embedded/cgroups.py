"""The cgroup that all pods of a cluster live below, in either version of cgroups.

One per cluster: a kubelet takes any pod below its root that it does not know for an orphan and ends it.
"""

import os
from pathlib import Path

from chartspark_dev.embedded.layout import Layout

_ROOT = Path("/sys/fs/cgroup")


def folders(layout: Layout) -> list[Path]:
    """Return the cluster's cgroup in every hierarchy: one in version 2, one per controller in version 1."""
    if (_ROOT / "cgroup.controllers").exists():
        return [_ROOT / layout.name]
    return [path / layout.name for path in sorted(_ROOT.iterdir()) if path.is_dir() and not path.is_symlink()]


def create(layout: Layout) -> None:
    """Make the cgroups."""
    for folder in folders(layout):
        folder.mkdir(exist_ok=True)


def members(layout: Layout) -> set[int]:
    """Return the ids of the processes that live in any of them."""
    files = [file for folder in folders(layout) for file in folder.rglob("cgroup.procs")]
    return {int(pid) for file in files for pid in file.read_text().split()}


def delete(layout: Layout) -> None:
    """Remove the cgroups, whose processes have ended, from the leaves up."""
    for folder in folders(layout):
        for path, _, _ in os.walk(folder, topdown=False):
            Path(path).rmdir()
