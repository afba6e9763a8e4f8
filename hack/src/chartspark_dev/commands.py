"""Runs other programs to their end and knows which are running, so that an interrupt can end them.

Knows nothing about what the programs do. What outlives this process is started elsewhere:
`embedded.processes`.
"""

import contextlib
import os
import shlex
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from chartspark_dev.errors import CommandFailedError, EndedError

_TAIL: Final = 20
"""So many last lines of a failed program are shown: enough for a compiler's or pip's message."""

_running: Final[set[subprocess.Popen[str]]] = set()
_guard: Final = threading.Lock()
_ended: Final = threading.Event()


def run(
    *argv: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None, stdin: str | None = None
) -> str:
    """Run a program and return its standard output.

    Args:
        argv: The program and its arguments.
        cwd: The folder to run it in.
        env: Variables to add to the environment.
        stdin: Text for its standard input, which is empty otherwise.

    Raises:
        CommandFailedError: It ended with another status than 0.
        EndedError: A step beside this one failed, or Ctrl-C was pressed.

    """
    _refuse_when_ended()
    words = [str(word) for word in argv]
    process = subprocess.Popen(  # noqa: S603 - the callers name the programs
        words,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A group of its own, so that a program's children (compilers, pip's builds) end with it.
        start_new_session=True,
    )
    with _tracked(process):
        output, errors = process.communicate(stdin)
    _refuse_when_ended()
    if process.returncode != 0:
        raise CommandFailedError(_describe(words, process.returncode, errors or output))
    return output


@contextlib.contextmanager
def ending() -> Iterator[None]:
    """End every program that `run` is waiting for, with its children, and start none in the meantime."""
    _ended.set()
    try:
        with _guard:
            for process in _running:
                _end(process)
        yield
    finally:
        _ended.clear()


def _refuse_when_ended() -> None:
    if _ended.is_set():
        raise EndedError("Not finished, because something beside it failed or was interrupted.")


def _end(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def _tracked(process: subprocess.Popen[str]) -> Iterator[None]:
    with _guard:
        _running.add(process)
    try:
        yield
    except BaseException:
        _end(process)
        process.wait()
        raise
    finally:
        with _guard:
            _running.discard(process)


def _describe(words: Sequence[str], status: int, output: str) -> str:
    tail = "\n".join(output.strip().splitlines()[-_TAIL:])
    return f"`{shlex.join(words)}` ended with {status}:\n{tail}"
