"""The operator's own /metrics, scraped by a real Prometheus while a short history happens.

The contract tier asks every panel and every alert of made-up series; here the series are the operator's.
"""

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from chartspark_api.reasons import Reason
from chartspark_api.report import RunReport
from chartspark_dev.cluster import Cluster
from cluster_support import Namespace, Operator, eventually, job

CHART = Path(__file__).parents[2] / "charts" / "chartspark"
ADDRESS = "127.0.0.1:9090"
"""In the cluster's network, where nothing else of ours listens there."""
GRAFANAS = {"$__rate_interval": "1m", "$__range": "1h", "$job": "chartspark-metrics"}
RELEASES = {"${selector}": 'namespace="team", job="chartspark-metrics"', "${ownersSilenceSeconds}": "780"}
SCRAPES = {
    "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
    "rule_files": ["rules.yaml"],
    "scrape_configs": [
        {
            "job_name": "chartspark-metrics",
            "static_configs": [{"targets": ["127.0.0.1:8080"], "labels": {"namespace": "team"}}],
        }
    ],
}


@dataclass(frozen=True)
class Prometheus:
    """A Prometheus that runs where the operator does."""

    cluster: Cluster

    def ask(self, expr: str, legend: str) -> dict[str, float]:
        """Return the values of the series, by the label that `legend` names."""
        argv = self.cluster.process("promtool", "query", "instant", "-o", "json", f"http://{ADDRESS}", expr)
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        found = json.loads(done.stdout) if done.returncode == 0 else []
        return {series["metric"].get(legend, ""): float(series["value"][1]) for series in found}

    def panel(self, title: str, legend: str = "") -> dict[str, float]:
        """Return what a panel of the dashboard shows, series of value 0 left out."""
        panels = json.loads((CHART / "dashboards/overview.json").read_text())["panels"]
        (target,) = next(panel["targets"] for panel in panels if panel["title"] == title)
        shown = self.ask(_filled(target["expr"], GRAFANAS), legend)
        return {name: value for name, value in shown.items() if value}


@pytest.fixture
def prometheus(cluster: Cluster, tmp_path: Path) -> Iterator[Prometheus]:
    folder = tmp_path / "prometheus"
    folder.mkdir()
    (folder / "rules.yaml").write_text(_filled((CHART / "alerts/rules.yaml").read_text(), RELEASES))
    (folder / "prometheus.yaml").write_text(yaml.safe_dump(SCRAPES))
    flags = [
        f"--config.file={folder}/prometheus.yaml",
        f"--storage.tsdb.path={folder}/data",
        f"--web.listen-address={ADDRESS}",
    ]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(cluster.process("prometheus", *flags), stdout=log, stderr=log)
    yield Prometheus(cluster)
    process.terminate()
    process.wait()


def _filled(text: str, words: dict[str, str]) -> str:
    for word, value in words.items():
        text = text.replace(word, value)
    return text


def _live(namespace: Namespace) -> None:
    """Two jobs: of three charts of the one, two are published; of the other the model is missing."""
    namespace.apply(job("good", charts=3))
    namespace.apply(job("bad", charts=2))
    told = RunReport(
        reason=Reason.COMPLETE_WITH_FAILURES, message="", charts_total=3, charts_done=2, charts_failed=1
    )
    (good,) = namespace.pods(_attempt(namespace, "good"))
    (bad,) = namespace.pods(_attempt(namespace, "bad"))
    namespace.play(good, None)
    namespace.wait_for("good", "Running")
    namespace.play(good, 0, told)
    namespace.play(bad, 66)
    namespace.wait_for("good", "CompleteWithFailures")
    namespace.wait_for("bad", "MissingModel")


def _attempt(namespace: Namespace, name: str) -> str:
    attempts = eventually(lambda: namespace.status(name).get("attempts"), f"{name} has begun")
    return str(attempts[0]["job"])


def _settled(look: Callable[[], dict[str, float]], expected: dict[str, float]) -> dict[str, float]:
    """Return what is seen once it has the expected series; a scrape and its rules come within two seconds."""
    seen: dict[str, float] = {}

    def reached() -> bool:
        nonlocal seen
        seen = look()
        return seen.keys() == expected.keys()

    eventually(reached, f"the series {list(expected)}")
    return seen


@pytest.mark.usefixtures("operator")
def test_the_dashboard_and_the_alerts_tell_the_history(namespace: Namespace, prometheus: Prometheus) -> None:
    scrapes = "count_over_time(chartspark_build_info[1m]) > 2"
    eventually(lambda: prometheus.ask(scrapes, "job"), "the counters are seen at zero")
    _live(namespace)

    ended = {"CompleteWithFailures": 1.0, "MissingModel": 1.0}
    by_reason = _settled(lambda: prometheus.panel("Jobs by reason", "reason"), ended)
    assert by_reason == ended
    assert prometheus.panel("Jobs") == {"": 2}
    # An attempt is complete when every chart was tried. increase() reaches half a scrape beyond the last sample.
    tried = {"Complete": 1.0, "MissingModel": 1.0}
    for title, expected in (("Jobs finished, by reason", ended), ("Attempts finished, by reason", tried)):
        finished = _settled(lambda title=title: prometheus.panel(title, "reason"), expected)
        assert finished == pytest.approx(expected, rel=0.25), title
    assert prometheus.panel("Charts published") == pytest.approx({"": 2 / 3})
    assert list(prometheus.panel("Version", "version").values()) == [1]
    assert prometheus.panel("Oldest watch")[""] < 120
    assert prometheus.panel("API requests in vain") == {}

    missing = {"ChartSparkJobsLackSomething": 1.0}
    firing = 'ALERTS{alertstate="firing"}'
    assert _settled(lambda: prometheus.ask(firing, "alertname"), missing) == missing
    assert prometheus.ask(firing, "reason").keys() == {"MissingModel"}


def test_a_lost_operator_is_noticed(prometheus: Prometheus, operator: Operator) -> None:
    eventually(lambda: prometheus.ask("chartspark_build_info", "job"), "the operator is scraped")
    operator.kill()
    pending = {"ChartSparkOperatorDown": 1.0}
    assert _settled(lambda: prometheus.ask('ALERTS{alertstate="pending"}', "alertname"), pending) == pending
