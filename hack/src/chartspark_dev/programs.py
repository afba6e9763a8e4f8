"""Runs programs side by side that clean up after themselves when they are interrupted. Called by `tiers`.

Ctrl-C reaches every program of a terminal's foreground, and a program may be interrupted a second time while it
cleans up. So each gets a session of its own, and one interrupt, from here.
"""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from chartspark_dev.errors import EndedError


class Programs:
    """The programs that run now."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._guard = threading.Lock()
        self._ending = False

    def run(self, argv: Sequence[str], cwd: Path, output: IO[bytes]) -> int:
        """Run a program to its end, and return its exit status.

        Raises:
            EndedError: No program is started any more.
        """
        with self._guard:
            if self._ending:
                raise EndedError("Not started, because everything was interrupted.")
            process = subprocess.Popen(  # noqa: S603 - the caller names it
                argv,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            self._running.add(process)
        try:
            return process.wait()
        finally:
            with self._guard:
                self._running.discard(process)

    @contextlib.contextmanager
    def ending(self) -> Iterator[None]:
        """Interrupt every program, and let the context wait for them; at a second interrupt, kill them and their children."""
        with self._guard:
            self._ending = True
            for process in self._running:
                process.send_signal(signal.SIGINT)
        try:
            yield
        except KeyboardInterrupt:
            with self._guard:
                for process in self._running:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(process.pid, signal.SIGKILL)
            raise
