"""The operator is killed again and again while jobs run. Where it is hit, chance decides; the seed is written down."""

import random

from cluster_support import Namespace, Operator, eventually, job

JOBS = 12
SEED = 20261121


def test_one_job_per_attempt_whenever_it_is_killed(namespace: Namespace, operator: Operator) -> None:
    chance = random.Random(SEED)  # noqa: S311 - it decides when to kill, and guards nothing
    for number in range(JOBS):
        namespace.apply(job(f"job-{number}"))
        if number % 3 == 0:
            operator.kill()
            operator.start()
    for number in range(JOBS):
        name = f"job-{number}"
        status = eventually(lambda name=name: _begun(namespace, name), f"{name} has begun")
        first = status["attempts"][0]["job"]
        (pod,) = namespace.pods(first)
        if chance.random() < 0.5:
            operator.kill()
        namespace.play(pod, 0 if number % 2 else 82)
        operator.kill()
        operator.start()
    for number in range(JOBS):
        name = f"job-{number}"
        if number % 2 == 0:
            second = eventually(lambda name=name: _second(namespace, name), f"{name} is tried again")
            (pod,) = namespace.pods(second)
            namespace.play(pod, 0)
        status = namespace.wait_for(name, "Complete")
        assert [attempt["number"] for attempt in status["attempts"]] == ([1] if number % 2 else [1, 2])

    made = namespace.items("jobs")
    owners = [(one["metadata"]["labels"]["chartspark.io/job"], one["metadata"]["labels"]["chartspark.io/attempt"]) for one in made]  # fmt: skip
    assert len(owners) == len(set(owners)) == JOBS + JOBS // 2


def _begun(namespace: Namespace, name: str) -> dict | None:
    status = namespace.status(name)
    return status if status.get("reason") in {"Starting", "Unschedulable"} else None


def _second(namespace: Namespace, name: str) -> str | None:
    attempts = namespace.status(name)["attempts"]
    names = [one["metadata"]["name"] for one in namespace.items("jobs")]
    return next((a["job"] for a in attempts if a["number"] == 2 and a["job"] in names), None)
