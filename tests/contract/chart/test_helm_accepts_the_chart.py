import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

Helm = Callable[..., subprocess.CompletedProcess[str]]


def test_strict_lint_passes(helm: Helm, chart_path: Path, ci_values: Path) -> None:
    done = helm("lint", "--strict", chart_path, "--values", ci_values)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_variant_renders(rendered: list[dict[str, object]]) -> None:
    assert "Deployment" in {each["kind"] for each in rendered}


@pytest.mark.parametrize("command", [["lint", "--strict"], ["template", "spark"]], ids=["lint", "template"])
@pytest.mark.parametrize("typo", ["imagePullSecret=x", "image.repo=x", "replicaCount=6"])
def test_a_typo_is_refused(helm: Helm, chart_path: Path, command: list[str], typo: str) -> None:
    done = helm(*command, chart_path, "--set", typo)
    assert done.returncode != 0
    assert typo.split("=", maxsplit=1)[0].rsplit(".", maxsplit=1)[-1] in done.stdout + done.stderr


def test_the_chart_can_be_a_dependency(helm: Helm, chart_path: Path, tmp_path: Path) -> None:
    parent = tmp_path / "parent"
    (parent / "charts").mkdir(parents=True)
    (parent / "charts/chartspark").symlink_to(chart_path)
    (parent / "Chart.yaml").write_text(
        yaml.safe_dump({"apiVersion": "v2", "name": "parent", "version": "1.0.0"})
    )
    done = helm("template", "spark", parent, "--set", "global.region=here")
    assert done.returncode == 0, done.stderr
