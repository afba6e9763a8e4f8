"""A cap on CPU time, as a pod has one: a cgroup, in either version. Called by the benches of the runner; needs root."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
EMPTYING = 60
"""Tries to remove a cgroup whose processes have ended."""
PERIOD = 100_000
"""Microseconds that a cap is kept over."""


@contextmanager
def capped(cores: float) -> Iterator[tuple[str, ...]]:
    """Return what goes before a command that is to have so many cores at most."""
    second = (ROOT / "cgroup.controllers").exists()
    folder = (ROOT if second else ROOT / "cpu") / "chartspark-bench"
    folder.mkdir(exist_ok=True)
    quota = round(cores * PERIOD)
    if second:
        (folder / "cpu.max").write_text(f"{quota} {PERIOD}")
    else:
        (folder / "cpu.cfs_period_us").write_text(str(PERIOD))
        (folder / "cpu.cfs_quota_us").write_text(str(quota))
    try:
        yield "sh", "-c", f'echo $$ > {folder}/cgroup.procs && exec "$@"', "capped"
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    # The kernel counts a process among the members for a moment after it was waited for.
    for _ in range(EMPTYING):
        with suppress(OSError):
            folder.rmdir()
            return
        time.sleep(0.5)
    folder.rmdir()
