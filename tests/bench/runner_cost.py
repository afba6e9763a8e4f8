"""Measures what the runner costs: `make bench-runner` runs it, and writes build/bench/runner.json.

Each run is a process of its own, as in a pod, so that importing and loading count. Run as root: a cap of one
core is a cgroup.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import BUILD, write_section
from capped import capped

Json = dict[str, Any]
CHARTS = 3
"""Of the run that is compared with as many runs of one chart."""
ROWS = (1, 100, 100_000)


@dataclass(frozen=True)
class Run:
    """A runner's process that has ended."""

    code: int
    seconds: float
    peak_bytes: int
    said: str
    timings: tuple[Mapping[str, float], ...]
    """Of each chart, seconds by step."""


def chart(number: int, **fields: object) -> Json:
    return {
        "name": f"c{number}",
        "title": "A better year for apples",
        "subject": "red apple",
        "xColumn": "year",
        "yColumn": "tonnes",
        "seed": 7,
        "candidates": 1,
        "data": {"csv": "year,tonnes\n2023,40\n2024,70\n2025,90\n"},
    } | fields


def request(*charts: Json, **spec: object) -> Json:
    return {
        "apiVersion": "chartspark.io/v1alpha1",
        "kind": "ChartSparkJob",
        "metadata": {"name": "bench"},
        "spec": {"charts": charts, "output": {"claimName": "results"}} | spec,
    }


def run(asked: Json, before: tuple[str, ...] = (), **environ: str) -> Run:
    """Run the runner on a request, and return what that took."""
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "request.json", Path(folder) / "out"
        file.write_text(json.dumps(asked))
        runner = Path(sys.prefix) / "bin" / "chartspark-runner"
        argv = [*before, str(runner), "run", str(file), "--out", str(out)]
        begun = time.monotonic()
        with subprocess.Popen(
            argv, env=os.environ | environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr is not None
            said = process.stderr.read()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begun
        timings = tuple(json.loads(path.read_text())["timings"] for path in out.glob("*/metadata.json"))
    return Run(process.returncode, seconds, _peak(used), said, timings)


def _peak(used: resource.struct_rusage) -> int:
    return used.ru_maxrss * 1024


def table(rows: int) -> Json:
    """Return a chart of points, the type that takes the most rows."""
    csv = "x,y\n" + "".join(f"{row % 97},{row % 89}\n" for row in range(rows))
    return chart(0, type="Scatter", xColumn="x", yColumn="y", data={"csv": csv})


def measure() -> Json:
    """Return the figures of one run."""
    all_at_once = run(request(*(chart(number) for number in range(CHARTS))))
    assert all_at_once.code == 0, all_at_once.said
    alone = sum(run(request(chart(number))).seconds for number in range(CHARTS))
    drawn = request(chart(0, candidates=4), model={"name": "IconDiffusion", "device": "CPU"})
    with capped(cores=1) as before:
        followed = run(drawn, before)
        ignored = run(drawn, before, OMP_NUM_THREADS=str(os.cpu_count()))
    assert (followed.code, ignored.code) == (0, 0), followed.said + ignored.said
    steps = all_at_once.timings[0].keys() - {"total", "generateStep"}
    memory = {rows: run(request(table(rows))) for rows in ROWS}
    return {
        "stages": {
            step: round(median(timings[step] for timings in all_at_once.timings), 4) for step in steps
        },
        "overheadRatio": round(all_at_once.seconds / sum(t["total"] for t in all_at_once.timings), 3),
        "naiveRatio": round(alone / all_at_once.seconds, 3),
        "cappedRatio": round(ignored.seconds / followed.seconds, 3),
        "peakBytes": {str(rows): {"exitCode": one.code, "bytes": one.peak_bytes} for rows, one in memory.items()},
    }  # fmt: skip


MEANINGS = {
    "stages": "the median of each step of a bar chart of three rows, with Icons",
    "overheadRatio": f"a run of {CHARTS} such charts, by what their steps took: the rest is importing, loading and writing",
    "naiveRatio": f"{CHARTS} processes of one chart each, by one process of {CHARTS}",
    "cappedRatio": "a chart of IconDiffusion under a cap of one core with as many threads as the machine has cores, by the same with one",
    "peakBytes": "the most memory of a run over one chart of so many points",
}


def page(figures: Json) -> str:
    """Return the runner's section of the page."""
    rows = (f"| {name} | {_shown(name, figures[name])} | {meaning} |" for name, meaning in MEANINGS.items())
    intro = "`make bench-runner`, each run a process of its own."
    return "\n".join([intro, "", "| Figure | Measured | Meaning |", "| --- | --- | --- |", *rows])


def _shown(name: str, value: Any) -> str:  # noqa: ANN401 - a figure of any kind
    match name:
        case "stages":
            return ", ".join(f"{step} {seconds} s" for step, seconds in sorted(value.items()))
        case "peakBytes":
            return ", ".join(f"{rows}: {_memory(one)}" for rows, one in value.items())
        case _:
            return str(value)


def _memory(one: Json) -> str:
    refused = f", refused with exit code {one['exitCode']}" if one["exitCode"] else ""
    return f"{one['bytes'] / 2**20:.0f} MiB{refused}"


def main() -> None:
    """Measure, and write the figures."""
    figures = measure()
    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / "runner.json").write_text(json.dumps(figures, indent=2) + "\n")
    write_section("The runner", page(figures))
    print(json.dumps(figures, indent=2))  # noqa: T201 - what the command is for


if __name__ == "__main__":
    main()
