import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from chartspark_api.job import ChartSparkJob

Notes = Callable[..., str]


@pytest.fixture
def notes(helm: Callable[..., subprocess.CompletedProcess[str]], chart_path: Path) -> Notes:
    def run(*arguments: str) -> str:
        done = helm(
            "install",
            "spark",
            chart_path,
            "--namespace",
            "team",
            "--dry-run=client",
            "--hide-secret",
            *arguments,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split("NOTES:\n", maxsplit=1)[1]

    return run


def _first_objects(text: str) -> list[dict[str, Any]]:
    heredoc = text.split("<<'END'\n", maxsplit=1)[1].split("\nEND\n", maxsplit=1)[0]
    return list(yaml.safe_load_all(heredoc))


def test_the_first_job_is_valid_and_its_claim_comes_with_it(notes: Notes) -> None:
    claim, job = _first_objects(notes())
    read = ChartSparkJob.model_validate(job)
    assert set(job) <= {"apiVersion", "kind", "metadata", "spec"}
    assert read.spec.output.claim_name == claim["metadata"]["name"]


def test_the_first_job_goes_where_it_is_watched(notes: Notes) -> None:
    assert "kubectl apply --namespace team " in notes()
    assert "kubectl apply --namespace charts " in notes("--set", "watchNamespaces={charts,reports}")


@pytest.mark.parametrize(
    ("arguments", "warning"),
    [((), "no PersistentVolumeClaim in team"), (("--set", "replicaCount=0"), "no operator runs")],
)
def test_a_risk_is_named(notes: Notes, arguments: tuple[str, ...], warning: str) -> None:
    assert warning in notes(*arguments)


def test_nothing_is_warned_of_that_is_not_so(notes: Notes) -> None:
    assert "no operator runs" not in notes()
