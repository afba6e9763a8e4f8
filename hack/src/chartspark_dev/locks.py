"""Locks between processes. The kernel lets go of them when their holder ends, however it ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chartspark_dev import steps


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock file `path`, which stays; say so once when another process holds it, and wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            steps.say(f"  … waiting for another run that holds {path.name}")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
