"""Ends a process in which nothing moves: a pod that hangs would hold its GPU until somebody looks.

A thread of its own, because what hangs is the main one, often inside a call that no signal ends.
"""

import threading
from collections.abc import Callable

from chartspark_runner.progress import Board


def watch(board: Board, stall_seconds: float, bark: Callable[[float], None], pause: float) -> threading.Event:
    """Call `bark` with the seconds of silence once nothing has moved for `stall_seconds`. Setting the event ends the watch.

    Args:
        board: Where movement is seen.
        stall_seconds: How long silence is endured.
        bark: Ends the process; called on the watchdog's thread.
        pause: Seconds between looks.
    """
    stopped = threading.Event()

    def look() -> None:
        while not stopped.wait(pause):
            if (idle := board.idle_seconds()) >= stall_seconds:
                bark(idle)
                return

    threading.Thread(target=look, name="watchdog", daemon=True).start()
    return stopped
