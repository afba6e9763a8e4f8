"""Lives of jobs, many at a time: applied, played to their end by a kubelet of ours, and judged.

A batch is one namespace, one operator process and as many lives as the process can be held in the middle
of. To start a process costs a second; to hold it at one write costs nothing. A write that is held before
or after it reached the API server is where SIGKILL then finds the process, for every life of the batch.
"""

import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from api_proxy import Call, Exchange, Fate, Proxy, Refuse, Upstream
from cluster_support import all_done, claim, job
from prometheus_client.parser import text_string_to_metric_families

CHARTS = 2
"""Charts of each job."""
MOST = 12
"""Lives of a batch: fewer than the operator's workers, each of which a held request occupies."""
PATIENCE = 900.0
"""Seconds. What takes fifteen to thirty on an idle machine takes many times that where others are at work."""
PORTS = iter(range(first := 20_000 + os.getpid() % 20 * 500, first + 500))
"""Below those that the system hands out, and for each test process others: several may run at once."""
ENDED = "chartspark_jobs_finished", "chartspark_attempts_finished"


@dataclass(frozen=True)
class Story:
    """How the pods of a job fare, and what has to come of it."""

    name: str
    codes: tuple[tuple[int | None, ...], ...]
    """For each attempt the exit code of each completion index. None: it works until it is stopped."""
    reason: str
    attempts: tuple[str, ...]
    """The reason of each attempt."""
    summary: str
    wishes: Mapping[str, Mapping[str, bool]] = field(default_factory=dict, hash=False)
    """What its user writes into the spec when the job, with one attempt so far, is in a reason."""

    @property
    def jobs(self) -> list[int]:
        """The attempts whose Jobs are there in the end: one that was stopped is gone."""
        return [n for n, reason in enumerate(self.attempts, 1) if reason not in {"Suspended", "Cancelled"}]


SUCCEEDS = Story("succeeds", ((0,),), "Complete", ("Complete",), "2/2")
RETRIES = Story("retries", ((0, 75), (0,)), "Complete", ("Transient", "Complete"), "2/2")
FAILS = Story("fails", ((75,), (66,)), "MissingModel", ("Transient", "MissingModel"), "0/2")
RESTS = Story(
    "rests",
    ((None,), (0,)),
    "Complete",
    ("Suspended", "Complete"),
    "2/2",
    {"Running": {"suspend": True}, "Suspended": {"suspend": False}},
)
CANCELLED = Story("cancelled", ((None,),), "Cancelled", ("Cancelled",), "0/2", {"Running": {"cancel": True}})
STORIES = SUCCEEDS, RETRIES, FAILS, RESTS, CANCELLED


@dataclass(frozen=True)
class Life:
    """A job, and what happens to its n-th request."""

    story: Story
    nth: int = 0
    """0 leaves it in peace."""
    fate: Fate | Refuse = Fate.LET
    writes_only: bool = True

    @property
    def name(self) -> str:
        how = self.fate.name.lower() if isinstance(self.fate, Fate) else str(self.fate.status)
        return f"{self.story.name}-{self.nth}-{how}".replace("_", "-")


@dataclass
class Process:
    """An operator that works in one namespace, and talks to the API server through the proxy."""

    proxy: Proxy
    namespace: str
    folder: Path
    metrics_port: int
    process: asyncio.subprocess.Process

    @classmethod
    async def start(cls, proxy: Proxy, namespace: str, folder: Path, **more: str) -> "Process":
        kubeconfig = folder / f"{namespace}.kubeconfig"
        kubeconfig.write_text(yaml.safe_dump(_kubeconfig(proxy.port)))
        metrics, health = _free_port(), _free_port()
        environ = os.environ | {
            "KUBECONFIG": str(kubeconfig),
            "CHARTSPARK_NAMESPACES": namespace,
            "CHARTSPARK_RUNNER_IMAGE": "runner:test",
            "CHARTSPARK_METRICS_PORT": str(metrics),
            "CHARTSPARK_HEALTH_PORT": str(health),
            # A dozen processes on a busy machine may each stand still for seconds.
            "CHARTSPARK_LEASE_SECONDS": "120",
            **more,
        }
        with (folder / f"{namespace}.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                Path(sys.prefix) / "bin" / "chartspark-operator", env=environ, stdout=log, stderr=log
            )
        return cls(proxy, namespace, folder, metrics, process)

    async def ends(self) -> Counter[tuple[str, str]]:
        """Return how many ends of jobs and attempts this process has counted, by metric and reason."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{self.metrics_port}/metrics") as answer,
        ):
            families = text_string_to_metric_families(await answer.text())
        return Counter(
            {
                (family.name, sample.labels["reason"]): int(sample.value)
                for family in families
                if family.name in ENDED
                for sample in family.samples
                if sample.value
            }
        )

    async def kill(self) -> None:
        """End it at whatever instruction it is."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
        await self.process.wait()
        # The time of its lease is over at once, for the test's sake.
        lease = f"/apis/coordination.k8s.io/v1/namespaces/{self.namespace}/leases/chartspark"
        await self.proxy.upstream.ask("DELETE", lease)


def _kubeconfig(port: int) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "proxy", "cluster": {"server": f"http://127.0.0.1:{port}"}}],
        "users": [{"name": "nobody", "user": {"token": "the proxy has its own"}}],
        "contexts": [{"name": "proxy", "context": {"cluster": "proxy", "user": "nobody"}}],
        "current-context": "proxy",
    }


def _free_port() -> int:
    """Return a port that nobody has, nor is given: the system hands out only higher ones."""
    for port in PORTS:
        with socket.socket() as trial, contextlib.suppress(OSError):
            trial.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


@dataclass
class Batch:
    """Lives that share a namespace and an operator."""

    upstream: Upstream
    lives: tuple[Life, ...]
    folder: Path
    namespace: str = field(default_factory=lambda: f"lives-{uuid.uuid4().hex[:8]}")
    seen: Counter[str] = field(default_factory=Counter)
    reached: set[str] = field(default_factory=set)
    """The lives whose request met its fate."""

    def __post_init__(self) -> None:
        self.by_name = {life.name: life for life in self.lives}
        self.proxy = Proxy(self.upstream, self.decide)

    def decide(self, call: Call) -> Fate | Refuse:
        """Count the request, and return the fate of it."""
        life = self.by_name.get(call.job or "")
        if life is None or (life.writes_only and not call.writes):
            return Fate.LET
        self.seen[life.name] += 1
        if self.seen[life.name] != life.nth:
            return Fate.LET
        self.reached.add(life.name)
        return life.fate

    def leave_in_peace(self) -> None:
        """From now on, let everything pass."""
        self.proxy.decide = lambda _: Fate.LET
        self.proxy.held.clear()

    @property
    def jobs_path(self) -> str:
        return f"/apis/chartspark.io/v1alpha1/namespaces/{self.namespace}/chartsparkjobs"

    @property
    def children_paths(self) -> tuple[str, ...]:
        core = f"/api/v1/namespaces/{self.namespace}"
        ours = "?labelSelector=app.kubernetes.io/managed-by=chartspark-operator"
        batch = f"/apis/batch/v1/namespaces/{self.namespace}/jobs"
        return batch + ours, f"{core}/configmaps{ours}", f"{core}/pods{ours}"

    async def begin(self) -> None:
        """Create the namespace, and the jobs in it."""
        await self.make_room()
        await self.apply()

    async def make_room(self) -> None:
        """Create the namespace, and the claim for the results."""
        await self.upstream.ask("POST", "/api/v1/namespaces", {"metadata": {"name": self.namespace}})
        account = f"/api/v1/namespaces/{self.namespace}/serviceaccounts/default"
        while (await self.upstream.ask("GET", account))[0] != 200:  # noqa: ASYNC110 - it happens elsewhere
            await asyncio.sleep(0.1)
        claims = f"/api/v1/namespaces/{self.namespace}/persistentvolumeclaims"
        await self.upstream.ask("POST", claims, claim("results"))

    async def apply(self) -> None:
        """Create the jobs."""
        for life in self.lives:
            manifest = job(life.name, CHARTS, parallelism=len(life.story.codes[0]))
            status, answer = await self.upstream.ask("POST", self.jobs_path, manifest)
            assert status == 201, answer

    async def statuses(self) -> dict[str, dict[str, Any]]:
        """Return the status of each job by its name."""
        items = await self.upstream.items(self.jobs_path)
        return {one["metadata"]["name"]: one.get("status", {}) for one in items}

    async def children(self) -> list[str]:
        """Return the names of all Jobs, ConfigMaps and pods of ours."""
        found = [one for path in self.children_paths for one in await self.upstream.items(path)]
        return [one["metadata"]["name"] for one in found]

    async def until(self, what: Callable[[], Awaitable[bool]], described: str) -> None:
        """Play the kubelet until `what` holds."""
        end = time.monotonic() + PATIENCE
        while not await what():
            assert time.monotonic() < end, f"{described}: not in {PATIENCE:.0f} s, see {self.folder}"
            await self._play()
            await asyncio.sleep(0.25)

    async def all_ended(self) -> bool:
        return all("completionTime" in status for status in (await self.statuses()).values())

    async def all_hit_or_ended(self) -> bool:
        ended = {name for name, status in (await self.statuses()).items() if "completionTime" in status}
        return self.proxy.held | ended == set(self.by_name) and not self.proxy.busy

    async def watched(self) -> bool:
        """Say whether the operator has come so far that it works: its own watch comes last."""
        return "chartsparkjobs" in self.proxy.watched

    async def nothing_left(self) -> bool:
        return not await self.statuses() and not await self.children()

    async def delete(self) -> None:
        """Delete the namespace; nobody waits for it."""
        await self.upstream.ask("DELETE", f"/api/v1/namespaces/{self.namespace}")

    async def _play(self) -> None:
        statuses = await self.statuses()
        for name, status in statuses.items():
            wish = self.by_name[name].story.wishes.get(status.get("reason", ""))
            if wish is not None and len(status["attempts"]) == 1:
                body, kind = {"spec": wish}, "application/merge-patch+json"
                await self.upstream.ask("PATCH", f"{self.jobs_path}/{name}", body, kind)
        for pod in await self.upstream.items(self.children_paths[2]):
            labels = pod["metadata"]["labels"]
            life = self.by_name[labels["chartspark.io/job"]]
            reason = statuses.get(life.name, {}).get("reason")
            match pod["status"]["phase"], reason:
                case "Pending", "Unschedulable":
                    await self._say(pod, "Running", {"running": {"startedAt": "2026-01-01T00:00:00Z"}})
                case "Running", "Running":
                    code = _code(life.story, labels)
                    if code is None:
                        continue
                    report = all_done(pod, CHARTS, len(life.story.codes[0])).fit() if code == 0 else ""
                    told = {"exitCode": code, "reason": "Played", "message": report}
                    await self._say(pod, "Failed" if code else "Succeeded", {"terminated": told})

    async def _say(self, pod: dict[str, Any], phase: str, state: dict[str, Any]) -> None:
        runner = {"name": "runner", "image": "x", "imageID": "", "ready": False, "restartCount": 0}
        body = {"status": {"phase": phase, "containerStatuses": [runner | {"state": state}]}}
        path = f"/api/v1/namespaces/{self.namespace}/pods/{pod['metadata']['name']}/status"
        await self.upstream.ask("PATCH", path, body, "application/merge-patch+json")


def _code(story: Story, labels: Mapping[str, str]) -> int | None:
    codes = story.codes[int(labels["chartspark.io/attempt"]) - 1]
    return codes[int(labels["batch.kubernetes.io/job-completion-index"])]


def status_writes(log: list[Exchange], life: str) -> Iterator[tuple[Exchange, dict[str, Any]]]:
    """Yield the writes of a job's status that the API server carried out, and the status that each wrote."""
    for exchange in log:
        call = exchange.call
        if call.method == "PATCH" and call.job == life and exchange.status == 200:
            yield exchange, exchange.answer["status"]


def transitions(log: list[Exchange], life: str) -> list[str]:
    """Return the reasons that a job went through, as the API server saw it."""
    reasons: list[str] = []
    for _, status in status_writes(log, life):
        if "reason" in status and status["reason"] not in reasons[-1:]:
            reasons.append(status["reason"])
    return reasons


def premature(log: list[Exchange]) -> list[str]:
    """Return the Jobs that an operator asked for before the API server had taken a status that names their attempt."""
    return [
        f"{exchange.call.job}: {exchange.call.body['metadata']['name']} stood in no status yet"
        for exchange in log
        if (exchange.call.method, exchange.call.resource) == ("POST", "jobs")
        and exchange.call.body["metadata"]["name"] not in _attempts_written(log[: exchange.before], exchange)
    ]


def _attempts_written(log: list[Exchange], exchange: Exchange) -> set[str]:
    written = status_writes(log, exchange.call.job or "")
    return {attempt["job"] for _, status in written for attempt in status.get("attempts", ())}


def counted(log: list[Exchange], names: Iterator[str] | list[str]) -> Counter[tuple[str, str]]:
    """Return what the metrics have to say of the status writes whose answer the operator got."""
    ends: Counter[tuple[str, str]] = Counter()
    for name in names:
        before: dict[str, Any] = {}
        for exchange, after in status_writes(log, name):
            if exchange.answered:
                known = {a["number"] for a in before.get("attempts", ()) if "reason" in a}
                new = (a for a in after.get("attempts", ()) if "reason" in a and a["number"] not in known)
                ends.update(("chartspark_attempts_finished", attempt["reason"]) for attempt in new)
                if "completionTime" in after and "completionTime" not in before:
                    ends["chartspark_jobs_finished", after["reason"]] += 1
            before = after
    return ends


async def judge(batch: Batch, log: list[Exchange]) -> list[str]:
    """Return what is wrong with the lives of a batch that have all ended."""
    statuses = await batch.statuses()
    jobs = await batch.upstream.items(batch.children_paths[0])
    requests = await batch.upstream.items(batch.children_paths[1])
    events = await batch.upstream.items(f"/api/v1/namespaces/{batch.namespace}/events")
    wrong = premature(log)
    for life in batch.lives:
        story, status = life.story, statuses[life.name]
        told = Counter(e["reason"] for e in events if e["involvedObject"]["name"] == life.name)
        facts: dict[str, tuple[object, object]] = {
            "reason": (status["reason"], story.reason),
            "attempts": (tuple(a.get("reason") for a in status["attempts"]), story.attempts),
            "progress": (status["progress"]["summary"], story.summary),
            "Jobs": (_attempts_of(jobs, life.name), life.story.jobs),
            "ConfigMaps": (len(_of(requests, life.name)), 1),
            "events": (told, Counter(transitions(log, life.name))),
        }
        wrong += [f"{life.name}: {what}: {is_} != {is_to_be}" for what, (is_, is_to_be) in facts.items() if is_ != is_to_be]  # fmt: skip
    return wrong


def _of(items: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [one for one in items if one["metadata"]["labels"]["chartspark.io/job"] == name]


def _attempts_of(jobs: list[dict[str, Any]], name: str) -> list[int]:
    return sorted(int(one["metadata"]["labels"]["chartspark.io/attempt"]) for one in _of(jobs, name))
