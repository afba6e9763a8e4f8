"""What the Job controller does about a failed pod. Called by the attempt's manifest."""

from typing import Any

from chartspark_api.exit_codes import ExitCode
from chartspark_api.names import RUNNER_CONTAINER
from chartspark_api.reasons import Retry, explain
from chartspark_api.spec import Queue


def hopeless_exit_codes() -> list[int]:
    """Return the exit codes that no repetition mends."""
    failures = (code for code in ExitCode if code is not ExitCode.OK)
    return sorted(int(code) for code in failures if explain(code.reason).retry is Retry.NEVER)


def pod_failure_policy(queue: Queue) -> dict[str, Any]:
    """Return the rules, of which the first that fits a failed pod counts: a hopeless fault ends the attempt at once.

    Everything else fails its index only, a disruption too: the other shards go on, and the operator decides
    on the next attempt, which it may want on another node. What a disruption costs, it counts itself. Where
    Kueue decides, a pod that was asked to end and obeyed is no failure: Kueue took its place back, and the Job
    goes on with another pod when it has one again.
    """
    hopeless = {"action": "FailJob", "onExitCodes": _codes(hopeless_exit_codes())}
    if queue.kueue_queue_name is None:
        return {"rules": [hopeless]}
    disrupted = {"action": "FailIndex", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}
    obeyed = {"action": "Ignore", "onExitCodes": _codes([int(ExitCode.TRANSIENT)])}
    return {"rules": [hopeless, disrupted, obeyed]}


def _codes(values: list[int]) -> dict[str, Any]:
    return {"containerName": RUNNER_CONTAINER, "operator": "In", "values": values}
