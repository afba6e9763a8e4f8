"""Measures how long the embedded models take: `make bench-models` runs it, and writes a section of the page of benchmarks.

Of each model: from the start of the process to chart.png of the one chart of an example, under the cap on CPU time
that the example gives its pod, and a further element in a process that has drawn one. On a busy machine others take
their share of every second: so the least of several is told, and besides the seconds of computing, which nobody
else's work lengthens much. Run as root: the cap is a cgroup.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from benchmarks import write_section
from capped import capped
from chartspark_api.job import ChartSparkJob
from chartspark_api.model import Model, ModelName, Sampling
from chartspark_runner.opening import open_painter
from chartspark_runner.painter import Order

EXAMPLE = Path("examples/seattle-rain.yaml")
SUBJECTS = ("red apple", "bicycle", "house", "fish", "sun", "cow", "rocket", "book")
THREADS = "OMP_NUM_THREADS"


@dataclass(frozen=True, slots=True)
class Spent:
    """What something took."""

    passed: float
    """Seconds of the clock."""
    computed: float
    """Seconds of one core."""


def least(times: Sequence[Spent]) -> Spent:
    """Return the least of each."""
    return Spent(min(time.passed for time in times), min(time.computed for time in times))


def cap() -> float:
    """Return the cores of the example's pod."""
    asked = ChartSparkJob.model_validate(yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))).spec.pod.cpu
    return float(asked.removesuffix("m")) / (1000 if asked.endswith("m") else 1)


def first_picture(model: ModelName, before: tuple[str, ...]) -> Spent:
    """Draw the example in a process of its own, whose threads follow the cap as they do in a pod."""
    job = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    job["spec"]["model"] = {"name": str(model)}
    with tempfile.TemporaryDirectory() as folder:
        request, out, told = (Path(folder) / name for name in ("job.yaml", "out", "told"))
        request.write_text(yaml.safe_dump(job), encoding="utf-8")
        command = ("-m", "chartspark_runner", "run", request, "--out", out, "--termination-log", told)
        environ = {name: value for name, value in os.environ.items() if name != THREADS}
        begun = time.time()
        with subprocess.Popen(
            [*before, sys.executable, *map(str, command)],
            stderr=subprocess.DEVNULL,
            env=environ | {"CHARTSPARK_PORT": "0"},
        ) as child:
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        if status:
            raise SystemExit(told.read_text(encoding="utf-8"))
        (picture,) = out.glob("*/chart.png")
        return Spent(picture.stat().st_mtime - begun, usage.ru_utime + usage.ru_stime)


def further_elements(model: ModelName) -> list[Spent]:
    """Draw several, one after another, on one thread; return what each but the first took, which loads what they find loaded."""
    painter = open_painter(Model(name=model), Sampling(), None, {THREADS: "1"}, painted=False)
    taken = []
    for subject in SUBJECTS:
        order = Order(subject, "flat", f"{subject}, flat icon", "", Sampling().steps, seed=1)
        passed, computed = time.perf_counter(), time.process_time()
        painter.paint([order], lambda *_: None)
        taken.append(Spent(time.perf_counter() - passed, time.process_time() - computed))
    return taken[1:]


def page(
    cores: float, times: int, first: Mapping[ModelName, Spent], further: Mapping[ModelName, Spent]
) -> str:
    """Return the models' section of the page."""
    rows = (
        f"| {model} | {first[model].passed:.1f} s | {first[model].computed:.1f} s "
        f"| {further[model].passed:.2f} s | {further[model].computed:.2f} s |"
        for model in ModelName
    )
    intro = (
        f"`make bench-models`: the one chart of {EXAMPLE} from the start of the process to its picture, under the example's "
        f"cap of {cores:g} of a core, the least of {times}; and a further element in a process that has drawn one, on one "
        f"thread and without a cap, the least of {len(SUBJECTS) - 1}. Computing is seconds of one core."
    )
    head = (
        "| Model | First picture | of which computing | A further element | of which computing |",
        "| --- | --- | --- | --- | --- |",
    )
    return "\n".join([intro, "", *head, *rows])


def main() -> None:
    """Measure, and write the figures."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--times", type=int, default=3)
    asked = words.parse_args()
    cores = cap()
    first: dict[ModelName, Spent] = {}
    with capped(cores) as before:
        for model in ModelName:
            taken = [first_picture(model, before) for _ in range(asked.times)]
            print(model, *taken, flush=True)  # noqa: T201 - what the command says
            first[model] = least(taken)
    further = {model: least(further_elements(model)) for model in ModelName}
    print(further)  # noqa: T201 - likewise
    write_section("The embedded models", page(cores, asked.times, first, further))


if __name__ == "__main__":
    main()
