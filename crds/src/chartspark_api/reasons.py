"""Every reason that a ChartSparkJob, one of its attempts or one of its charts can be in.

One enum feeds `status.reason`, conditions, events, metric labels and the documentation. `explain` says what happened, what to do, and whether another attempt is worth it. Operator and runner import it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a job, an attempt or a chart is where it is."""

    MISSING_CLAIM = "MissingClaim"
    MISSING_CONFIG_MAP = "MissingConfigMap"
    BLOCKED = "Blocked"
    STARTING = "Starting"
    PODS_REFUSED = "PodsRefused"
    CANNOT_START = "CannotStart"
    UNSCHEDULABLE = "Unschedulable"
    RUNNING = "Running"
    RETRYING = "Retrying"
    COMPLETE = "Complete"
    COMPLETE_WITH_FAILURES = "CompleteWithFailures"
    ALL_CHARTS_FAILED = "AllChartsFailed"
    INVALID_REQUEST = "InvalidRequest"
    INVALID_DATA = "InvalidData"
    NO_USABLE_ELEMENT = "NoUsableElement"
    MISSING_MODEL = "MissingModel"
    STORAGE_UNAVAILABLE = "StorageUnavailable"
    CANNOT_WRITE = "CannotWrite"
    TRANSIENT = "Transient"
    OUT_OF_MEMORY = "OutOfMemory"
    OUT_OF_GPU_MEMORY = "OutOfGPUMemory"
    GPU_LOST = "GPULost"
    STALLED = "Stalled"
    DISRUPTED = "Disrupted"
    CRASHED = "Crashed"
    JOB_DELETED = "JobDeleted"
    TABLES_CHANGED = "TablesChanged"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a reason means to the person who reads it, and to the retry rule."""

    cause: str
    remedy: str
    retriable: bool = False
    """Whether another attempt can end differently though nobody changed anything."""


def explain(reason: Reason) -> Explanation:
    """Return what `reason` means."""
    return _EXPLANATIONS[reason]


_EXPLANATIONS: dict[Reason, Explanation] = {
    Reason.MISSING_CLAIM: Explanation(
        "The claim that takes the results is not there.",
        "Create it, or name another one; the job goes on by itself.",
    ),
    Reason.MISSING_CONFIG_MAP: Explanation(
        "A ConfigMap that holds a table, or its key, is not there.",
        "Create it, or name another one; the job goes on by itself.",
    ),
    Reason.BLOCKED: Explanation(
        "The attempt's Job cannot be created: a quota, a policy, a name that is taken, or a right that the operator lacks.",
        "Remove what the message names; the job goes on by itself.",
    ),
    Reason.STARTING: Explanation(
        "The pods are created; they are not running yet.",
        "Nothing.",
    ),
    Reason.PODS_REFUSED: Explanation(
        "The cluster does not let the Job create its pods: a quota, Pod Security, or another policy.",
        "Ask for less, or have the quota or the policy changed; the job goes on by itself.",
    ),
    Reason.CANNOT_START: Explanation(
        "A node took a pod and cannot start its container, for instance because the image cannot be pulled.",
        "Mend what the message names; the job goes on by itself.",
    ),
    Reason.UNSCHEDULABLE: Explanation(
        "No node can take a pod right now.",
        "Wait for resources, or ask for less; the message is the scheduler's.",
    ),
    Reason.RUNNING: Explanation("At least one pod is at work.", "Nothing."),
    Reason.RETRYING: Explanation(
        "An attempt failed for a reason that may pass; the next attempt makes what is missing.",
        "Nothing. The last attempt's reason stands in status.attempts.",
    ),
    Reason.COMPLETE: Explanation("Every chart is published.", "Nothing."),
    Reason.COMPLETE_WITH_FAILURES: Explanation(
        "Some charts are published, others could not be made.",
        "Read status.failedCharts, mend those charts, and apply them as a new job.",
    ),
    Reason.ALL_CHARTS_FAILED: Explanation(
        "No chart could be made.",
        "Read status.failedCharts, mend the charts, and apply them as a new job.",
    ),
    Reason.INVALID_REQUEST: Explanation(
        "The request asks for something that cannot be done.",
        "Change what the message names, and apply it as a new job.",
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
        retriable=True,
    ),
    Reason.CANNOT_WRITE: Explanation(
        "The storage refused a write: no space left, read-only, or no permission.",
        "Free space, or give the pod's group write access to the claim.",
    ),
    Reason.TRANSIENT: Explanation(
        "A fault that may pass.",
        "Nothing: the attempt is repeated.",
        retriable=True,
    ),
    Reason.OUT_OF_MEMORY: Explanation(
        "The kernel ended the pod at its memory limit.",
        "Raise spec.pod.memory, or ask for smaller charts.",
        retriable=True,
    ),
    Reason.OUT_OF_GPU_MEMORY: Explanation(
        "The GPU's memory did not suffice, even with every saving that the runner knows.",
        "Ask for a larger GPU or a smaller model.",
        retriable=True,
    ),
    Reason.GPU_LOST: Explanation(
        "A GPU was asked for, and none is there or it stopped answering.",
        "Check the node's driver and device plugin; set model.device: CPU to run without one.",
        retriable=True,
    ),
    Reason.STALLED: Explanation(
        "Nothing moved in the pod for spec.deadlines.stallSeconds.",
        "Nothing at first: the attempt is repeated. Then raise the deadline or look at the storage.",
        retriable=True,
    ),
    Reason.DISRUPTED: Explanation(
        "The pod was evicted, preempted or lost with its node.",
        "Nothing: the attempt is repeated.",
        retriable=True,
    ),
    Reason.CRASHED: Explanation(
        "The pod ended without saying why, for instance because something killed it.",
        "Nothing at first: the attempt is repeated. Then read the pod's log.",
        retriable=True,
    ),
    Reason.JOB_DELETED: Explanation(
        "Somebody deleted the attempt's Job.",
        "Nothing: the attempt is repeated.",
        retriable=True,
    ),
    Reason.TABLES_CHANGED: Explanation(
        "A ConfigMap that holds a table changed after the first attempt, or is gone. Every attempt draws the tables as the first one read them.",
        "Apply a new job to draw the new table.",
    ),
}
