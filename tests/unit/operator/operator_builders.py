"""Small builders with defaults, and a cluster of plain data that obeys plans."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from chartspark_api.reasons import Reason
from chartspark_api.report import RunProgress, RunReport
from chartspark_api.status import BestResult, ChartSparkJobStatus, FailedChart
from chartspark_operator.actions import DeleteObject, DeletePodByForce, StartAttempt, StopAttempt
from chartspark_operator.admission.turn import GRANTED, Turn
from chartspark_operator.observed import (
    ChildJob,
    ChildPod,
    Exit,
    Key,
    Observed,
    Owner,
    Refusal,
    Request,
)
from chartspark_operator.plan import plan
from chartspark_operator.planned import Event, Plan

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
OWNER = Owner(key=Key("default", "demo"), uid="0123456789abcdef", generation=1, resource_version="1")
REQUEST = Request(
    charts=("a", "b", "c"),
    shards=2,
    attempts=3,
    ttl_seconds=3600,
    results_path="default-demo-01234567",
    claim="results",
)


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def report(
    done: int = 0,
    failed: int = 0,
    *,
    best: tuple[str, ...] = (),
    failed_names: tuple[str, ...] = (),
    below: int = 0,
) -> RunReport:
    return RunReport(
        reason=Reason.COMPLETE,
        message="The runner's own sentence.",
        charts_total=done + failed,
        charts_done=done,
        charts_failed=failed,
        charts_below_minimum=below,
        best=tuple(BestResult(chart=n, file=f"{n}/chart.png", score_percent=90, seed=1) for n in best),
        failed_charts=tuple(
            FailedChart(name=n, reason=Reason.INVALID_DATA, message="No numbers.") for n in failed_names
        ),
    )


def progress(done: int, step_done: int = 0) -> RunProgress:
    return RunProgress(
        charts_total=3,
        charts_done=done,
        charts_failed=0,
        chart="a",
        step="generate",
        step_done=step_done,
        step_total=80,
        updated_time="2026-11-21T12:00:00Z",
    )


def pod(index: int = 0, attempt: int = 1, phase: str = "Pending", **facts: object) -> ChildPod:
    base = ChildPod(
        name=f"demo-{attempt}-{index}",
        uid=f"pod-{attempt}-{index}",
        resource_version="1",
        attempt=attempt,
        index=index,
        created="2026-11-21T12:00:00Z",
        phase=phase,
        job=f"job-{attempt}",
    )
    return replace(base, **facts)  # type: ignore[arg-type]


def failed_pod(
    code: int,
    index: int = 0,
    attempt: int = 1,
    reason: str = "Error",
    told: RunReport | None = None,
    **facts: object,
) -> ChildPod:
    return pod(index, attempt, "Failed", exit=Exit(code, reason, told), **facts)


def child(attempt: int = 1, shards: tuple[int, ...] = (0, 1), **facts: object) -> ChildJob:
    base = ChildJob(
        name=f"demo-{attempt}", uid=f"job-{attempt}", resource_version="1", attempt=attempt, shards=shards
    )
    return replace(base, **facts)  # type: ignore[arg-type]


class Hit(Enum):
    """Where in a pass the operator is killed."""

    NOWHERE = auto()
    AFTER_OVERDUE = auto()
    AFTER_NOTICES = auto()
    AFTER_WRITE = auto()
    AFTER_ACTION = auto()
    AFTER_EVENTS = auto()


@dataclass
class FakeCluster:
    """Does what plans say, as the API server would; children change only where a test changes them."""

    asked: Request | Refusal = REQUEST
    owner: Owner = OWNER
    turn: Turn = GRANTED
    status: ChartSparkJobStatus = field(default_factory=ChartSparkJobStatus)
    jobs: dict[int, ChildJob] = field(default_factory=dict)
    pods: list[ChildPod] = field(default_factory=list)
    deleted: bool = False
    started: list[StartAttempt] = field(default_factory=list)
    writes: int = 0
    transitions: list[Reason] = field(default_factory=list)
    """The reasons that the status went through."""
    told: dict[str, Reason] = field(default_factory=dict)
    """The events by the time of their transition, which names them: what is told twice is there once."""
    notices: dict[str, str] = field(default_factory=dict)
    """What was told beside the status, by its mark."""
    known: str | None = None
    """The transition that this process told last."""

    @property
    def events(self) -> list[Reason]:
        return [self.told[time] for time in sorted(self.told)]

    def observe(self) -> Observed:
        # What is stored is what comes back: a field that JSON loses would show here.
        stored = ChartSparkJobStatus.model_validate(self.status.to_json_object())
        jobs = tuple(self.jobs[number] for number in sorted(self.jobs))
        pods = tuple(sorted(self.pods, key=lambda one: (one.attempt, one.index, one.created)))
        untold = stored.transition_time not in {None, self.known}
        return Observed(self.owner, self.asked, stored, jobs, pods, turn=self.turn, untold=untold)

    def step(self, now: datetime, *, hit: Hit = Hit.NOWHERE) -> Plan:
        before = self.observe()
        planned = plan(before, now)
        steps = (
            (Hit.AFTER_OVERDUE, lambda: self._tell(planned.overdue)),
            (Hit.AFTER_NOTICES, lambda: self.notices.update({n.mark: n.message for n in planned.notices})),
            (Hit.AFTER_WRITE, lambda: self._write(planned)),
            (Hit.AFTER_ACTION, lambda: self._act(planned)),
            (Hit.AFTER_EVENTS, lambda: self._tell(planned.events)),
        )
        for point, do in steps:
            do()
            if point is hit:
                self.known = None
                break
        return planned

    def _tell(self, events: tuple[Event, ...]) -> None:
        for event in events:
            self.told.setdefault(event.time, event.reason)
            self.known = event.time

    def _write(self, planned: Plan) -> None:
        if planned.status == self.status:
            return
        if planned.status.reason not in {None, self.status.reason}:
            self.transitions.append(planned.status.reason)
        self.status = planned.status
        self.writes += 1

    def _act(self, planned: Plan) -> None:
        for action in planned.actions:
            match action:
                case StartAttempt(number, shards):
                    self.started.append(action)
                    self.jobs.setdefault(number, child(number, shards))
                case StopAttempt():
                    self.jobs = {n: job for n, job in self.jobs.items() if job.uid != action.uid}
                case DeletePodByForce():
                    self.pods = [one for one in self.pods if one.uid != action.uid]
                case DeleteObject():
                    self.deleted = True

    def run_pods(self, attempt: int = 1) -> None:
        shards = self.jobs[attempt].shards
        running = [pod(index, attempt, "Running", running=True, node="n1") for index in range(len(shards))]
        self.pods = [one for one in self.pods if one.attempt != attempt] + running

    def end(self, attempt: int, *pods: ChildPod, now: datetime) -> None:
        completed = frozenset(one.index for one in pods if one.phase == "Succeeded")
        self.pods = [one for one in self.pods if one.attempt != attempt] + list(pods)
        job = self.jobs[attempt]
        ok = len(completed) == len(job.shards)
        failed = frozenset(range(len(job.shards))) - completed
        self.jobs[attempt] = replace(
            job, completed=completed, failed_indexes=failed, complete=ok, failed=not ok, ended=now
        )
