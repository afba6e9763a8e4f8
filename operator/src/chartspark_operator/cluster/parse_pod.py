"""Turns a pod as the API server sends it into what decisions need."""

import re
from datetime import datetime

from chartspark_api.names import ATTEMPT_LABEL, RUNNER_CONTAINER, UID_LABEL
from chartspark_api.report import RunReport
from pydantic import ValidationError

from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.observed import ChildPod, Exit, Remark
from chartspark_operator.times import read

INDEX_LABEL = "batch.kubernetes.io/job-completion-index"
COMMON_WAITS = frozenset({"ContainerCreating", "PodInitializing"})
"""What every pod waits for, for a moment; it has no sentence."""
NO_HELP = re.compile(r"0/(\d+) nodes are available: \1 Preemption is not helpful for scheduling")
"""The scheduler's word on what happens if it emptied every node."""
PASSING = re.compile(r"were unschedulable|taint \{node\.kubernetes\.io/|[Vv]olume|(?<!no new )claim")
"""What is no node's nature: cordons, nodes that are ill, storage that is on its way."""
LONGEST_REMARK = 1000


def parse_pod(raw: JsonObject) -> tuple[str, ChildPod] | None:
    """Return the uid of the ChartSparkJob that `raw` works for, and the pod. None if it is none of ours."""
    metadata, status = raw["metadata"], raw.get("status", {})
    labels = metadata.get("labels", {})
    attempt, index = labels.get(ATTEMPT_LABEL, ""), labels.get(INDEX_LABEL, "")
    if UID_LABEL not in labels or not attempt.isdigit() or not index.isdigit():
        return None
    state = _runner_state(status)
    conditions = {condition["type"]: condition for condition in status.get("conditions", ())}
    return labels[UID_LABEL], ChildPod(
        name=metadata["name"],
        uid=metadata["uid"],
        resource_version=metadata["resourceVersion"],
        attempt=int(attempt),
        index=int(index),
        created=metadata.get("creationTimestamp", ""),
        phase=status.get("phase", "Pending"),
        job=_maker(metadata),
        node=raw.get("spec", {}).get("nodeName"),
        ip=status.get("podIP"),
        running="running" in state,
        gone_by=_time(metadata.get("deletionTimestamp")),
        unschedulable=_unschedulable(conditions.get("PodScheduled", {})),
        unfit=_unfit(conditions.get("PodScheduled", {})),
        waiting=_waiting(state.get("waiting", {})),
        disrupted=_disrupted(conditions.get("DisruptionTarget", {})),
        failed=_remark(status) if status.get("phase") == "Failed" else None,
        exit=_exit(state["terminated"]) if "terminated" in state else None,
    )


def _maker(metadata: JsonObject) -> str:
    for reference in metadata.get("ownerReferences", ()):
        if reference.get("controller") and reference.get("kind") == "Job":
            return str(reference["uid"])
    return ""


def _runner_state(status: JsonObject) -> JsonObject:
    for container in status.get("containerStatuses", ()):
        if container.get("name") == RUNNER_CONTAINER:
            state: JsonObject = container.get("state", {})
            return state
    return {}


def _unschedulable(scheduled: JsonObject) -> str | None:
    if scheduled.get("status") == "False" and scheduled.get("reason") == "Unschedulable":
        # What follows is about preemption, and says once more that there is no room.
        return re.split(r" (?:no new claims|preemption:)", str(scheduled.get("message", "")), maxsplit=1)[0]
    return None


def _unfit(scheduled: JsonObject) -> bool:
    said = str(scheduled.get("message", ""))
    return NO_HELP.search(said) is not None and PASSING.search(said) is None


def _waiting(waiting: JsonObject) -> Remark | None:
    return None if waiting.get("reason") in COMMON_WAITS else _remark(waiting)


def _disrupted(target: JsonObject) -> Remark | None:
    return _remark(target) if target.get("status") == "True" else None


def _remark(said: JsonObject) -> Remark | None:
    if not said.get("reason"):
        return None
    return Remark(str(said["reason"]), str(said.get("message", ""))[:LONGEST_REMARK])


def _exit(terminated: JsonObject) -> Exit:
    ended = _time(terminated.get("finishedAt"))
    code, reason = int(terminated.get("exitCode", 0)), str(terminated.get("reason", ""))
    message = str(terminated.get("message", ""))
    try:
        return Exit(code, reason, RunReport.model_validate_json(message), ended=ended)
    except ValidationError:
        # A process that was killed leaves no report, or half of one; the exit code speaks then.
        return Exit(code, reason, message=message[:LONGEST_REMARK], ended=ended)


def _time(text: str | None) -> datetime | None:
    return read(text) if text else None
