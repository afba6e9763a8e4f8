"""A few rounds of `make crash`. docs/guide/operations.md tells of it."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROUNDS = 2


def test_what_is_published_is_whole_and_stays_and_nothing_else_does(tmp_path: Path) -> None:
    told = tmp_path / "crash.json"
    crash = ROOT / "tests" / "crash" / "crash.py"
    argv = [sys.executable, crash, "--rounds", str(ROUNDS), "--seed", "3", "--to", told]
    ended = subprocess.run(argv, stdout=subprocess.DEVNULL, check=False)
    counts = json.loads(told.read_text())
    assert counts["sentences"] == []
    assert (counts["rounds"], ended.returncode) == (ROUNDS, 0)
    assert counts["kills"] >= ROUNDS
