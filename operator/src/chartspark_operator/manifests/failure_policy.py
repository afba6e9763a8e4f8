"""What the Job controller does about a failed pod. Called by the attempt's manifest."""

from typing import Any

from chartspark_api.exit_codes import ExitCode
from chartspark_api.names import RUNNER_CONTAINER
from chartspark_api.reasons import explain


def hopeless_exit_codes() -> list[int]:
    """Return the exit codes that no repetition mends."""
    failures = (code for code in ExitCode if code is not ExitCode.OK)
    return sorted(int(code) for code in failures if not explain(code.reason).retriable)


def pod_failure_policy() -> dict[str, Any]:
    """Return the rules: a disruption counts for nothing, a hopeless fault ends the attempt at once.

    Everything else fails its index only, so that the other shards go on, and the operator decides on
    the next attempt.
    """
    return {
        "rules": [
            {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]},
            {
                "action": "FailJob",
                "onExitCodes": {
                    "containerName": RUNNER_CONTAINER,
                    "operator": "In",
                    "values": hopeless_exit_codes(),
                },
            },
        ]
    }
