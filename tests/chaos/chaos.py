"""Two hundred jobs, and every few seconds a fault: counts what is lost, doubled and stuck, and writes build/chaos.json.

`make chaos MINUTES=10 SEED=1` runs it, and `make test` for two minutes. It takes a cluster of its own, whose API server
and etcd it kills, and removes it in the end. It fails where anything was lost, doubled or stuck, and where a kind of
fault never happened while jobs were at work.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import referee
from activity import spans_of_jobs
from api_proxy import reaching
from audit import read
from chartspark_dev import cluster as clusters
from chartspark_dev.cluster import Cluster, Node
from chartspark_dev.embedded.layout import Layout
from cluster_support import Namespace, install_crd
from control_plane import CHANGES, ControlPlane
from door import Door
from faults import KINDS, Injected, Injector
from kubelet import Kubelets
from replicas import Replicas
from shapes import Planned, draw
from stage import Stage
from story import Story
from users import EVERY, Users

NAMESPACES = 2
LIMITS = referee.Limits(jobs=24, jobs_per_namespace=15, gpus=3)
STUCK_AFTER = 600.0
"""Seconds in which some job has to end, once the faults are over: twice the longest pause between two attempts."""
LONGEST = 5.0
"""How many times longer than asked for the faults may take until each kind was there."""
SLOWEST_START = 300.0
ROOT = Path(__file__).parents[2]
SETTINGS = {
    "CHARTSPARK_LIMIT_JOBS": str(LIMITS.jobs),
    "CHARTSPARK_LIMIT_JOBS_PER_NAMESPACE": str(LIMITS.jobs_per_namespace),
    "CHARTSPARK_LIMIT_GPUS": str(LIMITS.gpus),
    "CHARTSPARK_MAX_PRIORITY": "10",
    # A watch that is silent is noticed by the next list; the default of five minutes is as long as a run.
    "CHARTSPARK_RESYNC_SECONDS": "20",
}


@dataclass(frozen=True)
class Outcome:
    """What a run came to."""

    jobs: int
    ended: int
    lost: list[str]
    doubled: list[str]
    stuck: list[str]
    seed: int
    faults: dict[str, int]
    """How often each kind happened while jobs were at work."""
    seconds: dict[str, float]

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled or self.stuck) and all(self.faults.values())

    def to_json(self) -> str:
        counts = {"lost": len(self.lost), "doubled": len(self.doubled), "stuck": len(self.stuck)}
        head: dict[str, Any] = {"jobs": self.jobs, "ended": self.ended, **counts, "seed": self.seed}
        sentences = {"lost": self.lost, "doubled": self.doubled, "stuck": self.stuck}
        whole = {**head, "faults": self.faults, "seconds": self.seconds, "sentences": sentences}
        return json.dumps(whole, indent=2) + "\n"


@dataclass
class Run:
    """One run, and where it keeps what it writes."""

    minutes: float
    seed: int
    jobs: int
    folder: Path

    async def play(self) -> Outcome:
        """Put everything up, disturb it, wait for the end, and judge."""
        layout = Layout(ROOT / "build" / "chaos-cluster")
        claims = self.folder / "claims"
        shutil.rmtree(self.folder, ignore_errors=True)
        claims.mkdir(parents=True)
        audit = clusters.Audit(CHANGES, self.folder / "audit.log")
        # What an earlier run may have left has another log.
        await asyncio.to_thread(clusters.down, layout.state)
        cluster = await asyncio.to_thread(clusters.up, layout.state, Node.KWOK, audit)
        try:
            async with reaching(cluster, self.folder) as upstream:
                namespaces = await asyncio.to_thread(_namespaces, cluster)
                dice = random.Random(self.seed)  # noqa: S311 - it is to be repeated
                planned = draw(dice, self.jobs, namespaces, 60 * self.minutes)
                kubelets = Kubelets(
                    Door(upstream), claims, {(one.namespace, one.name): one for one in planned}
                )
                async with self._stage(cluster, ControlPlane(layout), kubelets, dice) as (stage, playing):
                    disturbing = asyncio.create_task(self._disturb(stage))
                    await asyncio.wait({disturbing, *playing}, return_when=asyncio.FIRST_COMPLETED)
                    # Who plays plays to the end: one that stopped has met what nobody foresaw.
                    await asyncio.gather(*(task for task in playing if task.done()))
                    injector, times = await disturbing
        finally:
            await asyncio.to_thread(clusters.down, layout.state)
        return self._judge(planned, injector.injected, claims, times)

    @contextlib.asynccontextmanager
    async def _stage(
        self, cluster: Cluster, control_plane: ControlPlane, kubelets: Kubelets, dice: random.Random
    ) -> AsyncIterator[tuple[Stage, list[asyncio.Task[None]]]]:
        door, planned = kubelets.door, list(kubelets.planned.values())
        users = Users(door, planned)
        await kubelets.begin()
        async with contextlib.AsyncExitStack() as stack:
            scope = {"CHARTSPARK_NAMESPACES": ",".join(sorted({one.namespace for one in planned}))}
            replicas = await Replicas.beginning(door.upstream, self.folder, SETTINGS | scope, stack)
            story = Story(cluster, self.folder / "watch.txt")
            parts = control_plane.keep(), kubelets.run(), replicas.keep(), story.record()
            playing = [asyncio.create_task(part) for part in parts]
            try:
                yield Stage(dice, door, control_plane, kubelets, replicas, users), playing
            finally:
                for task in playing:
                    task.cancel()
                await asyncio.gather(*playing, return_exceptions=True)

    async def _disturb(self, stage: Stage) -> tuple[Injector, dict[str, float]]:
        injector, seconds = Injector(stage), 60 * self.minutes
        using = asyncio.create_task(stage.users.run())
        await _until(lambda: bool(stage.kubelets.at_work), SLOWEST_START, "the first pod is at work")
        begun = time.monotonic()

        def enough() -> bool:
            gone = time.monotonic() - begun
            return gone >= seconds and (not injector.missing or gone >= LONGEST * seconds)

        await injector.run(enough)
        last = time.monotonic()
        say(f"{len(injector.injected)} faults in {last - begun:.0f} s; now everything has to end")
        await _ends(stage, using)
        return injector, {"faults": round(last - begun, 1), "ending": round(time.monotonic() - last, 1)}

    def _judge(
        self, planned: list[Planned], injected: list[Injected], claims: Path, times: dict[str, float]
    ) -> Outcome:
        entries = read(self.folder / "audit.log")
        spans = spans_of_jobs(entries)
        met = Counter(one.kind for one in injected if referee.at_work_during(spans, one.begun, one.over))
        told = [f"{one.begun:%H:%M:%S} {one.kind}: {one.hit}\n" for one in injected]
        (self.folder / "faults.txt").write_text("".join(told))
        jobs = referee.jobs_of(entries)
        unended = referee.stuck(entries)
        if len(jobs) != len(planned):
            unended.append(f"{len(planned) - len(jobs)} jobs were never there")
        return Outcome(
            jobs=len(jobs),
            ended=len(jobs) - len(unended),
            lost=referee.lost(entries, claims),
            doubled=referee.doubled(entries, claims, LIMITS),
            stuck=unended,
            seed=self.seed,
            faults={kind: met[kind] for kind in KINDS},
            seconds=times,
        )


def _namespaces(cluster: Cluster) -> tuple[str, ...]:
    install_crd(cluster)
    made = [Namespace.create(cluster) for _ in range(NAMESPACES)]
    for one in made:
        one.bind_the_claim()
    return tuple(one.name for one in made)


async def _until(what: Callable[[], bool], seconds: float, described: str) -> None:
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise AssertionError(f"{described}: not in {seconds:.0f} s")
        await asyncio.sleep(0.2)


async def _ends(stage: Stage, using: asyncio.Task[None]) -> None:
    """Wait until every job has ended, or none has for long."""
    left, deadline = -1, time.monotonic() + STUCK_AFTER
    while time.monotonic() < deadline:
        if using.done():
            await using
            items = await stage.door.insist_on_items(EVERY)
            before, left = left, sum("completionTime" not in one.get("status", {}) for one in items)
            if left == 0:
                return
            if left != before:
                deadline = time.monotonic() + STUCK_AFTER
        await asyncio.sleep(1)
    using.cancel()


def say(sentence: str) -> None:
    sys.stderr.write(f"  {datetime.now(UTC):%H:%M:%S} {sentence}\n")


def run(minutes: float, seed: int, jobs: int = 200) -> Outcome:
    """Run, write what came of it, and return it."""
    # It kills the API server: whatever cluster the environment names is none for this.
    os.environ.pop("KUBECONFIG", None)
    outcome = asyncio.run(Run(minutes, seed, jobs, ROOT / "build" / "chaos").play())
    (ROOT / "build" / "chaos.json").write_text(outcome.to_json())
    return outcome


def main() -> None:
    """Run as the command line says, and end with 1 where it is not good."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=200)
    asked = parser.parse_args()
    outcome = run(asked.minutes, asked.seed, asked.jobs)
    sys.stdout.write(outcome.to_json())
    sys.exit(0 if outcome.good else 1)


if __name__ == "__main__":
    main()
