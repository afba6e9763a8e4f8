import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from chartspark_operator.operation import SILENT_WATCH

from charts.alerts.rules import ALERTS, RECORDS, WATCH_SILENCE
from charts.render import CHART, ROOT

Json = dict[str, Any]
RUNBOOK = ROOT / "docs/guide/operations.md"
OF_THE_SCRAPE = {"namespace", "job", "pod"}
ON = {"metrics": {"prometheusRule": {"enabled": True, "additionalLabels": {"release": "p"}}}}


@pytest.fixture
def made(render: Callable[..., list[Json]]) -> Json:
    (found,) = [each for each in render(ON) if each["kind"] == "PrometheusRule"]
    return found


@pytest.fixture
def rules(made: Json) -> list[Json]:
    (group,) = made["spec"]["groups"]
    listed: list[Json] = group["rules"]
    return listed


@pytest.fixture
def alerts(rules: list[Json]) -> list[Json]:
    return [rule for rule in rules if "alert" in rule]


def test_promtool_accepts_what_the_chart_renders(made: Json, tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(yaml.safe_dump(made["spec"]))
    done = subprocess.run(
        ["promtool", "check", "rules", "--lint-fatal", tmp_path / "rules.yaml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(ALERTS) + len(RECORDS)} rules found" in done.stdout


def test_the_object_carries_the_labels_that_prometheus_selects_by(made: Json) -> None:
    assert made["metadata"]["labels"]["release"] == "p"


def test_nothing_is_left_to_be_filled_in(made: Json) -> None:
    assert "${" not in yaml.safe_dump(made)
    assert "${" in (CHART / "alerts/rules.yaml").read_text()


def test_every_selector_is_limited_to_the_release(rules: list[Json], selectors: Callable[..., Any]) -> None:
    for rule in rules:
        limits = rule["expr"].count('namespace="team", job="spark-chartspark-metrics"')
        assert limits == len(selectors(rule["expr"])), rule


def test_every_metric_and_label_is_one_that_the_operator_exposes(
    rules: list[Json], selectors: Callable[..., Any], exposed: dict[str, set[str]]
) -> None:
    known = exposed | {
        record.name: set(re.search(r"by \(([^)]*)\)", record.expr)[1].split(", ")) for record in RECORDS
    }
    for rule in rules:
        for name, labels in selectors(rule["expr"]):
            assert name in known, f"{name} is not a metric of the operator"
            assert labels - OF_THE_SCRAPE <= known[name], f"{name} has not all of the labels {labels}"


def test_an_alert_says_what_and_why_in_sentences(alerts: list[Json]) -> None:
    for alert in alerts:
        assert alert["alert"].startswith("ChartSpark")
        assert alert["labels"]["severity"] in ("critical", "warning")
        assert all(alert["annotations"][key].endswith(".") for key in ("summary", "description"))


def test_every_alert_has_its_section_in_the_runbook_and_every_section_its_alert(alerts: list[Json]) -> None:
    sections = re.findall(r"(?m)^### (ChartSpark\w+)$", RUNBOOK.read_text())
    assert sections == [alert["alert"] for alert in alerts]
    for alert in alerts:
        page, _, section = alert["annotations"]["runbook_url"].partition("#")
        assert (page, section) == ("docs/guide/operations.md", alert["alert"].lower())


def test_the_runbook_can_be_read_elsewhere(render: Callable[..., list[Json]]) -> None:
    values = {"metrics": {"prometheusRule": {"enabled": True, "runbookUrl": "https://docs.example.com/o"}}}
    (made,) = [each for each in render(values) if each["kind"] == "PrometheusRule"]
    assert "runbook_url: https://docs.example.com/o#chartsparkoperatordown" in yaml.safe_dump(made)


def test_a_watch_is_stale_when_the_operator_says_so_itself(
    render: Callable[..., list[Json]], alerts: list[Json]
) -> None:
    assert SILENT_WATCH == WATCH_SILENCE
    (stale,) = [alert for alert in alerts if alert["alert"] == "ChartSparkWatchStale"]
    assert f"> {2 * 300 + SILENT_WATCH:.0f}" in stale["expr"]
    (made,) = [each for each in render(ON | {"resyncSeconds": 86_400}) if each["kind"] == "PrometheusRule"]
    assert f"> {2 * 86_400 + SILENT_WATCH:.0f}" in yaml.safe_dump(made, width=10_000)
