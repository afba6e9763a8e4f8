"""Waits for something that another program brings about."""

import time
from collections.abc import Callable

from chartspark_dev.errors import CommandFailedError, NotReadyError

_PAUSE = 0.1


def until(attempt: Callable[[], object], seconds: float, what: str, check: Callable[[], None]) -> None:
    """Repeat `attempt` until its command succeeds.

    Args:
        attempt: Runs a command.
        seconds: How long to go on trying.
        what: What is waited for, for the message.
        check: Raises when there is nothing to wait for any more.

    Raises:
        NotReadyError: It did not succeed in time; the message holds what the last attempt said.

    """
    deadline = time.monotonic() + seconds
    while True:
        check()
        try:
            attempt()
        except CommandFailedError as error:
            if time.monotonic() > deadline:
                raise NotReadyError(f"{what}: not within {seconds:g} seconds. {error}") from error
            time.sleep(_PAUSE)
        else:
            return
