"""When an attempt is ended that does not end by itself, and why. Called by the settlement.

Each bound looks at one thing that may go on for ever: a run, a silence, a pod that does not go away, a node
that is waited for in vain.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from chartspark_api.reasons import Reason, explain
from chartspark_api.status import Attempt, ChartSparkJobStatus

from chartspark_operator.observed import Observed, Request
from chartspark_operator.rules.node_choice import avoided_nodes
from chartspark_operator.rules.pod_end import End, pod_end
from chartspark_operator.rules.remains import force_due
from chartspark_operator.rules.shards import read_shards
from chartspark_operator.times import read

ELSEWHERE_PATIENCE = timedelta(seconds=30)
"""How long another node than those that failed is looked for where the scheduler says that there is none."""


@dataclass(frozen=True, slots=True)
class Bound:
    """When an attempt ends at the latest, as far as one thing goes, and how."""

    due: datetime
    end: End


def bounds(observed: Observed, status: ChartSparkJobStatus, attempt: Attempt) -> Iterator[Bound]:
    """Yield what bounds the live attempt now."""
    asked = observed.asked
    if isinstance(asked, Request):
        yield from _run(asked, attempt)
        yield from _silence(observed, asked, status, attempt)
        yield from _stuck(observed, attempt)
        yield from _elsewhere(observed, status, attempt)


def _run(asked: Request, attempt: Attempt) -> Iterator[Bound]:
    seconds = asked.deadlines.run_seconds
    if seconds is not None and attempt.running_time is not None:
        due = read(attempt.running_time) + timedelta(seconds=seconds)
        message = f"Attempt {attempt.number} was at work for {seconds} s, which is spec.deadlines.runSeconds."
        yield Bound(due, End(Reason.RUN_DEADLINE_EXCEEDED, message))


def _silence(
    observed: Observed, asked: Request, status: ChartSparkJobStatus, attempt: Attempt
) -> Iterator[Bound]:
    """A runner ends itself when nothing moves. One that is frozen cannot, and does not answer either.

    Only a pod that was heard in this attempt can fall silent: one that never answered may just be out of reach.
    """
    patience = timedelta(seconds=2 * asked.deadlines.stall_seconds)
    heard = {shard.number: shard for shard in status.shards if shard.heard_attempt == attempt.number}
    numbers = read_shards(attempt.shards)
    for pod in observed.pods_of(attempt):
        shard = heard.get(numbers[pod.index]) if pod.running and pod.index < len(numbers) else None
        if shard is not None and shard.heard_time is not None:
            message = f"Pod {pod.name} has not moved since {shard.heard_time}, and did not end itself."
            yield Bound(read(shard.heard_time) + patience, End(Reason.STALLED, message, pod.node))


def _stuck(observed: Observed, attempt: Attempt) -> Iterator[Bound]:
    for pod in observed.pods_of(attempt):
        due = force_due(observed, pod)
        if due is not None and not pod.ended:
            # A node that does not answer is the usual cause, and then the pod says so.
            reason = Reason.POD_STUCK if pod.disrupted is None else pod_end(pod).reason
            message = f"Pod {pod.name} did not go away, and was deleted by force."
            yield Bound(due, End(reason, message, pod.node))


def _elsewhere(observed: Observed, status: ChartSparkJobStatus, attempt: Attempt) -> Iterator[Bound]:
    avoided = avoided_nodes(status.attempts)
    pods = [pod for pod in observed.pods_of(attempt) if not pod.ended]
    if avoided.nodes and avoided.strictly and pods and all(pod.unfit for pod in pods):
        message = f"{explain(Reason.NO_FITTING_NODE).cause} It kept away from {', '.join(avoided.nodes)}."
        due = read(attempt.start_time) + ELSEWHERE_PATIENCE
        yield Bound(due, End(Reason.NO_FITTING_NODE, message))
