"""How long the embedded models take: `python tests/bench/first_picture.py --times 5 --cgroup FOLDER`.

Of each model: from the start of the process to chart.png of the one chart of examples/seattle-rain.yaml, and a
further element in a process that has drawn one. On a busy machine others take their share of every second:
so the least of several is told, and besides the seconds of computing, which nobody else's work lengthens much.
FOLDER is a cgroup that caps the CPU as the example's pod does; without one all cores are taken.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import yaml
from chartspark_api.model import Model, ModelName, Sampling
from chartspark_runner.opening import open_painter
from chartspark_runner.painter import Order

EXAMPLE = Path("examples/seattle-rain.yaml")
SUBJECTS = ("red apple", "bicycle", "house", "fish", "sun", "cow", "rocket", "book")


@dataclass(frozen=True, slots=True)
class Spent:
    """What something took."""

    passed: float
    """Seconds of the clock."""
    computed: float
    """Seconds of one core."""


def least(times: list[Spent]) -> Spent:
    """Return the least of each."""
    return Spent(min(time.passed for time in times), min(time.computed for time in times))


def first_picture(model: ModelName, cgroup: Path | None) -> Spent:
    """Draw the example in a process of its own."""
    job = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    job["spec"]["model"] = {"name": str(model)}
    with tempfile.TemporaryDirectory() as folder:
        request, out, told = (Path(folder) / name for name in ("job.yaml", "out", "told"))
        request.write_text(yaml.safe_dump(job), encoding="utf-8")
        command = ["-m", "chartspark_runner", "run", request, "--out", out, "--termination-log", told]
        begun = time.time()
        child = subprocess.Popen(
            [sys.executable, *map(str, command)],
            stderr=subprocess.DEVNULL,
            env={**os.environ, "CHARTSPARK_PORT": "0"},
            preexec_fn=lambda: _enter(cgroup),  # noqa: PLW1509 - no threads here
        )
        _, status, usage = os.wait4(child.pid, 0)
        if status:
            raise SystemExit(told.read_text(encoding="utf-8"))
        (picture,) = out.glob("*/chart.png")
        return Spent(picture.stat().st_mtime - begun, usage.ru_utime + usage.ru_stime)


def _enter(cgroup: Path | None) -> None:
    if cgroup is not None:
        (cgroup / "cgroup.procs").write_text(str(os.getpid()), encoding="utf-8")


def further_elements(model: ModelName) -> list[Spent]:
    """Draw several, one after another, on one thread; return what each but the first took, which loads what they find loaded."""
    painter = open_painter(Model(name=model), Sampling(), None, {"OMP_NUM_THREADS": "1"}, painted=False)
    taken = []
    for subject in SUBJECTS:
        order = Order(subject, "flat", f"{subject}, flat icon", "", Sampling().steps, seed=1)
        passed, computed = time.perf_counter(), time.process_time()
        painter.paint([order], lambda *_: None)
        taken.append(Spent(time.perf_counter() - passed, time.process_time() - computed))
    return taken[1:]


def main() -> None:
    """Measure, and print a table in Markdown."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--times", type=int, default=5)
    words.add_argument("--cgroup", type=Path, default=None)
    asked = words.parse_args()
    print("| model | first picture | of which computing | a further element | of which computing |")  # noqa: T201 - it is what the command says
    print("| --- | --- | --- | --- | --- |")  # noqa: T201 - likewise
    computed = {}
    for model in ModelName:
        first = least([first_picture(model, asked.cgroup) for _ in range(asked.times)])
        further = least(further_elements(model))
        computed[model] = further.computed
        print(  # noqa: T201 - likewise
            f"| {model} | {first.passed:.1f} s | {first.computed:.1f} s | {further.passed:.2f} s | {further.computed:.2f} s |",
            flush=True,
        )
    ratio = computed[ModelName.ICON_DIFFUSION] / computed[ModelName.ICONS]
    print(f"An element of IconDiffusion takes {ratio:.1f} times the computing of one of Icons.")  # noqa: T201 - likewise
    load = os.getloadavg()[0]
    print(f"Least of {asked.times}; {os.cpu_count()} cores, on which {load:.0f} wanted to run at the end.")  # noqa: T201 - likewise


if __name__ == "__main__":
    main()
