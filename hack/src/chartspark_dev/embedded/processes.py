"""Starts the processes that outlive this one, and ends them: those it started and no others.

A record is a process's id with its start time and the machine's boot: an id that has been given to
another process since, or that comes from before a restart, matches nothing.
"""

import contextlib
import json
import os
import shutil
import signal
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from chartspark_dev.embedded.layout import Layout
from chartspark_dev.errors import NotReadyError

_START_TIME: Final = 19
"""starttime is field 22 of /proc/<pid>/stat; the state, after the parenthesised name, is field 3."""
_PATIENCE: Final = 10.0
"""Seconds that a process has to end after a signal."""


@dataclass(frozen=True)
class Record:
    """A process that was started, told from any other that gets its id later."""

    name: str
    pid: int
    start: int
    boot: str
    argv: tuple[str, ...] = ()
    """What it was started with, so that it can be started again. Empty for one that was found."""


def start(layout: Layout, name: str, *argv: str | Path) -> Record:
    """Start a program in the cluster's network, with its output in `logs/<name>.log`, and record it."""
    log = layout.logs / f"{name}.log"
    pid = os.posix_spawn(
        shutil.which("nsenter") or "nsenter",
        ["nsenter", f"--net={layout.netns}", "--", *map(str, argv)],
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        # Ctrl-C in the terminal is not for the cluster.
        setsid=True,
        setsigdef=[signal.SIGPIPE],
    )
    record = Record(name, pid, _start_time(pid) or 0, _boot(), tuple(map(str, argv)))
    (layout.processes / f"{name}.json").write_text(json.dumps(asdict(record)))
    return record


def records(layout: Layout) -> dict[str, Record]:
    """Return what was started, by name."""
    files = sorted(layout.processes.glob("*.json"))
    return {file.stem: Record(**json.loads(file.read_text())) for file in files}


def alive(record: Record) -> bool:
    """Tell whether the process runs; a zombie, also a child of ours, does not."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(record.pid, os.WNOHANG)
    return record.boot == _boot() and _start_time(record.pid) == record.start


def check(layout: Layout, names: Iterable[str]) -> None:
    """Raise `NotReadyError` with the end of its log when one of these processes has ended."""
    for name, record in records(layout).items():
        if name in names and not alive(record):
            log = layout.logs / f"{name}.log"
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
            raise NotReadyError(f"{name} ended on its own. The end of {log}:\n{tail}")


def end(found: Iterable[Record], how: signal.Signals) -> None:
    """Signal the processes that still run and wait for them to go; after a while, kill them.

    Raises:
        NotReadyError: One does not go even then; it hangs in the kernel.

    """
    everything = tuple(found)
    if _signal(everything, how) and _signal(everything, signal.SIGKILL):
        left = ", ".join(f"{record.name} ({record.pid})" for record in everything if alive(record))
        raise NotReadyError(f"These processes do not end: {left}")


def current(pid: int) -> Record | None:
    """Return the record of a process that was found rather than started, or None when it has gone."""
    begun = _start_time(pid)
    return None if begun is None else Record("", pid, begun, _boot())


def _signal(found: Iterable[Record], how: signal.Signals) -> bool:
    """Signal the processes that still run, and tell whether one still does when patience is over."""
    left = [record for record in found if alive(record)]
    for record in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(record.pid, how)
    deadline = time.monotonic() + _PATIENCE
    while any(map(alive, left)):
        if time.monotonic() > deadline:
            return True
        time.sleep(0.02)
    return False


def _start_time(pid: int) -> int | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else int(fields[_START_TIME])


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
