import json
import threading
import urllib.request
from collections.abc import Callable

from chartspark_runner.progress import Board
from chartspark_runner.server import serve
from chartspark_runner.watchdog import watch


def get(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return str(answer.read().decode())


def test_progress_and_metrics_are_answered() -> None:
    board = Board(3)
    board.step("things", "generate", 12, 80)
    server = serve(board, 0)
    assert server is not None
    port = server.server_address[1]
    progress = json.loads(get(port, "/progress"))
    assert (
        progress.items() >= {"chartsTotal": 3, "chart": "things", "step": "generate", "stepDone": 12}.items()
    )
    assert 'chartspark_runner_charts_total{outcome="published"}' in get(port, "/metrics")
    assert serve(board, port) is None, "a taken port is no failure"
    server.shutdown()
    server.server_close()


def test_the_time_left_is_that_of_the_charts_that_were_tried() -> None:
    seconds = [0.0]
    board = Board(4, clock=lambda: seconds[0])

    def left_after(passed: float, what: Callable[[], None]) -> int | None:
        seconds[0] += passed
        what()
        return board.read().seconds_left

    assert left_after(0, board.done) is None, "what is found published took no time"
    assert left_after(0, lambda: board.step("b", "load")) is None
    assert left_after(30, lambda: board.step("b", "generate")) is None
    assert left_after(30, board.done) == 120
    assert left_after(0, lambda: board.step("c", "generate")) == 120
    assert left_after(20, lambda: board.step("c", "score")) == 100
    assert left_after(80, board.failed) == 80, "two charts in 160 s, and one to come"
    assert left_after(0, lambda: board.step("d", "generate")) == 80
    assert left_after(500, lambda: board.step("d", "score")) == 0


def test_the_watchdog_barks_when_nothing_moves() -> None:
    barked = threading.Event()
    watch(Board(1), 0.0, lambda _: barked.set(), pause=0.01)
    assert barked.wait(10)


def test_the_watchdog_is_quiet_while_things_move() -> None:
    board, barks = Board(1), list[float]()
    stopped = watch(board, 3600.0, barks.append, pause=0.001)
    for i in range(50):
        board.step("things", "generate", i, 50)
    stopped.set()
    assert barks == []
