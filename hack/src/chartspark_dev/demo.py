"""`make demo`: the examples, on a cluster, from `kubectl apply` to pictures in ./results.

Everything that a user would do is done by the programs that a user has: Helm installs, kubectl
applies and reads. Knows the results only by the index.json that lies beside them.
"""

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chartspark_api.job import ChartSparkJob
from chartspark_api.names import result_folder

from chartspark_dev.cluster import RESULTS_CLAIM, Cluster
from chartspark_dev.errors import ToolError
from chartspark_dev.images import Images
from chartspark_dev.install import NAMESPACE, install
from chartspark_dev.steps import step
from chartspark_dev.storage import reading

POLL_SECONDS = 1.0
DEADLINE_SECONDS = 1200


class DemoFailedError(ToolError):
    """A job of the demo did not end, or not well; the message says what to look at."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What the demo shows of a job."""

    name: str
    reason: str
    summary: str
    detail: str
    finished: bool

    def line(self, width: int) -> str:
        """Return the job as one line, its name padded to `width`."""
        return f"{self.name:{width}}  {self.reason:14} {self.summary:>6}  {self.detail}".rstrip()


def watched(document: dict[str, Any]) -> Watched:
    """Return what is to be shown of a ChartSparkJob as the API server returns it."""
    status = document.get("status", {})
    conditions = {c["type"] for c in status.get("conditions", []) if c["status"] == "True"}
    progress = status.get("progress", {})
    finished = "Finished" in conditions
    return Watched(
        name=document["metadata"]["name"],
        reason=status.get("reason", "Waiting"),
        summary=progress.get("summary", ""),
        detail=status.get("message", "")
        if finished
        else progress.get("activity") or status.get("message", ""),
        finished=finished,
    )


def run_jobs(cluster: Cluster, manifests: Path) -> list[ChartSparkJob]:
    """Apply every manifest of a folder, show progress until all jobs have ended, and return them.

    Raises:
        DemoFailedError: a job did not end within 20 minutes, or ended without a chart.
    """
    # What an earlier demo left would be shown as this one's.
    cluster.kubectl("delete", "-n", NAMESPACE, "-f", str(manifests), "--ignore-not-found")
    applied = cluster.kubectl("apply", "-n", NAMESPACE, "-f", str(manifests), "-o", "name").split()
    names = [line.rpartition("/")[2] for line in applied]
    width = max(map(len, names))
    shown: dict[str, str] = {}
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        documents = json.loads(
            cluster.kubectl("get", "chartsparkjobs", "-n", NAMESPACE, *names, "-o", "json")
        )["items"]
        jobs = [watched(document) for document in documents]
        _show([job.line(width) for job in jobs], shown)
        if all(job.finished for job in jobs):
            return _complete(documents)
        time.sleep(POLL_SECONDS)
    raise DemoFailedError(
        f"not every job ended within {DEADLINE_SECONDS // 60} minutes; see `build/kubectl describe csj`"
    )


def _complete(documents: Iterable[dict[str, Any]]) -> list[ChartSparkJob]:
    jobs = [ChartSparkJob.model_validate(document) for document in documents]
    failed = [job for job in jobs if job.status is None or job.status.reason != "Complete"]
    if failed:
        sentences = [
            f"{job.metadata.name}: {job.status.message if job.status else 'no status'}" for job in failed
        ]
        raise DemoFailedError("\n".join(sentences))
    return jobs


def _show(lines: list[str], shown: dict[str, str]) -> None:
    """Print the lines that changed since they were last printed."""
    for line in lines:
        name = line.split()[0]
        if shown.get(name) != line:
            shown[name] = line
            sys.stdout.write(line + "\n")
    sys.stdout.flush()


def fetch_results(
    cluster: Cluster, jobs: list[ChartSparkJob], image: str, target: Path
) -> list[dict[str, Any]]:
    """Copy the jobs' results from the claim to `target`/<job>, and write `target`/summary.json.

    Returns:
        The summary: per chart its job, chart, seed, scorePercent, seconds and file, relative to `target`.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".results-") as folder:
        fresh = Path(folder) / target.name
        fresh.mkdir()
        with reading(cluster, NAMESPACE, RESULTS_CLAIM, image) as reader:
            for job in jobs:
                reader.copy(_folder(job), fresh / job.metadata.name)
        summary = [entry for job in jobs for entry in _entries(job.metadata.name, fresh)]
        (fresh / "summary.json").write_text(json.dumps(summary, indent=2) + "\n")
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    return summary


def _folder(job: ChartSparkJob) -> str:
    meta = job.metadata
    return "/".join(
        filter(None, ["/results", job.spec.output.path, result_folder(meta.namespace, meta.name, meta.uid)])
    )


def _entries(job: str, results: Path) -> list[dict[str, Any]]:
    index = json.loads((results / job / "index.json").read_text())
    return [{"job": job} | chart | {"file": f"{job}/{chart['file']}"} for chart in index["charts"]]


def table(summary: list[dict[str, Any]]) -> str:
    """Return the summary as a table for a terminal."""
    heads = ("JOB", "CHART", "SCORE", "SECONDS", "SEED", "FILE")
    rows = [
        (
            e["job"],
            e["chart"],
            f"{e['scorePercent']} %",
            f"{e['seconds']:.1f}",
            str(e["seed"]),
            f"results/{e['file']}",
        )
        for e in summary
    ]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    lines = (
        "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        for row in (heads, *rows)
    )
    return "".join(line.rstrip() + "\n" for line in lines)


def demo(root: Path, cluster: Cluster, built: Images) -> None:
    """Install the chart of `root`, run its examples, copy the pictures to `root`/results, and show a table.

    Raises:
        DemoFailedError: a job did not end well; the cluster stays up to be looked at.
    """
    with step("install the chart"):
        install(cluster, root / "charts" / "chartspark", built)
    jobs = run_jobs(cluster, root / "examples")
    with step("copy the pictures to ./results"):
        summary = fetch_results(cluster, jobs, built.runner.reference, root / "results")
    sys.stdout.write("\n" + table(summary))
