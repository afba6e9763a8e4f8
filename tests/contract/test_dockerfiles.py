"""The Dockerfiles build anywhere, and what they build may run under Pod Security `restricted`."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCKERFILES = sorted((ROOT / "dockerfiles").glob("*.Dockerfile"))


@pytest.fixture(params=DOCKERFILES, ids=lambda path: path.name)
def dockerfile(request: pytest.FixtureRequest) -> Path:
    path = request.param
    assert isinstance(path, Path)
    return path


def test_there_is_one_per_program() -> None:
    assert [path.name for path in DOCKERFILES] == ["operator.Dockerfile", "runner.Dockerfile"]


def test_hadolint_finds_nothing(dockerfile: Path) -> None:
    hadolint = Path(sys.executable).parent / "hadolint"
    done = subprocess.run([hadolint, dockerfile], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_user_is_a_number_other_than_root(dockerfile: Path) -> None:
    # The kubelet cannot tell whether a user that is only named is root.
    users = re.findall(r"^USER (.*)$", dockerfile.read_text(), re.MULTILINE)
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", users[-1])


def test_the_base_image_can_be_replaced_and_has_a_default(dockerfile: Path) -> None:
    text = dockerfile.read_text()
    assert text.index("ARG BASE_IMAGE=docker.io/library/python:3.11-slim-bookworm") < text.index("FROM")
    assert set(re.findall(r"^FROM (\S+)", text, re.MULTILINE)) == {"${BASE_IMAGE}", "libraries"}


def test_libraries_are_installed_only_with_hashes(dockerfile: Path) -> None:
    program = dockerfile.name.partition(".")[0]
    text = dockerfile.read_text()
    assert re.search(rf"pip sync(?:.|\\\n)*?--require-hashes .*{program}\.txt", text)
    assert "--no-deps" in text


def test_an_edit_of_our_code_leaves_the_layer_of_libraries(dockerfile: Path) -> None:
    libraries = dockerfile.read_text().split("AS code")[0]
    assert re.findall(r"^COPY (.*)", libraries, re.MULTILINE) == [
        f"requirements/uv.txt requirements/{dockerfile.name.partition('.')[0]}.txt /tmp/requirements/"
    ]
