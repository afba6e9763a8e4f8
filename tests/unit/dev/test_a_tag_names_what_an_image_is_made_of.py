"""An image is built again when, and only when, something that goes into it changed."""

from pathlib import Path

import pytest
from chartspark_dev.oci import context

FILES = (
    "dockerfiles/operator.Dockerfile",
    "requirements/uv.txt",
    "requirements/dev.txt",
    "requirements/operator.txt",
    "crds/pyproject.toml",
    "crds/src/chartspark_api/names.py",
    "operator/pyproject.toml",
    "operator/src/chartspark_operator/main.py",
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def tag(checkout: Path, base: str = "base") -> str:
    return context.read(checkout, "operator").tag(base)


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_another_image(checkout: Path, name: str) -> None:
    before = tag(checkout)
    (checkout / name).write_text("changed")
    assert tag(checkout) != before


def test_a_renamed_file_is_another_image(checkout: Path) -> None:
    before = tag(checkout)
    source = checkout / "operator/src/chartspark_operator/main.py"
    source.rename(source.with_name("other.py"))
    assert tag(checkout) != before


def test_another_base_is_another_image(checkout: Path) -> None:
    assert tag(checkout) != tag(checkout, "other")


@pytest.mark.parametrize(
    "name",
    [
        "runner/src/chartspark_runner/main.py",
        "operator/src/chartspark_operator/__pycache__/main.pyc",
        "operator/src/chartspark_operator.egg-info/PKG-INFO",
        "README.md",
    ],
)
def test_what_does_not_go_in_does_not_count(checkout: Path, name: str) -> None:
    before = tag(checkout)
    (checkout / name).parent.mkdir(parents=True, exist_ok=True)
    (checkout / name).write_text("new")
    assert tag(checkout) == before


def test_a_build_gets_the_files_that_were_digested(
    checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = context.read(checkout, "operator")
    (checkout / FILES[-1]).write_text("an edit during the build")
    folder = tmp_path_factory.mktemp("context")
    found.write(folder)
    assert {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} == set(FILES)
    assert (folder / FILES[-1]).read_text() == FILES[-1]
