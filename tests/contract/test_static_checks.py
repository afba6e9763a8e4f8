"""What `make check` runs, as tests: nothing lands that the linters, the types or the layers refuse."""

import subprocess
from pathlib import Path

import pytest
from chartspark_dev.check import CHECKS, Check

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_the_tree_passes(check: Check) -> None:
    done = subprocess.run(check.argv, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_operators_folder_is_no_package() -> None:
    # It would shadow the standard library's `operator` for everything that starts in the root.
    assert not (ROOT / "operator" / "__init__.py").exists()
