"""Turns a pod as the API server sends it into what decisions need."""

import re

from chartspark_api.names import ATTEMPT_LABEL, RUNNER_CONTAINER, UID_LABEL
from chartspark_api.report import RunReport
from pydantic import ValidationError

from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.observed import ChildPod, Exit

INDEX_LABEL = "batch.kubernetes.io/job-completion-index"
COMMON_WAITS = frozenset({"ContainerCreating", "PodInitializing"})
"""What every pod waits for, for a moment; it has no sentence."""


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
        node=raw.get("spec", {}).get("nodeName"),
        ip=status.get("podIP"),
        running="running" in state,
        unschedulable=_unschedulable(conditions.get("PodScheduled", {})),
        waiting=_waiting(state.get("waiting", {})),
        disrupted=_disrupted(conditions.get("DisruptionTarget", {})),
        exit=_exit(state["terminated"]) if "terminated" in state else None,
    )


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


def _waiting(waiting: JsonObject) -> str | None:
    reason = waiting.get("reason")
    if reason is None or reason in COMMON_WAITS:
        return None
    return f"{reason}: {waiting.get('message', '')}"


def _disrupted(target: JsonObject) -> str | None:
    if target.get("status") != "True":
        return None
    return f"{target.get('reason', '')}: {target.get('message', '')}"


def _exit(terminated: JsonObject) -> Exit:
    try:
        report = RunReport.model_validate_json(terminated.get("message", ""))
    except ValidationError:
        # A process that was killed leaves no report, or half of one; the exit code speaks then.
        report = None
    return Exit(
        code=int(terminated.get("exitCode", 0)), reason=str(terminated.get("reason", "")), report=report
    )
