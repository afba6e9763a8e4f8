"""One query finds a job's lines in both programs' logs: the same names for the same things, in the same form.

Each program runs in a process of its own, because a log is configured once and for all. That the real
operator's lines about a job carry its fields is seen in the cluster tier.
"""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

Line = dict[str, Any]

OF_EVERY_LINE = {"event", "level", "timestamp"}
OF_A_JOB = {"namespace", "job", "uid", "attempt"}

OPERATOR = """
import logging, structlog
from chartspark_operator.logs import configure_logs
configure_logs("INFO")
log = structlog.get_logger()
structlog.contextvars.bind_contextvars(namespace="team", job="harvest", uid="u", attempt=2)
log.info("bound")
try:
    raise ValueError("a fault")
except ValueError:
    log.exception("raised")
logging.getLogger("kopf.activities").error("of a library")
"""

REQUEST = {
    "apiVersion": "chartspark.io/v1alpha1",
    "kind": "ChartSparkJob",
    "metadata": {"namespace": "team", "name": "harvest", "uid": "u"},
    "spec": {
        "charts": [
            {
                "name": "apples",
                "title": "Apples",
                "xColumn": "year",
                "yColumn": "absent",
                "data": {"csv": "year,tonnes\n2024,1\n"},
            }
        ],
        "output": {"claimName": "results"},
    },
}


def _lines(*argv: str | Path) -> list[Line]:
    done = subprocess.run([*argv], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in (done.stdout + done.stderr).splitlines() if line.startswith("{")]


@pytest.fixture(scope="module")
def of_the_operator() -> list[Line]:
    return _lines(sys.executable, "-c", OPERATOR)


@pytest.fixture(scope="module")
def of_the_runner(tmp_path_factory: pytest.TempPathFactory) -> list[Line]:
    folder = tmp_path_factory.mktemp("runner")
    (folder / "request.json").write_text(json.dumps(REQUEST))
    runner = Path(sys.executable).parent / "chartspark-runner"
    return _lines(runner, "run", folder / "request.json", "--out", folder / "out", "--attempt", "2")


@pytest.fixture
def lines(of_the_operator: list[Line], of_the_runner: list[Line]) -> list[Line]:
    assert len(of_the_operator) == 3
    assert len(of_the_runner) >= 2
    return of_the_operator + of_the_runner


def test_every_line_says_what_when_and_how_bad(lines: list[Line]) -> None:
    for line in lines:
        assert line.keys() >= OF_EVERY_LINE, line
        assert line["level"] in {"debug", "info", "warning", "error", "critical"}
        assert datetime.fromisoformat(line["timestamp"]).utcoffset() == timedelta(0)


def test_a_line_about_a_job_names_it_in_the_same_way(lines: list[Line]) -> None:
    about = [line for line in lines if line["event"] != "of a library"]
    assert len(about) == len(lines) - 1
    for line in about:
        named = {field: line.get(field) for field in OF_A_JOB}
        assert named == {"namespace": "team", "job": "harvest", "uid": "u", "attempt": 2}, line


def test_a_traceback_stays_on_its_line(of_the_operator: list[Line]) -> None:
    (raised,) = [line for line in of_the_operator if line["event"] == "raised"]
    assert "ValueError: a fault" in raised["exception"]
