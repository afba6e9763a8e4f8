"""Pins the requirements: `requirements/*.in` become `*.txt`, with hashes and without addresses.

What an image installs is a subset of what the tests ran with: the other locks are constrained by dev.txt.
"""

from pathlib import Path

from chartspark_dev.commands import run
from chartspark_dev.places import PROGRAMS

PYTHON_VERSION = "3.11"
"""That of Debian bookworm, which the images are made of."""
CONSTRAINED = ("operator", "runner", "uv")


def lock(requirements: Path) -> None:
    """Compile every `.in` of a folder anew."""
    _compile(requirements, "dev")
    for name in CONSTRAINED:
        _compile(requirements, name, "--constraint", "dev.txt")


def _compile(folder: Path, name: str, *arguments: str) -> None:
    quiet = ("--quiet", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links")
    pinned = ("--generate-hashes", "--upgrade", "--python-version", PYTHON_VERSION)
    files = (f"{name}.in", "--output-file", f"{name}.txt")
    run(PROGRAMS / "uv", "pip", "compile", *quiet, *pinned, *arguments, *files, cwd=folder)
