"""What a plan is made from: the job and its children as the API server last showed them.

Built by `cluster.parse_*` and `observe`; read by the rules. Knows nothing about Kubernetes' JSON,
and holds no table of a user's: ten thousand of these have to fit into memory.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

from chartspark_api.charts import ConfigMapKey
from chartspark_api.report import RunProgress, RunReport
from chartspark_api.spec import Deadlines
from chartspark_api.status import Attempt, ChartSparkJobStatus

from chartspark_operator.admission.demand import Demand
from chartspark_operator.admission.turn import GRANTED, Turn


@dataclass(frozen=True, slots=True)
class Key:
    """What the queue, the caches and the logs know a job by."""

    namespace: str
    name: str


@dataclass(frozen=True, slots=True)
class Owner:
    """The ChartSparkJob's metadata."""

    key: Key
    uid: str
    generation: int
    resource_version: str
    deleting: bool = False
    created: str = ""
    """When the object was created, as the API server writes it."""
    retry: str = ""
    """The annotation that asks for another round."""


@dataclass(frozen=True, slots=True)
class TableSource:
    """Where a chart's table lies, if it does not stand in the job."""

    chart: str
    config_map: str
    key: str


@dataclass(frozen=True, slots=True)
class Request:
    """The part of a valid spec that decisions depend on."""

    charts: tuple[str, ...]
    """The charts' names, in the request's order."""
    shards: int
    attempts: int
    """How often the job is tried in all."""
    ttl_seconds: int
    results_path: str
    """The folder of the results, relative to the claim's root."""
    claim: str
    """The claim that takes them."""
    deadlines: Deadlines = field(default_factory=Deadlines)
    model_claim: str | None = None
    """The claim that holds the model, where it is not in the runner's image."""
    inline_bytes: int = 0
    """How long the tables are that stand in the job."""
    sources: tuple[TableSource, ...] = ()
    ca_bundle: ConfigMapKey | None = None
    """Where the certificates lie that the pods trust."""
    not_allowed: str | None = None
    """What the job names that this installation does not allow, in sentences."""
    batch_size: int = 1
    """How many pictures a pod makes at once."""
    gpus: int = 0
    """The GPUs of each pod."""
    gpu_resource: str = ""
    """The resource that counts them."""
    priority: int = 0
    kueue_queue: str | None = None
    """The queue of Kueue's that decides in place of the operator's limits."""
    queue_seconds: int | None = None
    suspend: bool = False
    cancel: bool = False

    def demand_in(self, namespace: str) -> Demand:
        """Return what the job needs in `namespace` to run."""
        gpus = self.shards * self.gpus
        return Demand(namespace, gpus, self.gpu_resource if gpus else "")

    def charts_of(self, shard: int) -> tuple[str, ...]:
        """Return the names of the charts that `shard` makes: chart i belongs to shard i mod shards."""
        return self.charts[shard :: self.shards]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A spec that cannot be run, and the sentence that says why."""

    message: str
    ttl_seconds: int


@dataclass(frozen=True, slots=True)
class ChildJob:
    """The Job of an attempt."""

    name: str
    uid: str
    resource_version: str
    attempt: int
    shards: tuple[int, ...]
    """The shard that each completion index stands for."""
    round: int = 1
    """The round that it works in."""
    completed: frozenset[int] = frozenset()
    """Completion indexes that succeeded."""
    failed_indexes: frozenset[int] = frozenset()
    """Completion indexes that failed. One that ended the whole Job at once is not among them."""
    complete: bool = False
    failed: bool = False
    """Whether the Job has ended, well or not. Its pods have ended too, then."""
    failure: str = ""
    """The Job controller's own sentence about a failure."""
    ended: datetime | None = None
    created: datetime | None = None
    deleting: bool = False
    demand: Demand | None = None
    """What it needs, for when the job that it belongs to is gone. None if Kueue counts it."""
    suspended: bool = False
    """Whether it may have no pods for now. The operator never says so after the creation: Kueue does, or a user."""
    in_queue: bool = False
    """Whether it bears the label by which Kueue takes it up."""

    @property
    def at_work(self) -> bool:
        """Whether pods of it may still be created or run."""
        return not (self.complete or self.failed)


@dataclass(frozen=True, slots=True)
class Remark:
    """What the cluster says of a pod or of a Workload: a word, and a sentence."""

    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Workload:
    """What Kueue keeps of a Job: its own object, beside the Job."""

    name: str
    uid: str
    resource_version: str
    job: str
    """The uid of the Job."""
    active: bool = True
    """Whether it may be admitted at all. Somebody, or Kueue itself, switched it off otherwise."""
    cluster_queue: str | None = None
    """The ClusterQueue whose quota it has."""
    reserved: bool = False
    """Whether it has its quota."""
    pending: Remark | None = None
    """Why it has no quota, once Kueue has tried."""
    admitted: bool = False
    evicted: Remark | None = None
    """Why its quota was taken back, until it is admitted again."""
    preempted: Remark | None = None
    """For whom, where that was the reason."""
    unready: tuple[str, ...] = ()
    """The admission checks that are not ready, each with its state and its sentence."""


class Kueue(Enum):
    """Whether Kueue's API is there."""

    NOT_ASKED = auto()
    """This installation does not look at it."""
    ABSENT = auto()
    SERVED = auto()


@dataclass(frozen=True, slots=True)
class Exit:
    """How the runner's container ended."""

    code: int
    reason: str
    """The kubelet's word for it, for instance OOMKilled."""
    report: RunReport | None = None
    """The termination message, where the runner left one."""
    message: str = ""
    """The termination message, where somebody else left one: the container runtime, for instance."""
    ended: datetime | None = None


SLOW_KUBELET = timedelta(seconds=10)
"""What a healthy kubelet may need beyond a pod's grace to say that it is gone."""


@dataclass(frozen=True, slots=True)
class ChildPod:
    """A pod of an attempt."""

    name: str
    uid: str
    resource_version: str
    attempt: int
    index: int
    """The completion index."""
    created: str
    phase: str
    job: str = ""
    """The uid of the Job that made it. A label says less: anybody can write one."""
    node: str | None = None
    ip: str | None = None
    running: bool = False
    """Whether the runner's process runs."""
    gone_by: datetime | None = None
    """When it was to be gone, its grace included. None unless it was deleted."""
    unschedulable: str | None = None
    """The scheduler's sentence, while no node takes the pod."""
    unfit: bool = False
    """Whether no node could take the pod even if nothing else ran there."""
    waiting: Remark | None = None
    """What the kubelet says, while something that may not pass by itself keeps the container from starting."""
    disrupted: Remark | None = None
    """Who took the pod back: an eviction, a preemption, the loss or the end of its node."""
    failed: Remark | None = None
    """What the kubelet or a controller says of the whole pod's failure."""
    exit: Exit | None = None
    progress: RunProgress | None = None
    """What the runner last answered on /progress."""

    def stuck(self, now: datetime) -> bool:
        """Say whether the pod was to be gone, and still works for all that is known."""
        return self.gone_by is not None and not self.ended and now >= self.gone_by + SLOW_KUBELET

    @property
    def ended(self) -> bool:
        """Whether the pod will never run again. The kubelet tells of the container's end before the phase's."""
        return self.exit is not None or self.phase in {"Succeeded", "Failed"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a job needs and does not own. It is looked at when an attempt is to begin, and only then."""

    claim_modes: tuple[str, ...] | None
    """The access modes of the claim that takes the results. None if there is no such claim."""
    model_claim_modes: tuple[str, ...] | None = ()
    """The same of the claim that holds the model."""
    missing_text: str | None = None
    """The sentence about a table, or certificates, that are not where the job says."""
    tables_bytes: int = 0
    """How long the tables are that ConfigMaps hold."""
    tables_changed: bool = False
    """Whether these tables are other ones than the first attempt's."""
    unreadable: str | None = None
    """Why the operator may not look at them, in the API server's words."""


@dataclass(frozen=True, slots=True)
class Observed:
    """A job and all that is known of it at one moment."""

    owner: Owner
    asked: Request | Refusal
    status: ChartSparkJobStatus
    jobs: tuple[ChildJob, ...] = ()
    """In the order of their attempts."""
    pods: tuple[ChildPod, ...] = ()
    """In the order of attempt, completion index and creation."""
    obstacle: str | None = None
    """Why the last try to create a child failed, in the API server's words."""
    surroundings: Surroundings | None = None
    """None where no attempt is to begin."""
    pods_refused: str | None = None
    """Why the live attempt's Job lacks pods, in the Job controller's words."""
    departed: tuple[ChildPod, ...] = ()
    """Pods of the live attempt that are gone, as they were last seen."""
    turn: Turn = GRANTED
    """Whether the job may run now."""
    kueue: Kueue = Kueue.NOT_ASKED
    workloads: tuple[Workload, ...] = ()
    """What Kueue keeps of the Jobs."""
    untold: bool = False
    """Whether the event of the status' reason may be missing: the operator was killed, or it could not create it."""

    def job_of(self, attempt: Attempt) -> ChildJob | None:
        """Return the Job of `attempt`, if it is there."""
        return next((job for job in self.jobs if job.attempt == attempt.number), None)

    def workload_of(self, job: ChildJob) -> Workload | None:
        """Return what Kueue keeps of `job`, if it has taken it up."""
        return next((workload for workload in self.workloads if workload.job == job.uid), None)

    @property
    def live_attempt(self) -> Attempt | None:
        """The attempt that has not ended, as the status has it."""
        last = self.status.attempts[-1] if self.status.attempts else None
        return last if last is not None and last.reason is None else None

    def pods_of(self, attempt: Attempt) -> tuple[ChildPod, ...]:
        """Return the pods of `attempt` that are there."""
        return tuple(pod for pod in self.pods if self._made(attempt, pod))

    def every_pod_of(self, attempt: Attempt) -> tuple[ChildPod, ...]:
        """Return the pods of `attempt` in the order of their creation, those that are gone included."""
        found = {pod.uid: pod for pod in (*self.departed, *self.pods) if self._made(attempt, pod)}
        return tuple(sorted(found.values(), key=lambda pod: (pod.index, pod.created, pod.uid)))

    def _made(self, attempt: Attempt, pod: ChildPod) -> bool:
        job = self.job_of(attempt)
        return pod.attempt == attempt.number and (job is None or pod.job == job.uid)
