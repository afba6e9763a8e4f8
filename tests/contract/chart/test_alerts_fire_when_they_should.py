"""Each alert over two histories: one in which it must fire, and the nearest one in which it must not.

Samples are a minute apart. A history begins at the epoch: `0+60x90` is a clock that is right for 90 minutes.
"""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from charts.alerts.rules import ALERTS

Json = dict[str, Any]
Series = dict[str, str]

LACKS = (
    "MissingModel",
    "StorageUnavailable",
    "CannotWrite",
    "OutOfMemory",
    "OutOfGPUMemory",
    "GPULost",
    "OutOfEphemeralStorage",
    "Stalled",
    "StartDeadlineExceeded",
)
UP: Series = {'chartspark_build_info{pod="p"}': "1x180"}


@dataclass(frozen=True)
class Case:
    """What an alert is to say, and when."""

    fires: Series
    quiet: Series
    after: str
    """When it is looked at: for the first time that it can fire."""
    labels: dict[str, str] = field(default_factory=dict)


def _watch(resource: str, values: str) -> Series:
    return {f'chartspark_watch_last_seen_timestamp_seconds{{resource="{resource}"}}': values}


def _requests(good: int, bad: int) -> Series:
    return {
        'chartspark_api_requests_total{verb="GET", code="200"}': f"0+{good}x60",
        'chartspark_api_requests_total{verb="POST", code="429"}': f"0+{bad}x60",
        'chartspark_api_requests_total{verb="POST", code="500"}': f"0+{bad}x60",
        'chartspark_api_requests_total{verb="POST", code="none"}': f"0+{bad}x60",
    }


def _finished(reason: str) -> Series:
    return {f'chartspark_jobs_finished_total{{reason="{reason}"}}': "0x10 1x50"}


def _passes(result: str) -> Series:
    return {f'chartspark_reconciles_total{{result="{result}"}}': "0x10 1x50"}


def _jobs(reason: str, values: str) -> Series:
    return {f'chartspark_jobs{{reason="{reason}"}}': values}


def _stuck(reason: str, values: str) -> Series:
    return {f'chartspark_stuck_jobs{{reason="{reason}"}}': values}


def _queue(waiting: str, turns: str) -> Series:
    return {"chartspark_queued_jobs": waiting, "chartspark_queue_wait_seconds_count": turns}


CASES: dict[str, list[Case]] = {
    "ChartSparkOperatorDown": [Case({}, UP, "5m"), Case({"chartspark_build_info": "1x2 stale"}, UP, "9m")],
    "ChartSparkNoLeader": [
        Case(
            {'chartspark_leader{pod="p"}': "1x10 0x60", 'chartspark_leader{pod="q"}': "0x70"},
            {'chartspark_leader{pod="p"}': "1x10 0x60", 'chartspark_leader{pod="q"}': "0x11 1x60"},
            "14m",
        )
    ],
    "ChartSparkOperatorRestarts": [
        Case(
            {'process_start_time_seconds{pod="p"}': "1x5 2x5 3x5 4x60"},
            {'process_start_time_seconds{pod="p"}': "1x5 2x5 3x60"},
            "30m",
            {"pod": "p"},
        )
    ],
    "ChartSparkWatchStale": [
        Case(_watch("pods", "600x60"), _watch("pods", "0+60x60"), "30m", {"resource": "pods"}),
        Case(_watch("jobs", "0x60"), _watch("jobs", "0+60x9 600x4 900+60x60"), "14m", {"resource": "jobs"}),
        Case(
            _watch("chartsparkjobs", "60x60"),
            _watch("chartsparkjobs", "0+60x9 600x8 1080+60x60"),
            "30m",
            {"resource": "chartsparkjobs"},
        ),
    ],
    "ChartSparkAPIRequestsInVain": [Case(_requests(94, 2), _requests(97, 1), "30m")],
    "ChartSparkPassesFail": [
        Case(_passes("unexpected"), _passes("written"), "15m", {"result": "unexpected"}),
    ],
    "ChartSparkQueueLong": [
        Case({"chartspark_queue_depth": "101x60"}, {"chartspark_queue_depth": "101x14 100 101x14"}, "16m")
    ],
    "ChartSparkTurnsDoNotCome": [
        Case(_queue("3x180", "7x180"), _queue("3x180", "7x60 8x120"), "65m"),
        Case(_queue("3x180", "7x5 8x175"), _queue("0x180", "7x180"), "130m"),
    ],
    "ChartSparkJobsLackSomething": [
        Case(_finished(reason), _finished("InvalidData"), "30m", {"reason": reason}) for reason in LACKS
    ],
    "ChartSparkJobsUnschedulable": [
        Case(_jobs("Unschedulable", "1x120"), _jobs("Unschedulable", "1x30 0 1x120"), "61m")
    ],
    "ChartSparkJobsHeldBack": [
        Case(
            _jobs("Blocked", "1x40 0x80") | _jobs("PodsRefused", "0x40 1x80"),
            _jobs("MissingClaim", "1x120") | _jobs("Blocked", "0x120"),
            "61m",
        )
    ],
    "ChartSparkJobsDoNotStart": [
        Case(
            _jobs("Starting", "1x10 0x70")
            | _jobs("CannotStart", "0x10 1x10 0x60")
            | _jobs("ImageNotPulled", "0x20 1x60"),
            _jobs("Starting", "1x20 0 1x60"),
            "31m",
        )
    ],
    "ChartSparkJobsStuck": [
        Case(
            _stuck("PodStuck", "0x10 1x60") | _stuck("Unschedulable", "0x70"),
            _stuck("PodStuck", "1x10 0 1x10"),
            "26m",
            {"reason": "PodStuck"},
        )
    ],
}


def _scraped(series: Series) -> list[Json]:
    """Return the series as promtool takes them, with the labels of the scrape."""
    return [{"series": _labelled(name), "values": values} for name, values in series.items()]


def _labelled(series: str) -> str:
    name, _, labels = series.rstrip("}").partition("{")
    return f'{name}{{namespace="team", job="spark-chartspark-metrics"{"," if labels else ""}{labels}}}'


def _firing(firing: bool, name: str, case: Case) -> Json:  # noqa: FBT001 - what is expected
    (alert,) = [each for each in ALERTS if each.name == name]
    of_the_scrape = {"namespace": "team", "job": "spark-chartspark-metrics"}
    told = [{"exp_labels": of_the_scrape | {"severity": alert.severity} | case.labels}]
    return {"eval_time": case.after, "alertname": name, "exp_alerts": told if firing else []}


@pytest.fixture
def promtool(render: Callable[..., list[Json]], tmp_path: Path) -> Callable[[Json], str]:
    values = {"metrics": {"prometheusRule": {"enabled": True}}}
    (made,) = [each for each in render(values) if each["kind"] == "PrometheusRule"]
    rules = made["spec"]
    for rule in rules["groups"][0]["rules"]:
        # promtool compares every annotation, and the cases are about when, not about words.
        rule.pop("annotations", None)
    (tmp_path / "rules.yaml").write_text(yaml.safe_dump(rules))

    def run(test: Json) -> str:
        content = {"rule_files": ["rules.yaml"], "evaluation_interval": "1m", "tests": [test]}
        (tmp_path / "test.yaml").write_text(yaml.safe_dump(content))
        done = subprocess.run(
            ["promtool", "test", "rules", tmp_path / "test.yaml"], capture_output=True, text=True, check=False
        )
        return "" if done.returncode == 0 else done.stdout + done.stderr

    return run


def test_every_alert_has_its_cases() -> None:
    assert list(CASES) == [alert.name for alert in ALERTS]


@pytest.mark.parametrize(
    ("name", "case"),
    [
        pytest.param(name, case, id=f"{name}-{n}")
        for name, cases in CASES.items()
        for n, case in enumerate(cases)
    ],
)
@pytest.mark.parametrize("firing", [True, False], ids=["fires", "quiet"])
def test_the_alert_fires_in_the_one_history_and_not_in_the_other(
    promtool: Callable[[Json], str],
    firing: bool,  # noqa: FBT001 - a parameter of the test
    name: str,
    case: Case,
) -> None:
    test = {
        "interval": "1m",
        "input_series": _scraped(case.fires if firing else case.quiet),
        "alert_rule_test": [_firing(firing, name, case)],
    }
    assert promtool(test) == ""


def test_an_operator_of_another_release_does_not_stand_in_for_ours(promtool: Callable[[Json], str]) -> None:
    test = {
        "interval": "1m",
        "input_series": [
            {"series": 'chartspark_build_info{namespace="other", job="x-metrics"}', "values": "1x60"}
        ],
        "alert_rule_test": [
            _firing(firing=True, name="ChartSparkOperatorDown", case=CASES["ChartSparkOperatorDown"][0])
        ],
    }
    assert promtool(test) == ""
