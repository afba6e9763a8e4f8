"""The static checks, in one list: `make check` runs them, and so does a contract test."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PYTHON = Path(sys.executable)


@dataclass(frozen=True, slots=True)
class Check:
    """A command that must exit with 0, run in the repository's root."""

    name: str
    program: str
    arguments: tuple[str, ...]

    @property
    def argv(self) -> list[str]:
        """The whole command; the program is the environment's own."""
        return [str(PYTHON.parent / self.program), *self.arguments]


SOURCES = ("crds/src", "operator/src", "runner/src", "runner/training", "hack/src", "charts", "tests/bench")
CHECKS = (
    Check("format", "ruff", ("format", "--check", "--quiet", ".")),
    Check("lint", "ruff", ("check", "--quiet", ".")),
    Check("types", "mypy", SOURCES),
    Check("layers", "lint-imports", ("--no-cache",)),
    Check("yaml", "yamllint", ("--strict", "examples", "crds/chartsparkjobs.yaml")),
    Check("drift", "pytest", ("-q", "tests/contract/chart/test_generated_files_are_current.py")),
)


def check(root: Path) -> int:
    """Run every check in `root`, say how each ended, and return how many failed."""
    failed = 0
    for item in CHECKS:
        start = time.monotonic()
        done = subprocess.run(item.argv, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - CHECKS
        seconds = time.monotonic() - start
        sys.stdout.write(f"{item.name:8} {'ok' if done.returncode == 0 else 'FAILED':7} {seconds:5.1f} s\n")
        if done.returncode:
            failed += 1
            sys.stdout.write(done.stdout + done.stderr)
    return failed
