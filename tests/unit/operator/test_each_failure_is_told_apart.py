"""A failed pod as the API server shows it, in the words of Kubernetes, and what we call its end."""

from typing import Any

import pytest
from chartspark_api.reasons import Reason, Retry, explain
from chartspark_operator.cluster.parse_pod import parse_pod
from chartspark_operator.rules.pod_end import pod_end

Json = dict[str, Any]

META = {
    "name": "p",
    "uid": "p",
    "resourceVersion": "1",
    "labels": {
        "chartspark.io/job-uid": "owner",
        "chartspark.io/attempt": "1",
        "batch.kubernetes.io/job-completion-index": "0",
    },
}


def exited(code: int, reason: str = "Error", message: str = "") -> Json:
    ended = {"exitCode": code, "reason": reason, "message": message}
    return {"containerStatuses": [{"name": "runner", "state": {"terminated": ended}}]}


def target(reason: str, message: str = "") -> Json:
    condition = {"type": "DisruptionTarget", "status": "True", "reason": reason, "message": message}
    return {"conditions": [condition]}


def said(reason: str, message: str = "") -> Json:
    return {"reason": reason, "message": message}


KILLED = exited(137)
LOW = "The node was low on resource: memory. Threshold quantity: 100Mi, available: 90Mi."
SHUTDOWN = "Pod was terminated in response to imminent node shutdown."
SCRATCH = "Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. "
NO_DEVICE = "Allocate failed due to requested number of devices unavailable for nvidia.com/gpu. Requested: 1, Available: 0, which is unexpected"
HOOK = "failed to create containerd task: OCI runtime create failed: nvidia-container-cli: initialization error: driver error: failed to process request"
NO_PROGRAM = 'failed to create containerd task: exec: "chartspark-runner": executable file not found in $PATH'

ENDS: list[tuple[str, Json, Reason]] = [
    ("bad request", exited(64), Reason.INVALID_REQUEST),
    ("missing model or input", exited(66), Reason.MISSING_MODEL),
    ("storage that is away", exited(69), Reason.STORAGE_UNAVAILABLE),
    ("storage that refuses", exited(73), Reason.CANNOT_WRITE),
    ("what may pass", exited(75), Reason.TRANSIENT),
    ("GPU memory", exited(80), Reason.OUT_OF_GPU_MEMORY),
    ("a GPU that is lost", exited(81), Reason.GPU_LOST),
    ("nothing moves", exited(82), Reason.STALLED),
    ("host memory", exited(137, "OOMKilled"), Reason.OUT_OF_MEMORY),
    ("host memory, then an eviction", exited(137, "OOMKilled") | target("EvictionByEvictionAPI"), Reason.OUT_OF_MEMORY),
    ("a kill that nobody explains", KILLED, Reason.CRASHED),
    ("scratch space beyond the limit", said("Evicted", SCRATCH) | KILLED, Reason.OUT_OF_EPHEMERAL_STORAGE),
    ("a node that ran short", said("Evicted", LOW) | target("TerminationByKubelet", LOW) | KILLED, Reason.EVICTED),
    ("a drain", target("EvictionByEvictionAPI", "Eviction API: evicting") | exited(75), Reason.EVICTED),
    ("a higher priority", target("PreemptionByScheduler", "default-scheduler: preempting") | exited(75), Reason.PREEMPTED),
    ("a higher priority, by the kubelet", said("Preempting") | target("TerminationByKubelet") | KILLED, Reason.PREEMPTED),
    ("a node that does not answer", target("DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint"), Reason.NODE_LOST),
    ("a node that is gone", target("DeletionByPodGC", "PodGC: node no longer exists"), Reason.NODE_LOST),
    ("a node given up by its controller", said("NodeLost", "Node n1 which was running pod p is unresponsive"), Reason.NODE_LOST),
    ("a container that its node forgot", exited(137, "ContainerStatusUnknown", "could not be located"), Reason.NODE_LOST),
    ("a shutdown", said("Terminated", SHUTDOWN) | target("TerminationByKubelet", SHUTDOWN) | exited(75), Reason.NODE_SHUT_DOWN),
    ("a shutdown of which the pod says nothing", target("TerminationByKubelet", SHUTDOWN), Reason.NODE_SHUT_DOWN),
    ("a shutdown without a target", said("Terminated", SHUTDOWN), Reason.NODE_SHUT_DOWN),
    ("a device that is not there", said("UnexpectedAdmissionError", NO_DEVICE), Reason.GPU_LOST),
    ("a device that somebody else got", said("OutOfnvidia.com/gpu", "Node didn't have enough resource: nvidia.com/gpu"), Reason.GPU_LOST),
    ("no room after all", said("OutOfcpu", "Node didn't have enough resource: cpu"), Reason.EVICTED),
    ("a label that is gone", said("NodeAffinity", "Predicate NodeAffinity failed"), Reason.EVICTED),
    ("a GPU that the runtime cannot give", exited(128, "StartError", HOOK), Reason.GPU_LOST),
    ("a program that is not there", exited(128, "StartError", NO_PROGRAM), Reason.CANNOT_START),
    ("no word at all", {}, Reason.CRASHED),
]  # fmt: skip


@pytest.mark.parametrize(("status", "reason"), [pytest.param(*rest, id=name) for name, *rest in ENDS])
def test_in_the_words_of_kubernetes(status: Json, reason: Reason) -> None:
    parsed = parse_pod({"metadata": META, "spec": {"nodeName": "n1"}, "status": {"phase": "Failed"} | status})
    assert parsed is not None
    end = pod_end(parsed[1])
    assert (end.reason, end.node) == (reason, "n1")
    assert len(end.message) > len("Pod p: x")


def test_what_the_cluster_takes_back_costs_no_attempt_and_what_is_hopeless_has_none() -> None:
    by_retry = {retry: {reason for _, _, reason in ENDS if explain(reason).retry is retry} for retry in Retry}
    assert by_retry[Retry.NEVER] == {Reason.INVALID_REQUEST, Reason.MISSING_MODEL, Reason.CANNOT_WRITE}
    assert by_retry[Retry.FREE] == {
        Reason.EVICTED,
        Reason.PREEMPTED,
        Reason.NODE_LOST,
        Reason.NODE_SHUT_DOWN,
    }


def test_the_scheduler_tells_what_no_node_could_ever_take() -> None:
    def unfit(message: str) -> bool:
        condition = {
            "type": "PodScheduled",
            "status": "False",
            "reason": "Unschedulable",
            "message": message,
        }
        parsed = parse_pod({"metadata": META, "spec": {}, "status": {"conditions": [condition]}})
        assert parsed is not None
        return parsed[1].unfit

    none = "no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling."
    some = "preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling."
    selector = "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector."
    assert unfit(f"{selector} {none}")
    assert unfit(f"0/3 nodes are available: 3 Insufficient nvidia.com/gpu. {none}")
    assert not unfit(f"0/3 nodes are available: 3 Insufficient nvidia.com/gpu. {some}")
    assert not unfit(f"0/3 nodes are available: 3 node(s) were unschedulable. {none}")
    ill = "0/3 nodes are available: 3 node(s) had untolerated taint {node.kubernetes.io/unreachable: }."
    assert not unfit(f"{ill} {none}")
    assert not unfit(f"pod has unbound immediate PersistentVolumeClaims. {none}")
    assert not unfit("no nodes available to schedule pods")
