"""Says what is being done while it is done: a line when a step starts, a line with seconds when it ends.

Lines go to standard error, so that a command's own output can be piped. Steps may run side by side.
"""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager

from chartspark_dev import commands


def say(line: str) -> None:
    """Print one line at once, whole even when several threads print."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


@contextmanager
def step(name: str) -> Iterator[None]:
    """Announce `name`, and say how long it took and whether it failed."""
    say(f"  … {name}")
    start = time.monotonic()
    try:
        yield
    except BaseException:
        say(f"  ✗ {name}  {time.monotonic() - start:.1f} s")
        raise
    say(f"  ✓ {name}  {time.monotonic() - start:.1f} s")


def together(*jobs: Callable[[], object]) -> None:
    """Run jobs side by side; when one fails, or at Ctrl-C, end the programs of the others and raise.

    Raises:
        Exception: what the first failing job raised.

    """
    with ThreadPoolExecutor(max_workers=len(jobs)) as pool:
        running = [pool.submit(job) for job in jobs]
        try:
            for done in as_completed(running):
                done.result()
        except BaseException:
            # The pool would otherwise wait for a compiler or a download that nobody needs any more.
            with commands.ending():
                pool.shutdown(cancel_futures=True)
            raise
