import json
import threading
import urllib.request

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
