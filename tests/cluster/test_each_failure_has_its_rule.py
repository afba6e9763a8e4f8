"""Every failure that a kubelet or a controller can write, as they write it, and what comes of it: status, event, metric, next attempt."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

import pytest
from chartspark_api.reasons import Reason, Retry, explain
from cluster_support import Namespace, Operator, eventually, job

Json = dict[str, Any]

ATTEMPTS = re.compile(r'chartspark_attempts_finished_total\{reason="(\w+)"\} ([0-9.]+)')
SCRAPE = (
    "import urllib.request; print(urllib.request.urlopen('http://127.0.0.1:8080/metrics').read().decode())"
)


def exited(code: int, reason: str = "Error", message: str = "") -> Json:
    ended = {"exitCode": code, "reason": reason, "message": message}
    runner = {"name": "runner", "image": "x", "imageID": "", "ready": False, "restartCount": 0}
    return {"containerStatuses": [runner | {"state": {"terminated": ended}}]}


def target(reason: str, message: str) -> Json:
    return {
        "conditions": [{"type": "DisruptionTarget", "status": "True", "reason": reason, "message": message}]
    }


def said(reason: str, message: str) -> Json:
    return {"reason": reason, "message": message}


SHUTDOWN = "Pod was terminated in response to imminent node shutdown."
NO_DEVICE = "Allocate failed due to no devices available for nvidia.com/gpu"

ROWS: dict[str, tuple[Json, Reason]] = {
    "bad-request": (exited(64), Reason.INVALID_REQUEST),
    "missing-model": (exited(66), Reason.MISSING_MODEL),
    "storage-away": (exited(69), Reason.STORAGE_UNAVAILABLE),
    "storage-refuses": (exited(73), Reason.CANNOT_WRITE),
    "transient": (exited(75), Reason.TRANSIENT),
    "gpu-memory": (exited(80), Reason.OUT_OF_GPU_MEMORY),
    "gpu-lost": (exited(81), Reason.GPU_LOST),
    "stalled": (exited(82), Reason.STALLED),
    "host-memory": (exited(137, "OOMKilled"), Reason.OUT_OF_MEMORY),
    "killed": (exited(137), Reason.CRASHED),
    "scratch-full": (said("Evicted", "Usage of EmptyDir volume") | exited(137), Reason.OUT_OF_EPHEMERAL_STORAGE),
    "evicted": (said("Evicted", "The node was low on resource: memory.") | target("TerminationByKubelet", "low") | exited(137), Reason.EVICTED),
    "preempted": (target("PreemptionByScheduler", "preempting") | exited(75), Reason.PREEMPTED),
    "node-lost": (target("DeletionByTaintManager", "deleting due to NoExecute taint") | exited(137), Reason.NODE_LOST),
    "node-gone": (target("DeletionByPodGC", "PodGC: node no longer exists"), Reason.NODE_LOST),
    "node-down": (said("Terminated", SHUTDOWN) | target("TerminationByKubelet", SHUTDOWN) | exited(75), Reason.NODE_SHUT_DOWN),
    "no-device": (said("UnexpectedAdmissionError", NO_DEVICE), Reason.GPU_LOST),
    "not-begun": (exited(128, "StartError", "exec: no such file"), Reason.CANNOT_START),
}  # fmt: skip

WAITS: dict[str, tuple[Json, Json, str, Reason]] = {
    "no-image": ({}, {"reason": "ErrImagePull", "message": "not found"}, "ImageNotPulled", Reason.IMAGE_NOT_PULLED),
    "no-start": ({}, {"reason": "CreateContainerError", "message": "bad"}, "CannotStart", Reason.CANNOT_START),
    "no-node": ({}, {}, "Unschedulable", Reason.NO_FITTING_NODE),
}  # fmt: skip
"""Spec, the container's waiting state, the job's reason while it waits, and how the attempt ends."""


@dataclass
class Table:
    """The rows as jobs of one namespace."""

    namespace: Namespace
    pods: dict[str, Json] = field(default_factory=dict)

    def apply(self, jobs: list[Json]) -> None:
        manifest = {"apiVersion": "v1", "kind": "List", "items": jobs}
        self.namespace.apply(manifest)

    def found(self, names: set[str]) -> bool:
        """Say whether each job has its first pod."""
        for pod in self.namespace.items("pods"):
            labels = pod["metadata"]["labels"]
            if labels["chartspark.io/attempt"] == "1":
                self.pods[labels["chartspark.io/job"]] = pod
        return self.pods.keys() >= names

    def say(self, name: str, status: Json) -> None:
        """Write into a pod's status what a kubelet or a controller would."""
        body = json.dumps({"status": status})
        pod = self.pods[name]["metadata"]["name"]
        self.namespace.kubectl("patch", "pod", pod, "--subresource=status", "--type=merge", "-p", body)

    def statuses(self) -> dict[str, Json]:
        return {
            one["metadata"]["name"]: one.get("status", {}) for one in self.namespace.items("chartsparkjobs")
        }

    def ended(self, names: set[str]) -> bool:
        """Say whether the first attempt of each job has ended."""
        statuses = self.statuses()
        return all("reason" in next(iter(statuses[name].get("attempts", ())), {}) for name in names)

    def events(self) -> dict[str, list[str]]:
        told: dict[str, list[str]] = {}
        for event in self.namespace.items("events"):
            told.setdefault(event["involvedObject"]["name"], []).append(
                f"{event['reason']}: {event['message']}"
            )
        return told

    def counted(self) -> dict[str, float]:
        argv = self.namespace.cluster.process(sys.executable, "-c", SCRAPE)
        text = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
        return {reason: float(number) for reason, number in ATTEMPTS.findall(text) if float(number)}


@pytest.mark.usefixtures("operator")
def test_how_an_attempt_ends(namespace: Namespace) -> None:
    table, names = Table(namespace), set(ROWS)
    table.apply([job(name, charts=1) for name in ROWS])
    eventually(lambda: table.found(names), "the pods")
    for name, (status, _) in ROWS.items():
        table.say(name, {"phase": "Failed"} | status)
    eventually(lambda: table.ended(names), "the ends of the attempts")

    statuses, events = table.statuses(), table.events()
    wrong = {
        name: statuses[name]["attempts"][0]
        for name, (_, reason) in ROWS.items()
        if statuses[name]["attempts"][0]["reason"] != reason
    }
    assert wrong == {}
    for name, (_, reason) in ROWS.items():
        status, retry = statuses[name], explain(reason).retry
        counted = 1 if retry is Retry.COUNTED else 0
        assert status.get("failedAttempts", 0) == counted, name
        if retry is Retry.NEVER:
            assert status["reason"] == reason, name
            assert any(told.startswith(f"{reason}: ") for told in events[name]), name
        else:
            assert status["reason"] in {"Retrying", "Unschedulable", "Starting"}, name
            assert any(f"Attempt 1 ended with {reason}" in told for told in events[name]), name
    expected: dict[str, float] = {}
    for _, reason in ROWS.values():
        expected[reason] = expected.get(reason, 0) + 1
    assert table.counted() == expected
    for name in ("transient", "evicted"):
        eventually(lambda name=name: "2" in _attempts(namespace, name), f"the second attempt of {name}")
    assert _attempts(namespace, "bad-request") == {"1"}


@pytest.mark.usefixtures("operator")
def test_what_is_waited_for_in_vain_ends_the_job(namespace: Namespace) -> None:
    table, names = Table(namespace), set(WAITS)
    namespace.bind_the_claim()
    deadlines = {"startSeconds": 20}
    table.apply([job(name, charts=1, deadlines=deadlines, **WAITS[name][0]) for name in WAITS])
    table.apply([job("no-claim", charts=1, deadlines=deadlines, output={"claimName": "not-there"})])
    eventually(lambda: table.found(names), "the pods")
    for name, (_, waiting, _, _) in WAITS.items():
        if waiting:
            runner = {"name": "runner", "image": "x", "imageID": "", "ready": False, "restartCount": 0}
            # A node has taken the pod, or it would be the scheduler that speaks.
            placed = {"type": "PodScheduled", "status": "True"}
            state = {"state": {"waiting": waiting}}
            table.say(name, {"conditions": [placed], "containerStatuses": [runner | state]})
    for name in (*WAITS, "no-claim"):
        status = namespace.wait_for(name, "StartDeadlineExceeded")
        # Without its claim a job has not got as far as a turn.
        turn = {"Admitted"} if name in WAITS else set()
        assert {c["type"] for c in status["conditions"]} == {"Failed", "Finished"} | turn
    statuses, events = table.statuses(), table.events()
    for name, (_, _, waited_for, reason) in WAITS.items():
        assert statuses[name]["attempts"][0]["reason"] == reason, name
        assert any(told.startswith(f"{waited_for}: ") for told in events[name]), name
    assert "MissingClaim: There is no PersistentVolumeClaim not-there" in statuses["no-claim"]["message"]
    eventually(lambda: not namespace.items("jobs"), "the Jobs are stopped")


@pytest.mark.usefixtures("operator")
def test_pods_that_a_quota_refuses_end_the_job_too(namespace: Namespace) -> None:
    namespace.kubectl("create", "quota", "none", "--hard=pods=0")
    eventually(lambda: namespace.items("resourcequotas")[0].get("status", {}).get("hard"), "the quota holds")
    namespace.apply(job("refused", charts=1, deadlines={"startSeconds": 15}))
    namespace.wait_for("refused", "PodsRefused")
    status = namespace.wait_for("refused", "StartDeadlineExceeded")
    assert status["attempts"][0]["reason"] == "PodsRefused"
    assert "exceeded quota" in status["message"]


def _attempts(namespace: Namespace, name: str) -> set[str]:
    labels = [one["metadata"]["labels"] for one in namespace.items("jobs")]
    return {one["chartspark.io/attempt"] for one in labels if one["chartspark.io/job"] == name}


def test_an_evicted_pod_is_told_from_one_that_somebody_deleted(
    namespace: Namespace, operator: Operator
) -> None:
    """By the API server's own eviction. The pod is gone before its Job says that it failed."""
    assert operator.process is not None
    table = Table(namespace)
    table.apply([job(name, charts=1) for name in ("drained", "deleted")])
    eventually(lambda: table.found({"drained", "deleted"}), "the pods")
    for name in ("drained", "deleted"):
        namespace.play(table.pods[name], None)
        namespace.wait_for(name, "Running")
    pod = table.pods["drained"]["metadata"]["name"]
    eviction = {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": pod}}
    path = f"/api/v1/namespaces/{namespace.name}/pods/{pod}/eviction"
    namespace.kubectl("create", "--raw", path, "-f", "-", stdin=json.dumps(eviction))
    namespace.kubectl("delete", "pod", table.pods["deleted"]["metadata"]["name"], "--wait=false")
    for name in ("drained", "deleted"):
        table.say(name, {"phase": "Failed"} | exited(75))
    eventually(lambda: table.ended({"drained", "deleted"}), "the ends of the attempts")
    reasons = {name: status["attempts"][0]["reason"] for name, status in table.statuses().items()}
    assert reasons == {"drained": "Evicted", "deleted": "Transient"}


def test_a_pod_that_went_while_no_operator_looked_costs_no_attempt(
    namespace: Namespace, operator: Operator
) -> None:
    """The Job says that its index failed, and nothing is left that says why."""
    table = Table(namespace)
    table.apply([job("missed", charts=1)])
    eventually(lambda: table.found({"missed"}), "the pod")
    namespace.wait_for("missed", "Unschedulable")
    operator.kill()
    namespace.kubectl("delete", "pod", table.pods["missed"]["metadata"]["name"])
    eventually(lambda: namespace.items("jobs")[0]["status"].get("failedIndexes"), "the failed index")
    eventually(lambda: not namespace.items("pods"), "nothing left")
    operator.start()
    status = namespace.wait_for("missed", "Retrying")
    assert status["attempts"][0]["reason"] == "PodGone"
    assert status.get("failedAttempts", 0) == 0
