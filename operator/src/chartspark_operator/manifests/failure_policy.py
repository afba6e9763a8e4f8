"""What the Job controller does about a failed pod. Called by the attempt's manifest."""

from typing import Any

from chartspark_api.exit_codes import ExitCode
from chartspark_api.names import RUNNER_CONTAINER
from chartspark_api.reasons import Retry, explain


def hopeless_exit_codes() -> list[int]:
    """Return the exit codes that no repetition mends."""
    failures = (code for code in ExitCode if code is not ExitCode.OK)
    return sorted(int(code) for code in failures if explain(code.reason).retry is Retry.NEVER)


def pod_failure_policy() -> dict[str, Any]:
    """Return the one rule: a hopeless fault ends the attempt at once.

    Everything else fails its index only, a disruption too: the other shards go on, and the operator decides
    on the next attempt, which it may want on another node. What a disruption costs, it counts itself.
    """
    return {
        "rules": [
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
