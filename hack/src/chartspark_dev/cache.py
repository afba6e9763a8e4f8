"""What is built or downloaded once: `<cache>/<tool>-<digest of its inputs>`, complete or not there.

Knows nothing about what it keeps. An entry is made beside its place and renamed, under a lock per tool,
so that two runs never build the same thing twice and none sees half of it.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from chartspark_dev import locks
from chartspark_dev.places import cache_root

_DIGITS = 16


def digest(inputs: Iterable[bytes]) -> str:
    """Return a short digest. Each input counts with its length: moving a byte between two is a change."""
    total = hashlib.sha256()
    for part in inputs:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()[:_DIGITS]


def entry(tool: str, inputs: Iterable[bytes]) -> Path:
    """Return where the tool made from these inputs lies, whether or not it is there."""
    return cache_root() / f"{tool}-{digest(inputs)}"


def ensure(place: Path, make: Callable[[Path], None]) -> Path:
    """Return `place`, an `entry`, after `make` filled an empty folder for it if it was not there."""
    if place.exists():
        return place
    tool = place.name.rpartition("-")[0]
    with locks.exclusive(place.with_name(f"{tool}.lock")):
        if not place.exists():
            _make(place, make)
    return place


def _make(place: Path, make: Callable[[Path], None]) -> None:
    beside = place.with_name(f"{place.name}.partial")
    # A run that was killed leaves this behind; under the lock nobody else is using it.
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        make(beside)
        beside.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
