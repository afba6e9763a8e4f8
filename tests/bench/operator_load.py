"""Measures what the operator costs: `make bench-operator N=100` runs it, and writes build/bench/operator-<N>.json.

N jobs of one chart each are applied to a cluster whose pods end at once and run nothing, and before that as many
plain Jobs with the same pods are created. So what is left is the operator, and what Kubernetes itself takes.
Everything is seen from outside: by watches, by the operator's own counters of requests, and by /proc.
"""

import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import Any

from api_proxy import Upstream, reaching
from benchmarks import BUILD, write_section
from chartspark_api.job import ChartSparkJob
from chartspark_api.names import KIND
from chartspark_dev import cluster as clusters
from chartspark_dev.cluster import Cluster, Node
from chartspark_operator.actions import StartAttempt
from chartspark_operator.manifests.attempt import attempt_job
from chartspark_operator.settings import Settings
from cluster_support import Namespace, Operator, install_crd, job

Json = dict[str, Any]
AT_ONCE = 20
"""Requests of the bench itself on their way, for jobs and for plain Jobs alike."""
PATIENCE = 3600.0
REQUESTS = re.compile(r'chartspark_api_requests_total\{code="[^"]*",verb="(\w+)"\} ([0-9.e+]+)')
SCRAPE = (
    "import urllib.request; print(urllib.request.urlopen('http://127.0.0.1:8080/metrics').read().decode())"
)
TICKS = 100
"""Of the kernel's clock in a second, in which /proc tells of CPU time."""


@dataclass
class Seen:
    """When a watch first showed that something had happened to an object, by the object's or its job's name."""

    happened: Callable[[Json], bool]
    name: Callable[[Json], str]
    at: dict[str, float] = field(default_factory=dict)

    def look(self, one: Json) -> None:
        if self.happened(one):
            self.at.setdefault(self.name(one), time.monotonic())

    async def until(self, names: Iterable[str]) -> None:
        wanted, end = set(names), time.monotonic() + PATIENCE
        while missing := wanted - self.at.keys():
            assert time.monotonic() < end, f"{len(missing)} of {len(wanted)} not in {PATIENCE:.0f} s"
            await asyncio.sleep(0.1)


def _own(one: Json) -> str:
    return str(one["metadata"]["name"])


def _jobs(one: Json) -> str:
    return str(one["metadata"]["labels"]["chartspark.io/job"])


def _has_condition(one: Json) -> bool:
    conditions = one.get("status", {}).get("conditions") or ()
    return any(each["type"] == "Complete" and each["status"] == "True" for each in conditions)


@asynccontextmanager
async def watching(upstream: Upstream, path: str, *seen: Seen) -> AsyncIterator[None]:
    """Show every object below `path`, and every change of one, to all of `seen`."""

    async def follow() -> None:
        # The API server ends the watch of a client that falls behind. Another one begins with all that is there.
        while True:
            async with upstream.session.get(f"http://localhost{path}?watch=true") as answer:
                async for line in answer.content:
                    event = json.loads(line)
                    for each in seen:
                        each.look(event["object"])

    task = asyncio.create_task(follow())
    try:
        yield
    finally:
        task.cancel()


async def create(upstream: Upstream, path: str, manifests: Sequence[Json]) -> dict[str, float]:
    """Create the objects, and return when each was asked for."""
    slots, asked = asyncio.Semaphore(AT_ONCE), {}

    async def one(manifest: Json) -> None:
        async with slots:
            asked[_own(manifest)] = time.monotonic()
            status, answer = await upstream.ask("POST", path, manifest)
            assert status == 201, answer

    await asyncio.gather(*map(one, manifests))
    return asked


def manifests(n: int) -> list[Json]:
    return [job(f"load-{number}", charts=1, pod={}) for number in range(n)]


def plain_jobs(n: int, namespace: str) -> list[Json]:
    """Return the Jobs that the operator would make, without the operator."""
    settings = Settings(runner_image="runner:test")
    made = []
    for manifest in manifests(n):
        meta = {"namespace": namespace, "uid": "0" * 8, **manifest["metadata"]}
        asked = ChartSparkJob.model_validate(manifest | {"metadata": meta})
        plain = attempt_job(asked, settings, StartAttempt(1, (0,)))
        del plain["metadata"]["ownerReferences"]
        made.append(plain)
    return made


async def baseline(upstream: Upstream, namespace: str, n: int) -> float:
    """Return how many plain Jobs come to their end in a minute."""
    path = f"/apis/batch/v1/namespaces/{namespace}/jobs"
    ended = Seen(_has_condition, _own)
    first, *rest = plain_jobs(n + 1, namespace)
    async with watching(upstream, path, ended):
        # The first pod on a new cluster waits for everybody who looks at pods to begin.
        await ended.until(await create(upstream, path, [first]))
        asked = await create(upstream, path, rest)
        await ended.until(asked)
    return _per_minute(asked, ended.at)


def _per_minute(asked: dict[str, float], ended: dict[str, float]) -> float:
    return len(asked) * 60 / (max(ended[name] for name in asked) - min(asked.values()))


@dataclass(frozen=True)
class Cost:
    """What a process has used so far."""

    cpu_seconds: float
    requests: dict[str, float]
    events: int


def cost(operator: Operator, namespace: Namespace) -> Cost:
    assert operator.process is not None
    words = Path(f"/proc/{operator.process.pid}/stat").read_text().rpartition(")")[2].split()
    argv = namespace.cluster.process(sys.executable, "-c", SCRAPE)
    text = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    requests: dict[str, float] = {}
    for verb, number in REQUESTS.findall(text):
        requests[verb] = requests.get(verb, 0) + float(number)
    events = [one for one in namespace.items("events") if one["involvedObject"]["kind"] == KIND]
    return Cost((int(words[11]) + int(words[12])) / TICKS, requests, len(events))


def peak_bytes(operator: Operator) -> int:
    assert operator.process is not None
    status = Path(f"/proc/{operator.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024  # type: ignore[index]


def quantiles(seconds: Iterable[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {f"p{q}": round(ordered[ceil(len(ordered) * q / 100) - 1], 3) for q in (50, 99)}


async def load(upstream: Upstream, namespace: Namespace, operator: Operator, n: int) -> Json:
    """Return what N jobs cost an operator that is not running yet."""
    jobs_path = f"/apis/chartspark.io/v1alpha1/namespaces/{namespace.name}/chartsparkjobs"
    made = Seen(lambda _: True, _jobs)
    pods_ended = Seen(lambda pod: pod["status"]["phase"] == "Succeeded", _jobs)
    ended = Seen(_has_condition, _own)
    async with (
        watching(upstream, f"/apis/batch/v1/namespaces/{namespace.name}/jobs", made),
        watching(upstream, f"/api/v1/namespaces/{namespace.name}/pods", pods_ended),
        watching(upstream, jobs_path, ended),
    ):
        await create(upstream, jobs_path, [job("first", charts=1, pod={})])
        started = time.monotonic()
        operator.start()
        await ended.until(["first"])
        before = cost(operator, namespace)
        asked = await create(upstream, jobs_path, manifests(n))
        await ended.until(asked)
    # The last events come after the last status.
    await asyncio.sleep(2)
    after = cost(operator, namespace)

    def each(*verbs: str) -> float:
        return round(sum(after.requests.get(v, 0) - before.requests.get(v, 0) for v in verbs) / n, 2)

    return {
        "jobsPerMinute": round(_per_minute(asked, ended.at), 1),
        "applyToJobSeconds": quantiles(made.at[name] - asked[name] for name in asked),
        "podEndToStatusSeconds": quantiles(ended.at[name] - pods_ended.at[name] for name in asked),
        # To replace is to renew the lease, which is none of a job's.
        "writesPerJob": each("create", "patch", "delete"),
        "eventsPerJob": round((after.events - before.events) / n, 2),
        "readsPerJob": each("get", "list"),
        "cpuSeconds": round(after.cpu_seconds - before.cpu_seconds, 2),
        "peakRssBytes": peak_bytes(operator),
        "coldStartSeconds": round(made.at["first"] - started, 2),
    }


async def measure(cluster: Cluster, n: int, folder: Path) -> Json:
    """Return the figures of one run over `n` jobs."""
    async with reaching(cluster, folder) as upstream:
        plain, ours = (Namespace.create(cluster) for _ in range(2))
        operator = Operator(cluster, ours.name, folder / "operator.log")
        try:
            for each in (plain, ours):
                each.bind_the_claim()
            base = await baseline(upstream, plain.name, n)
            found = await load(upstream, ours, operator, n)
        finally:
            operator.kill()
            for each in (plain, ours):
                each.delete()
    rate = found.pop("jobsPerMinute")
    rates = {"jobsPerMinute": rate, "baselineJobsPerMinute": round(base, 1), "ratio": round(rate / base, 3)}
    return {"n": n, **rates, **found}


MEANINGS = {
    "jobsPerMinute": "jobs applied at once until the last one is Complete",
    "baselineJobsPerMinute": "plain Jobs with the same pods, created directly on the same cluster in the same run",
    "ratio": "the first of these by the second: 1 would be an operator that costs nothing",
    "applyToJobSeconds": "from the request that creates a job until its Job is seen",
    "podEndToStatusSeconds": "from the pod's end until the job's status says Complete",
    "writesPerJob": "requests that create, patch or delete, events among them; a job with one attempt",
    "eventsPerJob": "Kubernetes events about a job",
    "readsPerJob": "requests that get or list; watches are none",
    "cpuSeconds": "of the operator's process, for all jobs together",
    "peakRssBytes": "the most memory that the operator's process had",
    "coldStartSeconds": "from the start of the process until a job that waits for it has its Job",
}


def page(figures: Json) -> str:
    """Return the operator's section of the page."""
    rows = [f"| {name} | {_shown(figures[name])} | {meaning} |" for name, meaning in MEANINGS.items()]
    intro = (
        f"`make bench-operator N={figures['n']}`: {figures['n']} jobs of one chart on a cluster whose pods end at "
        "once and run nothing. The client's limit is the default, 50 requests a second in the long run."
    )
    return "\n".join([intro, "", "| Figure | Measured | Meaning |", "| --- | --- | --- |", *rows])


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {number}" for name, number in value.items())
    return str(value)


def main(n: int) -> None:
    """Measure on a cluster of the bench's own, and write the figures."""
    state = BUILD / "cluster"
    cluster = clusters.up(state, Node.KWOK)
    try:
        install_crd(cluster)
        with tempfile.TemporaryDirectory() as folder:
            figures = asyncio.run(measure(cluster, n, Path(folder)))
    finally:
        clusters.down(state)
    (BUILD / f"operator-{n}.json").write_text(json.dumps(figures, indent=2) + "\n")
    write_section("The operator", page(figures))
    print(json.dumps(figures, indent=2))  # noqa: T201 - what the command is for


if __name__ == "__main__":
    main(int(sys.argv[1]))
