"""Why a pod ended, in our words. Called by the settlement of an attempt."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from chartspark_api.exit_codes import ExitCode
from chartspark_api.reasons import Reason, explain

from chartspark_operator.observed import ChildPod, Exit, Remark

SIGNAL_BASE = 128
"""A process that a signal ended has this plus the signal's number for its exit code."""

SENT_AWAY = {
    "PreemptionByScheduler": Reason.PREEMPTED,
    "EvictionByEvictionAPI": Reason.EVICTED,
    "DeletionByTaintManager": Reason.NODE_LOST,
    "DeletionByPodGC": Reason.NODE_LOST,
}
"""What Kubernetes gives as the reason of a DisruptionTarget, besides TerminationByKubelet."""
KUBELETS = {
    "NodeLost": Reason.NODE_LOST,
    "Terminated": Reason.NODE_SHUT_DOWN,
    "NodeShutdown": Reason.NODE_SHUT_DOWN,
    "Preempting": Reason.PREEMPTED,
}
"""What a whole pod's status has for the reason of a failure, where that says all."""
NOT_ADMITTED = re.compile(r"^(OutOf\S+|UnexpectedAdmissionError|Node\S+|Taint\S+|Topology\S+)$")
"""A kubelet's words for a pod that the scheduler sent and that it could not take."""
DEVICE = re.compile(r"\S+\.\S+/\S+")
"""An extended resource, for instance nvidia.com/gpu: with us, always a GPU."""
NOT_BEGUN = frozenset({"StartError", "ContainerCannotRun"})
"""A container runtime's words for a container that it could not start."""
GPU_RUNTIME = re.compile(r"nvidia|\bcdi\b|\bgpu\b", re.IGNORECASE)
"""What container runtimes name when it is a GPU that they could not give to a container."""


@dataclass(frozen=True, slots=True)
class End:
    """Why something ended, and where."""

    reason: Reason
    message: str
    node: str | None = None


def pod_end(pod: ChildPod) -> End:
    """Return why a failed pod ended."""
    reason, said = next(filter(None, (look(pod) for look in LOOKS)))
    return End(reason, f"Pod {pod.name}: {said}", pod.node)


Finding = tuple[Reason, str] | None


def _by_the_kernel(pod: ChildPod) -> Finding:
    if pod.exit is None or pod.exit.reason != "OOMKilled":
        return None
    return Reason.OUT_OF_MEMORY, explain(Reason.OUT_OF_MEMORY).cause


def _by_the_cluster(pod: ChildPod) -> Finding:
    target = pod.disrupted
    if target is None:
        return None
    reason = SENT_AWAY.get(target.reason) or _of_the_kubelet(pod.failed, target)
    return reason, _words(target)


def _of_the_kubelet(failed: Remark | None, target: Remark) -> Reason:
    if failed is not None and failed.reason in KUBELETS:
        return KUBELETS[failed.reason]
    return Reason.NODE_SHUT_DOWN if "shutdown" in target.message else Reason.EVICTED


def _by_the_kubelet(pod: ChildPod) -> Finding:
    failed = pod.failed
    if failed is None:
        return None
    if failed.reason == "Evicted":
        # An eviction for the node's sake has a DisruptionTarget besides; this one is for the pod's own excess.
        return Reason.OUT_OF_EPHEMERAL_STORAGE, _words(failed)
    if failed.reason in KUBELETS:
        return KUBELETS[failed.reason], _words(failed)
    if NOT_ADMITTED.match(failed.reason):
        of_a_device = DEVICE.search(f"{failed.reason.removeprefix('OutOf')} {failed.message}")
        return (Reason.GPU_LOST if of_a_device else Reason.EVICTED), _words(failed)
    return None


def _by_the_runtime(pod: ChildPod) -> Finding:
    ended = pod.exit
    if ended is None:
        return Reason.CRASHED, "It failed before its container ran."
    if ended.reason == "ContainerStatusUnknown":
        return Reason.NODE_LOST, f"{ended.reason}: {ended.message}"
    if ended.reason in NOT_BEGUN:
        reason = Reason.GPU_LOST if GPU_RUNTIME.search(ended.message) else Reason.CANNOT_START
        return reason, f"{ended.reason}: {ended.message}"
    return None


def _by_the_exit_code(pod: ChildPod) -> Finding:
    return None if pod.exit is None else _exit_end(pod.exit)


def _exit_end(ended: Exit) -> tuple[Reason, str]:
    if ended.code in set(ExitCode) - {ExitCode.OK}:
        reason = ExitCode(ended.code).reason
        return reason, ended.report.message if ended.report else explain(reason).cause
    if ended.code > SIGNAL_BASE:
        return Reason.CRASHED, f"Signal {ended.code - SIGNAL_BASE} ended it."
    return Reason.CRASHED, f"It ended with the exit code {ended.code}, which says nothing."


def _words(remark: Remark) -> str:
    return f"{remark.reason}: {remark.message}"


LOOKS: tuple[Callable[[ChildPod], Finding], ...] = (
    _by_the_kernel,  # an eviction may follow it
    _by_the_cluster,  # the code that a process has after SIGTERM says only how quickly it obeyed
    _by_the_kubelet,  # a pod that it refused or shut down has no exit code, or one of no meaning
    _by_the_runtime,  # what could not be started has an exit code of the runtime's
    _by_the_exit_code,  # the runner's own word
)
