"""Serves /progress and /metrics, for information. Called by `run`; a runner that cannot serve still works."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from typing_extensions import override

from chartspark_runner.metrics import REGISTRY
from chartspark_runner.progress import Board

log = structlog.get_logger()


def serve(board: Board, port: int) -> ThreadingHTTPServer | None:
    """Answer on `port` from a thread until the process ends, or log why not. Port 0 takes a free one."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            match self.path:
                case "/progress":
                    text = board.read().model_dump_json(by_alias=True, exclude_none=True)
                    self._answer("application/json", text.encode())
                case "/metrics":
                    self._answer(CONTENT_TYPE_LATEST, generate_latest(REGISTRY))
                case _:
                    self.send_error(404)

        def _answer(self, kind: str, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: a poll every few seconds is no news."""

    try:
        # All addresses: the operator asks from outside the pod.
        server = ThreadingHTTPServer(("", port), Handler)
    except OSError as error:
        # On a laptop the port may well be somebody else's.
        log.warning("progress and metrics are not served", port=port, error=str(error))
        return None
    threading.Thread(target=server.serve_forever, name="server", daemon=True).start()
    return server
