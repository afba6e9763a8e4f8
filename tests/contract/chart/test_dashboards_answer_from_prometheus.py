"""Every query of every panel is asked of a real Prometheus that holds a known history, and its answer compared."""

import json
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Json = dict[str, Any]
Answer = dict[str, float]

END = 1_790_000_000
"""The moment that is asked about: any will do, for Prometheus is given the history rather than made to live it."""
STEP, SAMPLES = 15, 300
VARIABLES = {"$__rate_interval": "1m", "$__range": "1h", "$job": ".+"}

GAUGES: dict[str, float] = {
    'chartspark_jobs{reason="Running"}': 3,
    'chartspark_jobs{reason="Unschedulable"}': 2,
    'chartspark_stuck_jobs{reason="PodStuck"}': 1,
    'chartspark_leader{pod="p"}': 1,
    'chartspark_leader{pod="q"}': 0,
    "chartspark_queue_depth": 4,
    "chartspark_admitted_jobs": 5,
    "chartspark_admitted_jobs_limit": 6,
    "chartspark_queued_jobs": 7,
    'chartspark_admitted_gpus{resource="nvidia.com/gpu"}': 2,
    "chartspark_admitted_gpus_limit": 8,
    'chartspark_watch_last_seen_timestamp_seconds{resource="pods"}': END - 7,
    'chartspark_watch_last_seen_timestamp_seconds{resource="jobs"}': END - 30,
    'chartspark_build_info{version="0.1.0"}': 1,
}

COUNTERS: dict[str, float] = {
    'chartspark_jobs_finished_total{reason="Complete"}': 0.5,
    'chartspark_jobs_finished_total{reason="InvalidRequest"}': 0.1,
    'chartspark_attempts_finished_total{reason="Complete"}': 0.5,
    'chartspark_attempts_finished_total{reason="Stalled"}': 0.2,
    'chartspark_charts_finished_total{outcome="published"}': 0.9,
    'chartspark_charts_finished_total{outcome="failed"}': 0.1,
    'chartspark_reconciles_total{result="unchanged"}': 8,
    'chartspark_reconciles_total{result="written"}': 2,
    'chartspark_reconciles_total{result="Unavailable"}': 0.5,
    'chartspark_api_requests_total{verb="GET",code="200"}': 9,
    'chartspark_api_requests_total{verb="POST",code="429"}': 0.5,
    'chartspark_api_requests_total{verb="POST",code="500"}': 0.25,
    'chartspark_api_requests_total{verb="POST",code="none"}': 0.25,
    **{
        f'chartspark_reconcile_duration_seconds_bucket{{le="{le}"}}': n
        for le, n in (("1", 5), ("2", 10), ("+Inf", 10))
    },
    **{
        f'chartspark_queue_wait_seconds_bucket{{le="{le}"}}': n
        for le, n in (("10", 5), ("20", 10), ("+Inf", 10))
    },
    **{
        f'chartspark_job_startup_seconds_bucket{{le="{le}"}}': n
        for le, n in (("10", 5), ("20", 10), ("+Inf", 10))
    },
    **{
        f'chartspark_job_duration_seconds_bucket{{outcome="complete",le="{le}"}}': n
        for le, n in (("100", 5), ("200", 10), ("+Inf", 10))
    },
}
"""By how much each counter grows in a second."""

ANSWERS: dict[str, Answer] = {
    "Version": {"0.1.0": 1},
    "Leaders": {"leaders": 1},
    "Oldest watch": {"oldest": 30},
    "Queue": {"keys": 4},
    "API requests in vain": {"in vain": 0.1},
    "Jobs": {"jobs": 5},
    "Charts published": {"published": 0.9},
    "Reconciliations": {"unchanged": 8, "written": 2, "Unavailable": 0.5},
    "Duration of a reconciliation": {"p50": 1, "p95": 1.9},
    "API requests": {"GET 200": 9, "POST 429": 0.5, "POST 500": 0.25, "POST none": 0.25},
    "Jobs that run and jobs that wait": {"running": 5, "waiting": 7, "limit": 6},
    "GPUs in use": {"nvidia.com/gpu": 2, "limit": 8},
    "Time until a job's turn comes": {"p50": 10, "p95": 19},
    "Jobs by reason": {"Running": 3, "Unschedulable": 2},
    "Jobs that wait for long": {"PodStuck": 1},
    "Jobs finished, by reason": {"Complete": 30, "InvalidRequest": 6},
    "Attempts finished, by reason": {"Complete": 30, "Stalled": 12},
    "Charts finished, by outcome": {"published": 54, "failed": 6},
    "Time until a job runs": {"p50": 10, "p95": 19},
    "Time until a job has ended": {"p50 complete": 100, "p95 complete": 190},
}
"""What each panel shows at the end of the history: values by legend."""


def _history() -> str:
    """Return the history in OpenMetrics: a sample of every series each 15 seconds for 75 minutes."""
    lines = []
    for n in range(SAMPLES):
        at = END - (SAMPLES - 1 - n) * STEP
        lines += [f"{_with_job(series)} {value} {at}" for series, value in GAUGES.items()]
        lines += [f"{_with_job(series)} {rate * n * STEP:.3f} {at}" for series, rate in COUNTERS.items()]
    return "\n".join([*lines, "# EOF\n"])


def _with_job(series: str) -> str:
    name, _, labels = series.rstrip("}").partition("{")
    return f'{name}{{job="chartspark-metrics"{"," if labels else ""}{labels}}}'


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], list[Json]]]:
    """Return `ask(expr)`: the series that Prometheus answers with at the end of the history."""
    folder = tmp_path_factory.mktemp("prometheus")
    (folder / "history.om").write_text(_history())
    (folder / "prometheus.yml").write_text("{}")
    data = folder / "data"
    subprocess.run(
        ["promtool", "tsdb", "create-blocks-from", "openmetrics", "--quiet", folder / "history.om", data],
        check=True,
        capture_output=True,
    )
    address = f"127.0.0.1:{_free_port()}"
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [
                "prometheus",
                f"--config.file={folder}/prometheus.yml",
                f"--storage.tsdb.path={data}",
                # The history lies where it lies: without this, blocks may be dropped for their age.
                "--storage.tsdb.retention.time=100y",
                f"--web.listen-address={address}",
            ],
            stdout=log,
            stderr=log,
        )
    try:
        _wait_until_ready(server, address, folder / "log")
        yield lambda expr: _query(address, expr)
    finally:
        server.terminate()
        server.wait()


def _wait_until_ready(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://{address}/-/ready"):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"Prometheus did not become ready:\n{log.read_text()}")


def _query(address: str, expr: str) -> list[Json]:
    for name, value in VARIABLES.items():
        expr = expr.replace(name, value)
    query = urllib.parse.urlencode({"query": expr, "time": END})
    with urllib.request.urlopen(f"http://{address}/api/v1/query?{query}") as response:
        result: list[Json] = json.load(response)["data"]["result"]
    return result


def _panels(dashboards: dict[str, Json]) -> dict[str, Json]:
    listed = [
        each
        for dashboard in dashboards.values()
        for panel in dashboard["panels"]
        for each in (panel["panels"] if panel["type"] == "row" and panel.get("panels") else [panel])
    ]
    return {panel["title"]: panel for panel in listed if panel["type"] != "row"}


def _legend(form: str, labels: dict[str, str]) -> str:
    for name, value in labels.items():
        form = form.replace(f"{{{{{name}}}}}", value)
    return form


def test_every_panel_has_an_expected_answer(dashboards: dict[str, Json]) -> None:
    assert _panels(dashboards).keys() == ANSWERS.keys()


@pytest.mark.parametrize("title", ANSWERS)
def test_the_panel_shows_what_happened(
    ask: Callable[[str], list[Json]], dashboards: dict[str, Json], title: str
) -> None:
    shown = {
        _legend(target["legendFormat"], series["metric"]): float(series["value"][1])
        for target in _panels(dashboards)[title]["targets"]
        for series in ask(target["expr"])
    }
    assert shown == pytest.approx(ANSWERS[title])


def test_the_installations_can_be_chosen_from(ask: Callable[[str], list[Json]]) -> None:
    assert [series["metric"]["job"] for series in ask("count by (job) (chartspark_build_info)")] == [
        "chartspark-metrics"
    ]
