"""Each row of tests/refusals/at_check.py, through the command line that its author would use."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
import structlog
import yaml
from chartspark_api.exit_codes import ExitCode
from chartspark_runner.cli import app
from typer.testing import CliRunner

from tests.refusals.at_check import AT_CHECK
from tests.refusals.bad_input import SOUND, BadInput


@pytest.fixture(autouse=True)
def _logs() -> Iterator[None]:
    """Take back what the command sets: it logs to a stream that ends with the test."""
    yield
    structlog.reset_defaults()


def checked(
    manifest: dict[str, object], folder: Path, models: Mapping[str, str] = MappingProxyType({})
) -> tuple[int, str]:
    file = folder / "job.yaml"
    file.write_text(yaml.safe_dump(manifest))
    for name, text in models.items():
        (folder / "models" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "models" / name).write_text(text)
    claim = ["--models", str(folder / "models")] if models else []
    done = CliRunner().invoke(app, ["check", str(file), *claim])
    return done.exit_code, done.output


@pytest.mark.parametrize("row", AT_CHECK, ids=lambda row: row.name)
def test_its_author_is_told(row: BadInput, tmp_path: Path) -> None:
    code, output = checked(row.manifest, tmp_path, row.models)
    assert code == (ExitCode.MISSING_INPUT if "MissingModel" in output else ExitCode.BAD_REQUEST)
    assert row.told in output


def test_the_manifest_that_all_of_them_change_is_sound(tmp_path: Path) -> None:
    assert checked(SOUND, tmp_path) == (ExitCode.OK, "apples: ok\n")
