"""Helm, the operator's metrics and the dashboards as the chart's tests see them.

Helm is the binary that $HELM names, else the checkout's own, else the pinned one.
"""

import functools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from chartspark_dev import client_tools
from chartspark_operator.admission.demand import Limits
from chartspark_operator.admission.ledger import Usage
from chartspark_operator.metrics import Metrics

ROOT = Path(__file__).resolve().parents[3]
CHART = ROOT / "charts/chartspark"
# The renderer is a package of the checkout, and of no distribution.
sys.path.append(str(ROOT))

Objects = list[dict[str, Any]]


@pytest.fixture(scope="session")
def chart_path() -> Path:
    return CHART


@pytest.fixture(scope="session")
def helm() -> Callable[..., subprocess.CompletedProcess[str]]:
    built = ROOT / "build/helm"
    binary = os.environ.get("HELM") or (built if built.exists() else client_tools.ensure() / "helm")

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run([binary, *arguments], capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def rendered_text(
    helm: Callable[..., subprocess.CompletedProcess[str]], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., str]:
    file = tmp_path_factory.mktemp("values") / "values.json"

    @functools.cache
    def run(values: str, release: str, namespace: str, *flags: str) -> str:
        file.write_text(values)
        done = helm("template", release, CHART, "--namespace", namespace, "--values", file, *flags)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def render(rendered_text: Callable[..., str]) -> Callable[..., Objects]:
    """Return `render(values, release=, namespace=)`: what an install makes under these values."""

    def run(values: dict[str, Any], release: str = "spark", namespace: str = "team") -> Objects:
        return _objects(rendered_text(json.dumps(values), release, namespace, "--skip-tests"))

    return run


@pytest.fixture
def render_tests(rendered_text: Callable[..., str]) -> Callable[..., Objects]:
    """Return `render_tests(values)`: what `helm test` makes under these values."""

    def run(values: dict[str, Any]) -> Objects:
        objects = _objects(rendered_text(json.dumps(values), "spark", "team"))
        return [each for each in objects if "helm.sh/hook" in each["metadata"].get("annotations", {})]

    return run


def _objects(text: str) -> Objects:
    # LibYAML's loader: the CRD alone takes PyYAML's own a fifth of a second.
    return [document for document in yaml.load_all(text, Loader=yaml.CSafeLoader) if document]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give `ci_values` each of the chart's variants."""
    if "ci_values" in metafunc.fixturenames:
        files = sorted((CHART / "ci").glob("*-values.yaml"))
        metafunc.parametrize("ci_values", files, ids=[file.stem.removesuffix("-values") for file in files])


@pytest.fixture
def rendered(
    render: Callable[..., Objects], render_tests: Callable[..., Objects], ci_values: Path
) -> Objects:
    values = yaml.safe_load(ci_values.read_text())
    return render(values) + render_tests(values)


@pytest.fixture(scope="session")
def dashboards() -> dict[str, dict[str, Any]]:
    """Return the committed dashboards by the names of their files."""
    return {file.stem: json.loads(file.read_text()) for file in (CHART / "dashboards").glob("*.json")}


@pytest.fixture(scope="session")
def exposed() -> dict[str, set[str]]:
    """Return the operator's metrics with their labels, as a scrape of them shows them."""
    metrics = Metrics()
    metrics.observe_leadership(lambda: True)
    metrics.observe_at_scrape(dict, dict, lambda: 0, lambda: {"pods": 0.0})
    metrics.observe_admission(lambda: Usage(0, 0, {"nvidia.com/gpu": 1}, Limits()))
    metrics.api_request("GET", "200")
    found: dict[str, set[str]] = {}
    for family in metrics.registry.collect():
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


@pytest.fixture(scope="session")
def selectors() -> Callable[[str], list[tuple[str, set[str]]]]:
    """Return `selectors(expr)`: the name of each metric that is asked for, with the labels that it is selected by."""

    def find(expr: str) -> list[tuple[str, set[str]]]:
        found: list[tuple[str, set[str]]] = []

        def visit(node: promql_parser.Expr) -> None:
            if isinstance(node, promql_parser.VectorSelector):
                found.append((str(node.name), {matcher.name for matcher in node.matchers.matchers}))

        promql_parser.walk(promql_parser.parse(expr), visit)
        return found

    return find
