"""Helm as the chart's tests call it: the binary by $HELM, else the checkout's own, else the one on the path."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

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
    binary = os.environ.get("HELM") or (str(built) if built.exists() else shutil.which("helm"))
    if binary is None:
        pytest.fail("there is no Helm: run `make bootstrap`, or set HELM to its path")

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run([binary, *arguments], capture_output=True, text=True, check=False)

    return run


@pytest.fixture
def render(helm: Callable[..., Any], tmp_path: Path) -> Callable[..., Objects]:
    """Return `render(values, release=, namespace=)`: the objects of the chart under these values."""

    def run(values: dict[str, Any], release: str = "spark", namespace: str = "team") -> Objects:
        file = tmp_path / "values.yaml"
        file.write_text(json.dumps(values))
        done = helm("template", release, CHART, "--namespace", namespace, "--values", file)
        assert done.returncode == 0, done.stderr
        return [document for document in yaml.safe_load_all(done.stdout) if document]

    return run


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give `ci_values` each of the chart's variants."""
    if "ci_values" in metafunc.fixturenames:
        files = sorted((CHART / "ci").glob("*-values.yaml"))
        metafunc.parametrize("ci_values", files, ids=[file.stem.removesuffix("-values") for file in files])


@pytest.fixture
def rendered(render: Callable[..., Objects], ci_values: Path) -> Objects:
    return render(yaml.safe_load(ci_values.read_text()))
