"""Kills the runner at random moments of a job, starts it again until the job is done, and writes build/crash.json.

`make crash ROUNDS=20` runs it; `make test` a few rounds. Each round is a job of its own, drawn with Icons on this
machine. While it goes on its folder is watched:

- half: published folders that were seen without a file that they have in the end
- lost: published folders that went away, or became other ones
- outside: files that were written, changed or removed outside the output folder
- leftover: what is left of the work when the job is done
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
RUNNER = Path(sys.prefix) / "bin" / "chartspark-runner"
CHARTS = 4
MOST_KILLS = 4
"""Kills of a round. Then it is left alone."""
LOOK = 0.01
LONGEST = 900.0
"""Seconds that a run may take when nobody kills it."""
SUBJECTS = ("red apple", "green tree", "sailing boat", "coffee cup")


@dataclass
class Counts:
    """What the rounds came to."""

    rounds: int = 0
    half: int = 0
    lost: int = 0
    outside: int = 0
    leftover: int = 0
    kills: int = 0
    seed: int = 0
    sentences: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not (self.half or self.lost or self.outside or self.leftover)

    def note(self, what: str, sentences: set[str]) -> None:
        """Count what was found, each thing once."""
        setattr(self, what, getattr(self, what) + len(sentences))
        self.sentences += sorted(f"{what}: {sentence}" for sentence in sentences)


def request() -> dict[str, Any]:
    """Return a job of several charts."""
    table = "year,tonnes\n2023,40\n2024,70\n2025,90\n"
    return {
        "apiVersion": "chartspark.io/v1alpha1",
        "kind": "ChartSparkJob",
        "metadata": {"name": "crash", "namespace": "default", "uid": "00000000-0000-0000-0000-000000000001"},
        "spec": {
            "charts": [
                {
                    "name": f"c{number}",
                    "title": subject.capitalize(),
                    "subject": subject,
                    "xColumn": "year",
                    "yColumn": "tonnes",
                    "data": {"csv": table},
                }
                for number, subject in zip(range(CHARTS), SUBJECTS, strict=True)
            ],
            "output": {"claimName": "results"},
        },
    }


def snapshot(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Return what lies in a folder: by path the inode, the size and the time of the last change."""
    found = {}
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        if not path.is_dir():
            found[str(path.relative_to(folder))] = about.st_ino, about.st_size, about.st_mtime_ns
    return found


@dataclass
class Watcher:
    """Who looks at the published folders."""

    out: Path
    first_seen: dict[str, tuple[int, frozenset[str]]] = field(default_factory=dict)
    """By chart the folder's inode, and its files, when it was first seen."""
    lost: set[str] = field(default_factory=set)

    def look(self) -> None:
        """Compare every published folder with how it was first seen."""
        charts = {path.name: path for path in self.out.glob("c*") if path.is_dir()}
        for name, (inode, _) in self.first_seen.items():
            if name not in charts or charts[name].stat().st_ino != inode:
                self.lost.add(f"{name} is not what was published")
        for name in charts.keys() - self.first_seen.keys():
            files = frozenset(snapshot(charts[name]))
            self.first_seen[name] = charts[name].stat().st_ino, files

    def half(self) -> set[str]:
        """Return the charts that lacked something when they were first seen."""
        return {
            f"{name} had {len(files)} files at first"
            for name, (_, files) in self.first_seen.items()
            if files != frozenset(snapshot(self.out / name))
        }


@dataclass
class Round:
    """One job, from its first start to its end."""

    folder: Path
    dice: random.Random

    def __post_init__(self) -> None:
        for name in ("out", "scratch", "elsewhere"):
            (self.folder / name).mkdir(parents=True)
        self.out = self.folder / "out"
        self.request = self.folder / "elsewhere" / "request.json"
        self.request.write_text(json.dumps(request()))
        self.watcher = Watcher(self.out)

    def run(self, counts: Counts) -> None:
        """Kill and start until the job is done, and count."""
        before = snapshot(self.request.parent)
        kills = self.dice.randint(1, MOST_KILLS)
        # The first one comes early: however fast the machine is, the job is not done by then.
        attempt, ended = 1, self._attempt(1, self.dice.uniform(0, 0.3))
        while ended != 0:
            if ended != -signal.SIGKILL:
                counts.note("lost", {f"attempt {attempt} ended with {ended}"})
                break
            counts.kills += 1
            attempt += 1
            ended = self._attempt(attempt, self._moment(kills - attempt + 1))
        self.judge(counts, before)

    def _moment(self, kills_left: int) -> float | None:
        """Return after how many seconds from the first chart's beginning, or from the start, to kill. None: never."""
        return self.dice.expovariate(0.5) if kills_left > 0 else None

    def _attempt(self, number: int, moment: float | None) -> int:
        from_the_start = self.dice.random() < 0.25
        environ = os.environ | {
            "POD_UID": f"pod-{number}",
            # What a pod has for its own: everything that is not a result belongs there.
            **dict.fromkeys(
                ("HOME", "TMPDIR", "XDG_CACHE_HOME", "MPLCONFIGDIR"), str(self.folder / "scratch")
            ),
            "CHARTSPARK_PORT": "0",
        }
        argv = [RUNNER, "run", self.request, "--out", self.out, "--attempt", str(number)]
        with (self.folder / f"attempt-{number}.log").open("wb") as log:
            process = subprocess.Popen(argv, env=environ, cwd=self.request.parent, stdout=log, stderr=log)
            return self._watch(process, moment, from_the_start=from_the_start)

    def _watch(self, process: subprocess.Popen[bytes], moment: float | None, *, from_the_start: bool) -> int:
        begun = time.monotonic() if from_the_start else None
        latest = time.monotonic() + LONGEST
        started = self._starts()
        while process.poll() is None:
            self.watcher.look()
            if begun is None and self._starts() != started:
                begun = time.monotonic()
            due = moment is not None and begun is not None and time.monotonic() - begun >= moment
            if due or time.monotonic() > latest:
                process.kill()
                process.wait()
            time.sleep(LOOK)
        self.watcher.look()
        return process.returncode

    def _starts(self) -> set[str]:
        return {str(path) for path in (self.out / ".work" / "starts").glob("*/*/*")}

    def judge(self, counts: Counts, before: dict[str, tuple[int, int, int]]) -> None:
        """Count what is wrong with the job that is done."""
        counts.rounds += 1
        counts.note("half", self.watcher.half())
        counts.note("lost", self.watcher.lost | self._neither_made_nor_told())
        after = snapshot(self.request.parent)
        counts.note(
            "outside", {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        )
        strangers = {p.name for p in self.folder.iterdir()} - {"out", "scratch", "elsewhere"}
        counts.note("outside", {name for name in strangers if not name.startswith("attempt-")})
        work = self.out / ".work"
        counts.note("leftover", {str(path.relative_to(self.out)) for path in (work / "partial").rglob("*")})

    def _neither_made_nor_told(self) -> set[str]:
        index = (
            json.loads((self.out / "index.json").read_text()) if (self.out / "index.json").exists() else {}
        )
        told = {entry["chart"] for entry in index.get("charts", ())}
        failed = {entry["name"] for entry in index.get("failedCharts", ())}
        every = {f"c{number}" for number in range(CHARTS)}
        return {f"{name} is neither made nor told as failed" for name in every - told - failed}


def main() -> None:
    """Run the rounds, write what came of them, and end with 1 where it is not good."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "crash.json")
    asked = parser.parse_args()
    counts, dice = Counts(seed=asked.seed), random.Random(asked.seed)  # noqa: S311 - it is to be repeated
    for number in range(asked.rounds):
        with tempfile.TemporaryDirectory(prefix="chartspark-crash-") as folder:
            Round(Path(folder), dice).run(counts)
        sys.stderr.write(f"  round {number + 1}: {counts.kills} kills so far\n")
    told = json.dumps(asdict(counts), indent=2) + "\n"
    asked.to.parent.mkdir(exist_ok=True)
    asked.to.write_text(told)
    sys.stdout.write(told)
    sys.exit(0 if counts.good else 1)


if __name__ == "__main__":
    main()
