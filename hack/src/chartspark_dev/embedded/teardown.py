"""Ends a cluster and takes back what it did to the machine, whatever state it is in.

Called by `chartspark_dev.cluster` to stop a cluster, and before a start to heal what a crash, a Ctrl-C
or a restart of the machine left. What lasts: images, claims, logs.
"""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

from chartspark_dev import commands
from chartspark_dev.embedded import cgroups, containerd, network, processes
from chartspark_dev.embedded.layout import Layout
from chartspark_dev.errors import StillMountedError

_CONTAINER_LOGS = Path("/var/log/containers")


def remove(layout: Layout) -> None:
    """Leave no process, mount, network namespace or cgroup; do nothing where there is none."""
    layout.ready.unlink(missing_ok=True)
    _end_processes(layout)
    _undo_mounts(layout)
    cgroups.delete(layout)
    network.delete(layout)
    _delete_files(layout)


def _end_processes(layout: Layout) -> None:
    started = processes.records(layout)
    runtime = started.pop("containerd", None)
    # None of these has anything to save, and the API server would wait a minute for its watchers.
    processes.end(started.values(), signal.SIGKILL)
    if runtime is not None:
        # It alone has something to save: the store of images.
        processes.end([runtime], signal.SIGTERM)
    stray = {*cgroups.members(layout), *_inside(layout)}
    processes.end([found for pid in stray if (found := processes.current(pid))], signal.SIGKILL)


def _inside(layout: Layout) -> Iterator[int]:
    """Yield the processes in the cluster's network: shims whose containerd was killed, and clients."""
    if not layout.netns.exists():
        return
    space = layout.netns.stat()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and _same(folder / "ns" / "net", space):
            yield int(folder.name)


def _same(path: Path, other: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), other)
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        # It has gone, or it is none of ours: root may look at all that root started.
        return False


def _undo_mounts(layout: Layout) -> None:
    for mount in reversed(_mounts(layout)):
        commands.run("umount", "--lazy", mount)
    left = _mounts(layout)
    if left:
        # Deleting below a volume's mount would delete what the volume holds.
        raise StillMountedError(f"These mounts cannot be undone: {', '.join(map(str, left))}")


def _mounts(layout: Layout) -> list[Path]:
    """Return the mounts below the folders that only the cluster uses, in the order they were made."""
    lines = Path("/proc/self/mountinfo").read_text().splitlines()
    # The kernel writes a blank as \040.
    points = [Path(line.split()[4].encode().decode("unicode_escape")) for line in lines]
    ours = (layout.run, layout.kubelet, layout.images)
    return [point for point in points if any(point.is_relative_to(folder) for folder in ours)]


def _delete_files(layout: Layout) -> None:
    containerd.delete_traces(layout)
    for folder in (layout.run, layout.kubelet, layout.control_plane, layout.processes):
        if folder.exists():
            shutil.rmtree(folder)
    layout.kubeconfig.unlink(missing_ok=True)
    # The kubelet takes no other place for these.
    for link in _CONTAINER_LOGS.glob("*.log"):
        if link.is_symlink() and link.readlink().is_relative_to(layout.logs):
            link.unlink()
