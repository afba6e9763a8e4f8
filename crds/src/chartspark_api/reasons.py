"""Every reason that a ChartSparkJob, one of its attempts or one of its charts can be in.

One enum feeds `status.reason`, conditions, events, metric labels and the documentation. `explain` says what happened, what to do, and what comes of an attempt that ended so. Operator and runner import it.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum


class Reason(StrEnum):
    """Why a job, an attempt or a chart is where it is."""

    QUEUED = "Queued"
    REQUEUED = "Requeued"
    MISSING_QUEUE = "MissingQueue"
    ADMITTED = "Admitted"
    SUSPENDED = "Suspended"
    RESUMED = "Resumed"
    MISSING_CLAIM = "MissingClaim"
    MISSING_CONFIG_MAP = "MissingConfigMap"
    BLOCKED = "Blocked"
    STARTING = "Starting"
    PODS_REFUSED = "PodsRefused"
    IMAGE_NOT_PULLED = "ImageNotPulled"
    CANNOT_START = "CannotStart"
    UNSCHEDULABLE = "Unschedulable"
    NO_FITTING_NODE = "NoFittingNode"
    POD_STUCK = "PodStuck"
    RUNNING = "Running"
    RETRYING = "Retrying"
    COMPLETE = "Complete"
    COMPLETE_WITH_FAILURES = "CompleteWithFailures"
    ALL_CHARTS_FAILED = "AllChartsFailed"
    CANCELLED = "Cancelled"
    QUEUE_FULL = "QueueFull"
    QUEUED_TOO_LONG = "QueuedTooLong"
    RETRY_REFUSED = "RetryRefused"
    INVALID_REQUEST = "InvalidRequest"
    NOT_ALLOWED = "NotAllowed"
    INVALID_DATA = "InvalidData"
    NO_USABLE_ELEMENT = "NoUsableElement"
    MISSING_MODEL = "MissingModel"
    STORAGE_UNAVAILABLE = "StorageUnavailable"
    CANNOT_WRITE = "CannotWrite"
    TRANSIENT = "Transient"
    OUT_OF_MEMORY = "OutOfMemory"
    OUT_OF_GPU_MEMORY = "OutOfGPUMemory"
    GPU_LOST = "GPULost"
    OUT_OF_EPHEMERAL_STORAGE = "OutOfEphemeralStorage"
    STALLED = "Stalled"
    EVICTED = "Evicted"
    PREEMPTED = "Preempted"
    NODE_LOST = "NodeLost"
    NODE_SHUT_DOWN = "NodeShutDown"
    POD_GONE = "PodGone"
    REPORT_LOST = "ReportLost"
    START_DEADLINE_EXCEEDED = "StartDeadlineExceeded"
    RUN_DEADLINE_EXCEEDED = "RunDeadlineExceeded"
    CRASHED = "Crashed"
    JOB_DELETED = "JobDeleted"
    JOB_SUSPENDED = "JobSuspended"
    TABLES_CHANGED = "TablesChanged"


class Retry(Enum):
    """Whether an attempt that ended so is followed by another one."""

    NEVER = "no"
    """It would end the same way: somebody has to change something first."""
    COUNTED = "yes"
    """It can end differently, and is one of spec.retry.attempts."""
    FREE = "yes, for nothing"
    """The cluster took it back; it is none of spec.retry.attempts, unless it happens again and again."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a reason means to the person who reads it, and what comes of an attempt that ended so."""

    cause: str
    remedy: str
    retry: Retry = Retry.NEVER
    pause_seconds: int = 10
    """How long the next attempt waits, if this was the first; each time twice as long."""
    another_node: bool = False
    """Whether the next attempt keeps away from the node of this one."""
    smaller_batch: bool = False
    """Whether the next attempt makes half as many pictures at once, as long as there are two to halve."""
    waits: bool = False
    """Whether a job in it lacks a pod at work, so that spec.deadlines.startSeconds ends it."""


def explain(reason: Reason) -> Explanation:
    """Return what `reason` means."""
    return _EXPLANATIONS[reason]


_EXPLANATIONS: dict[Reason, Explanation] = {
    Reason.QUEUED: Explanation(
        "The job waits for its turn, because as many jobs or GPUs as the operator allows are in use, or because Kueue has not admitted it; the message says what it waits for.",
        "Nothing: jobs with a higher spec.queue.priority go first, then those that were created first. In a queue of Kueue's, Kueue decides.",
    ),
    Reason.REQUEUED: Explanation(
        "Kueue took the job's place back, for instance for a job of a higher priority. Its pods are stopped; what is published stays.",
        "Nothing: the attempt goes on, for nothing, once Kueue admits it again.",
    ),
    Reason.MISSING_QUEUE: Explanation(
        "Nobody can admit the job: Kueue is not there or does not answer, or the queue that the job names is not there or is stopped.",
        "Mend what the message names; the job goes on by itself.",
        waits=True,
    ),
    Reason.ADMITTED: Explanation(
        "The job's turn has come, and its next attempt is about to begin.",
        "Nothing.",
    ),
    Reason.SUSPENDED: Explanation(
        "The job rests, because spec.suspend says so. What is published stays.",
        "Set spec.suspend to false, and the job goes on with what is missing.",
        Retry.FREE,
    ),
    Reason.RESUMED: Explanation(
        "The job rested, and does no more. Only the condition Suspended says so.",
        "Nothing.",
    ),
    Reason.MISSING_CLAIM: Explanation(
        "The claim that takes the results, or the one that holds the model, is not there.",
        "Create it, or name another one; the job goes on by itself.",
        waits=True,
    ),
    Reason.MISSING_CONFIG_MAP: Explanation(
        "A ConfigMap that holds a table or certificates, or its key, is not there.",
        "Create it, or name another one; the job goes on by itself.",
        waits=True,
    ),
    Reason.BLOCKED: Explanation(
        "The attempt's Job cannot be created: a quota, a policy, a name that is taken, or a right that the operator lacks.",
        "Remove what the message names; the job goes on by itself.",
        waits=True,
    ),
    Reason.STARTING: Explanation(
        "The pods are created; they are not running yet.",
        "Nothing.",
        waits=True,
    ),
    Reason.PODS_REFUSED: Explanation(
        "The cluster does not let the Job create its pods: a quota, Pod Security, or another policy.",
        "Ask for less, or have the quota or the policy changed; the job goes on by itself.",
        waits=True,
    ),
    Reason.IMAGE_NOT_PULLED: Explanation(
        "A node took a pod and cannot pull its image.",
        "Mend what the message names: the image's name, the registry, or a pull secret; the job goes on by itself.",
        waits=True,
    ),
    Reason.CANNOT_START: Explanation(
        "A node took a pod and cannot start its container, for instance because a volume does not mount.",
        "Mend what the message names; a pod that waits for it goes on by itself.",
        Retry.COUNTED,
        pause_seconds=30,
        waits=True,
    ),
    Reason.UNSCHEDULABLE: Explanation(
        "No node can take a pod right now.",
        "Wait for resources, or ask for less; the message is the scheduler's.",
        waits=True,
    ),
    Reason.NO_FITTING_NODE: Explanation(
        "No node could take a pod even if nothing else ran on it.",
        "Ask for less, or for other nodes: spec.pod; the message is the scheduler's. An attempt that kept away from a node that had failed is followed by one that does not.",
        Retry.FREE,
    ),
    Reason.POD_STUCK: Explanation(
        "A pod was deleted and does not go away: its node does not answer, or the kernel does not let go of a process.",
        "Look at the node that the message names; spec.deadlines.forceDeleteSeconds lets the job go on without it.",
        Retry.FREE,
        another_node=True,
        waits=True,
    ),
    Reason.RUNNING: Explanation("At least one pod is at work.", "Nothing."),
    Reason.RETRYING: Explanation(
        "An attempt failed for a reason that may pass; the next attempt makes what is missing.",
        "Nothing. The last attempt's reason stands in status.attempts.",
    ),
    Reason.COMPLETE: Explanation("Every chart is published.", "Nothing."),
    Reason.COMPLETE_WITH_FAILURES: Explanation(
        "Some charts are published, others could not be made.",
        "Read status.failedCharts. What may succeed as it stands is made by a retry; what has to be mended, by a new job.",
    ),
    Reason.ALL_CHARTS_FAILED: Explanation(
        "No chart could be made.",
        "Read status.failedCharts. What may succeed as it stands is made by a retry; what has to be mended, by a new job.",
    ),
    Reason.CANCELLED: Explanation(
        "The job was ended by spec.cancel. What is published stays.",
        "Apply it under another name to make the charts after all.",
    ),
    Reason.QUEUE_FULL: Explanation(
        "As many jobs wait as the operator's queue holds.",
        "Retry the job once others have begun, or have the limit raised.",
    ),
    Reason.QUEUED_TOO_LONG: Explanation(
        "The job's turn did not come within spec.deadlines.queueSeconds.",
        "Retry the job at a quieter time, or apply it with more time or a higher priority.",
    ),
    Reason.RETRY_REFUSED: Explanation(
        "A retry was asked for where there is nothing to retry. Only an event says so; the job stays what it is.",
        "Read the event. A retry needs a job that has ended, was not cancelled, and lacks a chart.",
    ),
    Reason.INVALID_REQUEST: Explanation(
        "The request asks for something that cannot be done.",
        "Change what the message names, and apply it as a new job.",
    ),
    Reason.NOT_ALLOWED: Explanation(
        "The pod block names what this installation does not allow.",
        "Name what is allowed, or have the chart's value that the message names extended; then apply it as a new job.",
    ),
    Reason.INVALID_DATA: Explanation(
        "A chart's table does not hold what the chart needs.",
        "Change the table or the columns that the message names.",
    ),
    Reason.NO_USABLE_ELEMENT: Explanation(
        "No candidate of a chart had anything to draw the marks with.",
        "Name another subject, another seed or more candidates.",
    ),
    Reason.MISSING_MODEL: Explanation(
        "The model, or a file of it, is not where the request says.",
        "Put the file at the path that the message names, or name another model.",
    ),
    Reason.STORAGE_UNAVAILABLE: Explanation(
        "The claim's storage did not answer.",
        "Nothing at first: the attempt is repeated. Then look at the storage.",
        Retry.COUNTED,
        pause_seconds=60,
    ),
    Reason.CANNOT_WRITE: Explanation(
        "The storage refused a write: no space left, read-only, or no permission.",
        "Free space, or give the pod's group write access to the claim.",
    ),
    Reason.TRANSIENT: Explanation(
        "A fault that may pass.",
        "Nothing: the attempt is repeated.",
        Retry.COUNTED,
    ),
    Reason.OUT_OF_MEMORY: Explanation(
        "The kernel ended the pod at its memory limit.",
        "Raise spec.pod.memory, or ask for smaller charts.",
        Retry.COUNTED,
    ),
    Reason.OUT_OF_GPU_MEMORY: Explanation(
        "The GPU's memory did not suffice, even with every saving that the runner knows.",
        "Nothing at first: the attempt is repeated. Then ask for a larger GPU or a smaller model.",
        Retry.COUNTED,
        pause_seconds=30,
        smaller_batch=True,
    ),
    Reason.GPU_LOST: Explanation(
        "A GPU was asked for, and none is there or it stopped answering.",
        "Check the node's driver and device plugin; set model.device: CPU to run without one.",
        Retry.COUNTED,
        another_node=True,
    ),
    Reason.OUT_OF_EPHEMERAL_STORAGE: Explanation(
        "The pod wrote more to its scratch space than it may.",
        "Raise spec.pod.ephemeralStorage, or ask for smaller charts.",
        Retry.COUNTED,
    ),
    Reason.STALLED: Explanation(
        "Nothing moved in the pod for spec.deadlines.stallSeconds.",
        "Nothing at first: the attempt is repeated. Then raise the deadline or look at the storage.",
        Retry.COUNTED,
        another_node=True,
    ),
    Reason.EVICTED: Explanation(
        "The pod was sent away from its node: a drain, a node that ran short, or one that had no room after all.",
        "Nothing: the attempt is repeated.",
        Retry.FREE,
    ),
    Reason.PREEMPTED: Explanation(
        "The pod had to make room for one of a higher priority.",
        "Nothing: the attempt is repeated.",
        Retry.FREE,
        pause_seconds=30,
    ),
    Reason.NODE_LOST: Explanation(
        "The pod's node is gone, does not answer, or lost the pod.",
        "Nothing: the attempt is repeated. Then look at the node that status.attempts names.",
        Retry.FREE,
        another_node=True,
    ),
    Reason.NODE_SHUT_DOWN: Explanation(
        "The pod's node was shut down.",
        "Nothing: the attempt is repeated.",
        Retry.FREE,
        another_node=True,
    ),
    Reason.POD_GONE: Explanation(
        "A pod failed, and was gone before the operator could see why. One that fails by itself stays: this one was deleted, by an eviction, with its node or by somebody.",
        "Nothing: the attempt is repeated.",
        Retry.FREE,
    ),
    Reason.REPORT_LOST: Explanation(
        "The pods ended well, and were gone before it was read what became of the charts.",
        "Nothing: the next attempt reads it from the storage, and makes nothing twice.",
        Retry.FREE,
    ),
    Reason.START_DEADLINE_EXCEEDED: Explanation(
        "No pod was at work for spec.deadlines.startSeconds.",
        "Mend what the message names, and apply the job anew; what is published stays.",
    ),
    Reason.RUN_DEADLINE_EXCEEDED: Explanation(
        "An attempt took longer than spec.deadlines.runSeconds.",
        "Give it more time or more pods, and apply it as a new job; what is published stays.",
    ),
    Reason.CRASHED: Explanation(
        "The pod ended without saying why, for instance because something killed it.",
        "Nothing at first: the attempt is repeated. Then read the pod's log.",
        Retry.COUNTED,
    ),
    Reason.JOB_DELETED: Explanation(
        "Somebody deleted the attempt's Job.",
        "Nothing: the attempt is repeated.",
        Retry.COUNTED,
    ),
    Reason.JOB_SUSPENDED: Explanation(
        "Somebody suspended the attempt's Job, which stopped its pods.",
        "Nothing: the attempt is repeated. To let the job rest, set spec.suspend of the ChartSparkJob.",
        Retry.COUNTED,
    ),
    Reason.TABLES_CHANGED: Explanation(
        "A ConfigMap that holds a table changed after the first attempt, or is gone. Every attempt draws the tables as the first one read them.",
        "Apply a new job to draw the new table.",
    ),
}
