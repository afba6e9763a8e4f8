"""What the pods say of their shares of the charts is kept in the status: it outlasts them."""

from collections.abc import Iterator
from datetime import datetime

from chartspark_api.report import RunProgress, RunReport
from chartspark_api.status import Shard

from chartspark_operator.observed import ChildJob, ChildPod, Observed, Refusal
from chartspark_operator.planned import Plan
from chartspark_operator.rules.rounds import of_this_round


def hear_the_pods(observed: Observed, draft: Plan, _now: datetime) -> Plan:
    """Bring the shares up to date with what the pods of the Jobs that are there reported or answered."""
    if isinstance(observed.asked, Refusal) or draft.status.start_time is None:
        return draft
    shards = {shard.number: shard for shard in draft.status.shards}
    for job in (job for job in observed.jobs if of_this_round(draft.status, job.attempt)):
        for pod in _pods_of(observed, job):
            number = job.shards[pod.index]
            report = pod.exit.report if pod.exit is not None else None
            # What a pod does while its Job is suspended is its end, and says nothing of the next one's beginning.
            if (told := report or (None if job.suspended else pod.progress)) is not None:
                shards[number] = _heard(shards.get(number, Shard(number=number)), pod, told)
    return draft.with_status({"shards": tuple(shards[number] for number in sorted(shards))})


def _pods_of(observed: Observed, job: ChildJob) -> Iterator[ChildPod]:
    for pod in (*observed.departed, *observed.pods):
        if pod.job == job.uid and pod.attempt == job.attempt and pod.index < len(job.shards):
            yield pod


def _heard(known: Shard, pod: ChildPod, told: RunReport | RunProgress) -> Shard:
    """Return the share as `pod` tells of it. What an earlier attempt says comes too late."""
    if known.heard_attempt is not None and pod.attempt < known.heard_attempt:
        return known
    finished = isinstance(told, RunReport) and pod.exit is not None and pod.exit.code == 0
    # A pod that has just begun has yet to find what is published.
    done = max(told.charts_done, known.charts_done)
    failed = told.charts_failed if finished else max(told.charts_failed, known.charts_failed)
    below = (
        told.charts_below_minimum if isinstance(told, RunReport) and finished else known.charts_below_minimum
    )
    return known.model_copy(
        update={
            "charts_done": done,
            "charts_failed": failed,
            "charts_below_minimum": below,
            "heard_attempt": pod.attempt,
            "heard_time": told.updated_time if isinstance(told, RunProgress) else known.heard_time,
            "finished_attempt": pod.attempt if finished else known.finished_attempt,
        }
    )
