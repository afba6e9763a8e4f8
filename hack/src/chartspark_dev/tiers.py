"""Runs the tiers of tests one after another, and closes with one line of counts.

The tiers that need no cluster run while the programs and images for the others are being built.
Knows pytest by its command line and its JUnit report alone.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree as ET


class Tier(StrEnum):
    """A folder below tests/, by what it needs; cheapest first."""

    UNIT = "unit"
    CONTRACT = "contract"
    CLUSTER = "cluster"
    E2E = "e2e"


PREPARED = frozenset({Tier.CLUSTER, Tier.E2E})
"""The tiers that need what `prepare` builds."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tier came to."""

    tier: Tier
    passed: int
    failed: int
    skipped: int
    seconds: float


def run_tiers(root: Path, prepare: Callable[[], None]) -> int:
    """Run every tier below `root`/tests, and return the exit status.

    Raises:
        Exception: what `prepare` raised, once the tiers that do not need it have run.
    """
    with ThreadPoolExecutor(max_workers=1) as background:
        preparation: Future[None] = background.submit(prepare)
        outcomes = []
        for tier in Tier:
            if tier in PREPARED:
                preparation.result()
            outcomes.append(_run(root, tier))
    sys.stdout.write("\n" + report(outcomes))
    return 1 if any(outcome.failed for outcome in outcomes) else 0


def report(outcomes: list[Outcome]) -> str:
    """Return a table of the tiers, and the closing line."""
    rows = [
        f"{o.tier:10} {o.passed:5} passed {o.failed:4} failed {o.skipped:4} skipped {o.seconds:7.0f} s\n"
        for o in outcomes
    ]
    passed, failed, skipped = (
        sum(getattr(o, field) for o in outcomes) for field in ("passed", "failed", "skipped")
    )
    return "".join(rows) + f"{passed} passed, {failed} failed, {skipped} skipped\n"


def read_outcome(tier: Tier, junit: str, returncode: int, seconds: float) -> Outcome:
    """Return what pytest's JUnit report says. A run that ended badly without a failed test counts as one failure."""
    suite = next(ET.fromstring(junit).iter("testsuite"))  # noqa: S314 - pytest wrote it, just now
    total, errors, failures, skipped = (
        int(suite.get(key, "0")) for key in ("tests", "errors", "failures", "skipped")
    )
    failed = errors + failures
    if returncode and not failed:
        failed = 1
    return Outcome(tier, max(0, total - errors - failures - skipped), failed, skipped, seconds)


def _run(root: Path, tier: Tier) -> Outcome:
    junit = root / "build" / "test" / f"{tier}.xml"
    junit.parent.mkdir(parents=True, exist_ok=True)
    junit.unlink(missing_ok=True)
    sys.stdout.write(f"== {tier}\n")
    sys.stdout.flush()
    start = time.monotonic()
    argv = [sys.executable, "-m", "pytest", f"tests/{tier}", "-q", f"--junitxml={junit}"]
    done = subprocess.run(argv, cwd=root, stdin=subprocess.DEVNULL, check=False)  # noqa: S603 - pytest
    seconds = time.monotonic() - start
    if not junit.exists():
        return Outcome(tier, 0, 1, 0, seconds)
    return read_outcome(tier, junit.read_text(), done.returncode, seconds)
