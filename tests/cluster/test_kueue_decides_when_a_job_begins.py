"""The real Kueue beside a real API server and Job controller: quota, preemption, a user's suspend, a missing queue, restarts."""

import json
from collections.abc import Iterator, Mapping

import pytest
from chartspark_dev.cluster import Cluster
from cluster_support import Namespace, Operator, condition, eventually
from kueue_support import (
    SETTINGS,
    Manager,
    is_suspended,
    queue,
    queued,
    state_of,
    wait_for_words,
    workloads,
)

GHOST = "played-by-the-test"
NO_QUOTA = "insufficient unused quota for cpu"


@pytest.fixture(scope="module", autouse=True)
def kueue(cluster: Cluster) -> Iterator[Manager]:
    manager = Manager(state_of(cluster))
    manager.start()
    yield manager
    manager.remove()


@pytest.fixture
def settings() -> Mapping[str, str]:
    return SETTINGS


@pytest.fixture
def node(cluster: Cluster) -> Iterator[None]:
    """A node whose kubelet the test plays: what is deleted there stays until the test says that it has ended."""
    cluster.kubectl(
        "apply",
        "-f",
        "-",
        input=json.dumps({"apiVersion": "v1", "kind": "Node", "metadata": {"name": GHOST}}),
    )
    yield
    cluster.kubectl("delete", "node", GHOST)


def bind(namespace: Namespace, pod: dict) -> None:
    """Do what the scheduler would."""
    name = pod["metadata"]["name"]
    target = {"apiVersion": "v1", "kind": "Node", "name": GHOST}
    binding = {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": name}, "target": target}
    path = f"/api/v1/namespaces/{namespace.name}/pods/{name}/binding"
    namespace.kubectl("create", "--raw", path, "-f", "-", stdin=json.dumps(binding))


def test_a_job_waits_for_quota_and_begins_though_the_operator_was_restarted(
    namespace: Namespace, operator: Operator
) -> None:
    queue(namespace)
    namespace.apply(queued("first"))
    first = namespace.begun("first")
    assert condition(namespace.status("first"), "Admitted") == "True"
    namespace.apply(queued("second", deadlines={"queueSeconds": 3600}))
    status = wait_for_words(namespace, "second", NO_QUOTA)
    assert status["message"].startswith("Kueue decides, in the queue charts: ")
    assert (status["reason"], condition(status, "Admitted")) == ("Queued", "False")
    second = status["attempts"][-1]["job"]
    assert is_suspended(namespace, second)
    assert not [p for p in namespace.items("pods") if p["metadata"]["labels"]["job-name"] == second]

    operator.kill()
    (pod,) = namespace.pods(first)
    namespace.play(pod, 0)
    eventually(lambda: not is_suspended(namespace, second), "Kueue admits the second while nobody looks")
    operator.start()
    assert namespace.begun("second") == second
    namespace.wait_for("first", "Complete")
    (pod,) = namespace.pods(second)
    namespace.play(pod, 0)
    done = namespace.wait_for("second", "Complete")
    assert [attempt["reason"] for attempt in done["attempts"]] == ["Complete"]


@pytest.mark.usefixtures("operator")
def test_a_preempted_job_waits_and_goes_on_in_the_same_attempt(namespace: Namespace) -> None:
    queue(namespace)
    namespace.apply(queued("patient"))
    made = namespace.begun("patient")
    (pod,) = namespace.pods(made)
    namespace.play(pod, None)
    namespace.wait_for("patient", "Running")
    namespace.apply(queued("urgent", "urgent"))
    back = namespace.wait_for("patient", "Requeued")
    assert (
        "Kueue took the place back: Preempted (InClusterQueue): Preempted to accommodate" in back["message"]
    )
    assert condition(back, "Admitted") == "False"
    assert is_suspended(namespace, made)

    (other,) = namespace.pods(namespace.begun("urgent"))
    namespace.play(other, 0)
    namespace.wait_for("urgent", "Complete")
    assert namespace.begun("patient") == made
    (pod,) = namespace.pods(made)
    namespace.play(pod, 0)
    done = namespace.wait_for("patient", "Complete")
    assert [(one["job"], one["reason"]) for one in done["attempts"]] == [(made, "Complete")]
    assert (done["failedAttempts"], done["freeAttempts"]) == (0, 0)


@pytest.mark.usefixtures("operator", "node")
@pytest.mark.parametrize("code", [pytest.param(75, id="it obeyed"), pytest.param(137, id="it was killed")])
def test_a_preempted_pod_that_ends_as_failed_costs_no_attempt_either(namespace: Namespace, code: int) -> None:
    """A kubelet calls a pod failed that it ended, whatever for."""
    queue(namespace)
    namespace.apply(queued("patient"))
    made = namespace.begun("patient")
    (pod,) = namespace.pods(made)
    bind(namespace, pod)
    namespace.play(pod, None)
    namespace.wait_for("patient", "Running")
    namespace.apply(queued("urgent", "urgent"))
    namespace.wait_for("patient", "Requeued")
    namespace.play(pod, code)
    namespace.kubectl("delete", "pod", pod["metadata"]["name"], "--force", "--grace-period=0")
    (other,) = namespace.pods(namespace.begun("urgent"))
    namespace.play(other, 0)

    assert namespace.begun("patient") == made
    (pod,) = namespace.pods(made)
    namespace.play(pod, 0)
    done = namespace.wait_for("patient", "Complete")
    assert [one["reason"] for one in done["attempts"]] == ["Complete"]
    assert (done["failedAttempts"], done["freeAttempts"]) == (0, 0)


@pytest.mark.usefixtures("operator")
def test_a_user_who_suspends_an_admitted_job_gives_its_quota_back(namespace: Namespace) -> None:
    queue(namespace)
    namespace.apply(queued("rests"))
    first = namespace.begun("rests")
    namespace.apply(queued("next"))
    wait_for_words(namespace, "next", NO_QUOTA)
    namespace.edit("rests", '{"suspend": true}')
    namespace.wait_for("rests", "Suspended")
    namespace.begun("next")
    eventually(lambda: len(workloads(namespace)) == 1, "Kueue keeps nothing of it")

    namespace.edit("rests", '{"suspend": false}')
    wait_for_words(namespace, "rests", NO_QUOTA)
    namespace.edit("next", '{"cancel": true}')
    namespace.wait_for("next", "Cancelled")
    second = namespace.begun("rests")
    assert second != first
    (pod,) = namespace.pods(second)
    namespace.play(pod, 0)
    done = namespace.wait_for("rests", "Complete")
    assert [one["reason"] for one in done["attempts"]] == ["Suspended", "Complete"]
    assert done["failedAttempts"] == 0


@pytest.mark.usefixtures("operator")
def test_a_queue_that_is_not_there_is_told_of_and_the_job_goes_on_when_it_comes(namespace: Namespace) -> None:
    namespace.apply(queued("early"))
    status = wait_for_words(namespace, "early", "LocalQueue charts doesn't exist")
    assert status["reason"] == "MissingQueue"
    assert "Mend that, and the job goes on by itself" in status["message"]
    queue(namespace)
    namespace.begun("early")
    (told,) = [e for e in namespace.items("events") if e["reason"] == "MissingQueue"]
    assert told["type"] == "Warning"


@pytest.mark.usefixtures("operator")
def test_a_job_that_waits_for_too_long_ends_and_a_failed_one_is_tried_again(namespace: Namespace) -> None:
    queue(namespace)
    namespace.apply(queued("fails", retry={"attempts": 2}))
    (pod,) = namespace.pods(namespace.begun("fails"))
    namespace.apply(queued("hasty", deadlines={"queueSeconds": 1}))
    late = namespace.wait_for("hasty", "QueuedTooLong")
    assert "its spec.deadlines.queueSeconds, in the queue charts" in late["message"]
    namespace.play(pod, 81)
    namespace.wait_for("fails", "Retrying")
    second = namespace.begun("fails")
    assert second.endswith("-2")
    assert {w["metadata"]["ownerReferences"][0]["name"] for w in workloads(namespace)} >= {second}
