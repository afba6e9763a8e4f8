"""Runs the tiers of tests in two lanes side by side, and closes with one line of counts.

What waits for clusters runs beside what computes, and programs and images are built meanwhile. A tier's output
is shown whole when the tier has ended; while it runs it grows in build/test/<tier>.log.
Knows pytest by its command line and its JUnit report alone.
"""

import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from chartspark_dev import commands
from chartspark_dev.programs import Programs
from chartspark_dev.steps import say


class Tier(StrEnum):
    """A folder below tests/, by what it needs; cheapest first."""

    UNIT = "unit"
    CONTRACT = "contract"
    CLUSTER = "cluster"
    CHAOS = "chaos"
    E2E = "e2e"


LANES: Final = ((Tier.UNIT, Tier.E2E), (Tier.CONTRACT, Tier.CLUSTER, Tier.CHAOS))
"""What runs one after another, in lanes that take about as long as each other."""

Preparations = Mapping[Tier, Callable[[], None]]
"""What builds the programs and images that a tier needs."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tier came to."""

    tier: Tier
    passed: int
    failed: int
    skipped: int
    seconds: float


def run_tiers(root: Path, preparations: Preparations) -> int:
    """Run every tier below `root`/tests, and return the exit status.

    Raises:
        Exception: what a preparation raised, once the tiers that do not need it have run.
    """
    programs = Programs()
    with ThreadPoolExecutor() as pool:
        prepared = {tier: pool.submit(prepare) for tier, prepare in preparations.items()}
        lanes = [pool.submit(_run_lane, root, lane, prepared, programs) for lane in LANES]
        try:
            wait(lanes)
            outcomes = [outcome for lane in lanes for outcome in lane.result()]
        except KeyboardInterrupt:
            # The pool would otherwise wait for compilers too.
            with commands.ending(), programs.ending():
                pool.shutdown(cancel_futures=True)
            raise
    sys.stdout.write("\n" + report(sorted(outcomes, key=lambda outcome: list(Tier).index(outcome.tier))))
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


def _run_lane(
    root: Path, lane: tuple[Tier, ...], prepared: Mapping[Tier, Future[None]], programs: Programs
) -> list[Outcome]:
    outcomes = []
    for tier in lane:
        if tier in prepared:
            prepared[tier].result()
        outcomes.append(_run(root, tier, programs))
    return outcomes


def _run(root: Path, tier: Tier, programs: Programs) -> Outcome:
    junit, log = (root / "build" / "test" / f"{tier}.{kind}" for kind in ("xml", "log"))
    junit.parent.mkdir(parents=True, exist_ok=True)
    junit.unlink(missing_ok=True)
    say(f"  … {tier} tests: {log.relative_to(root)}")
    start = time.monotonic()
    with log.open("wb") as output:
        returncode = programs.run(
            [sys.executable, "-m", "pytest", f"tests/{tier}", "-q", f"--junitxml={junit}"], root, output
        )
    seconds = time.monotonic() - start
    # One write, so that another lane's lines do not come in between.
    sys.stdout.write(f"== {tier}\n{log.read_text(errors='replace')}")
    sys.stdout.flush()
    if not junit.exists():
        return Outcome(tier, 0, 1, 0, seconds)
    return read_outcome(tier, junit.read_text(), returncode, seconds)
