"""What the process in a pod does: it makes the charts of its share, and publishes them as the runner does.

Called by the kubelet. The runner's own storage is at work here, on a folder of this machine; only the drawing
is left out. A process may outlive its pod: nobody tells it that the node is gone.
"""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chartspark_api.exit_codes import ExitCode
from chartspark_api.reasons import Reason
from chartspark_api.report import RunReport
from chartspark_api.status import FailedChart
from chartspark_runner.storage import Store
from shapes import Planned, Shape

MOST_STARTS = 2
INDEX = "batch.kubernetes.io/job-completion-index"


@dataclass(frozen=True)
class Ending:
    """How a container, or its pod, ends."""

    name: str
    code: int | None
    """None: the kubelet says nothing of the container."""
    word: str = "Error"
    """The kubelet's word for the container's end."""
    pods_word: str | None = None
    """Its word for the whole pod's."""
    disruption: tuple[str, str] | None = None
    """Reason and message of the pod's DisruptionTarget."""
    told: bool = False
    """Whether the runner could clear up behind itself: a start that is not taken back counts as a crash."""


DONE = Ending("done", 0, "Completed", told=True)
SENT_AWAY = Ending("asked to end", ExitCode.TRANSIENT, told=True)


@dataclass
class Work:
    """A pod's process."""

    store: Store
    charts: tuple[str, ...]
    planned: Planned
    round: int
    ordered: asyncio.Future[Ending]
    """How it is made to end before it is done."""

    @classmethod
    def of(cls, pod: dict[str, Any], planned: Planned, claims: Path) -> "Work":
        """Return the process that the pod's command line asks for."""
        arguments = pod["spec"]["containers"][0]["args"]
        said = dict(zip(arguments[2::2], arguments[3::2], strict=True))
        metadata = pod["metadata"]
        shard = int(said["--shards"].split(",")[int(metadata["labels"][INDEX])])
        every = [f"c{n}" for n in range(planned.charts)]
        folder = claims / planned.namespace / Path(said["--out"]).relative_to("/results")
        store = Store(folder, metadata["uid"], int(said["--attempt"]), int(said["--round"]))
        share = tuple(every[shard :: min(planned.parallelism, planned.charts)])
        waits = asyncio.get_running_loop().create_future()
        return cls(store, share, planned, int(said["--round"]), waits)

    async def run(self) -> Ending:
        """Make the charts, and return how that ended."""
        self.store.out.mkdir(parents=True, exist_ok=True)
        self.store.sweep_earlier_attempts()
        if self.planned.shape is Shape.TRIED_AGAIN and self.round == 1:
            await self._pass_time(self.planned.chart_seconds)
            return Ending("lacks its model", ExitCode.MISSING_INPUT, told=True)
        for chart in self.charts:
            if self.store.is_published(chart) or self.store.failure(chart) is not None:
                continue
            if (ending := await self._make(chart)) is not None:
                return ending
        self.store.sweep()
        return DONE

    async def _make(self, chart: str) -> Ending | None:
        if self.store.starts(chart) >= MOST_STARTS:
            self._fail(chart, Reason.CRASHED)
            return None
        self.store.begin(chart)
        ending = await self._pass_time(self.planned.chart_seconds)
        if ending is not None:
            if ending.told:
                self.store.end(chart)
            return ending
        if self.planned.shape is Shape.PARTLY and self.round == 1 and chart == "c0":
            self._fail(chart, Reason.NO_USABLE_ELEMENT)
        elif await asyncio.to_thread(self.store.publish, chart, self._files(chart)):
            self._note(chart)
        self.store.end(chart)
        return None

    async def _pass_time(self, seconds: float) -> Ending | None:
        done, _ = await asyncio.wait({self.ordered}, timeout=seconds)
        return self.ordered.result() if done else None

    def _fail(self, chart: str, reason: Reason) -> None:
        self.store.write_failure(FailedChart(name=chart, reason=reason, message="As the run plays it."))

    def _files(self, chart: str) -> dict[str, bytes]:
        pod = self.store.pod.encode()
        metadata = json.dumps({"chart": chart, "pod": self.store.pod, "attempt": self.store.attempt})
        return {"chart.png": pod, "chart.svg": pod, "metadata.json": metadata.encode()}

    def _note(self, chart: str) -> None:
        """Write down, beside the claims, who published what, and which folder it was."""
        folder = self.store.out / chart
        line = json.dumps({"folder": str(folder), "pod": self.store.pod, "inode": folder.stat().st_ino})
        with (self.store.out.parents[1] / "published.jsonl").open("a") as journal:
            journal.write(line + "\n")

    def report(self, ending: Ending) -> str:
        """Return the termination message. One that nobody asked to end, or that was killed, leaves none."""
        if not ending.told:
            return ""
        done = sum(self.store.is_published(chart) for chart in self.charts)
        failures = [self.store.failure(one) for one in self.charts if not self.store.is_published(one)]
        failed = tuple(failure for failure in failures if failure is not None)
        reason = ExitCode(ending.code or 0).reason
        return RunReport(
            reason=reason,
            message=f"As the run plays it: {ending.name}.",
            charts_total=len(self.charts),
            charts_done=done,
            charts_failed=len(failed),
            failed_charts=failed,
        ).fit()
