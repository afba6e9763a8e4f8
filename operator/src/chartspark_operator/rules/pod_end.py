"""Why a pod ended, in our words. Called by the settlement of an attempt."""

from dataclasses import dataclass

from chartspark_api.exit_codes import ExitCode
from chartspark_api.reasons import Reason, explain

from chartspark_operator.observed import ChildPod, Exit

SIGNAL_BASE = 128
"""A process that a signal ended has this plus the signal's number for its exit code."""


@dataclass(frozen=True, slots=True)
class End:
    """Why something ended."""

    reason: Reason
    message: str


def pod_end(pod: ChildPod) -> End:
    """Return why a failed pod ended.

    Out of memory goes first, because an eviction may follow it; then the disruption, because the code
    that a process has after SIGTERM says only how quickly it obeyed.
    """
    ended = pod.exit
    if ended is not None and ended.reason == "OOMKilled":
        return End(Reason.OUT_OF_MEMORY, _sentence(pod, explain(Reason.OUT_OF_MEMORY).cause))
    if pod.disrupted is not None:
        return End(Reason.DISRUPTED, _sentence(pod, pod.disrupted))
    if ended is None:
        return End(Reason.CRASHED, _sentence(pod, "It failed before its container ran."))
    return _exit_end(pod, ended)


def _exit_end(pod: ChildPod, ended: Exit) -> End:
    if ended.code in set(ExitCode) - {ExitCode.OK}:
        reason = ExitCode(ended.code).reason
        return End(reason, _sentence(pod, ended.report.message if ended.report else explain(reason).cause))
    if ended.code > SIGNAL_BASE:
        how = f"Signal {ended.code - SIGNAL_BASE} ended it."
    else:
        how = f"It ended with the exit code {ended.code}, which says nothing."
    return End(Reason.CRASHED, _sentence(pod, how))


def _sentence(pod: ChildPod, text: str) -> str:
    return f"Pod {pod.name}: {text}"
