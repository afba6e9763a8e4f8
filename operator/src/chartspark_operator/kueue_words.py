"""Why a Job that Kueue keeps waits, in a word of ours and a sentence: Kueue's own, and what to do. Pure. Called by the rule."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chartspark_api.reasons import Reason

from chartspark_operator.observed import ChildJob, Kueue, Observed, Remark, Request, Workload

TAKEN_UP_AFTER = timedelta(seconds=30)
"""Kueue makes a Workload within a second. After this it is worth telling somebody that it has not."""
INADMISSIBLE = "Inadmissible"
"""Kueue's word for a Workload whose queue is not there or takes none. For quota it waits as Pending."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is told, and when to look again although nothing may have changed."""

    reason: Reason
    message: str
    look_again: datetime | None = None


def what_kueue_says(observed: Observed, asked: Request, job: ChildJob, now: datetime) -> Words:
    """Return why `job` is suspended."""
    match observed.kueue:
        case Kueue.NOT_ASKED:
            return Words(
                Reason.QUEUED,
                f"The Job {job.name} is suspended, and not by this operator: whoever did it decides when it "
                "goes on. Where that is Kueue, the chart's value kueue.enabled lets this status say why.",
            )
        case Kueue.ABSENT:
            return Words(
                Reason.MISSING_QUEUE,
                "Kueue decides when the job begins, and is not there: the API server knows no "
                "workloads.kueue.x-k8s.io. Install Kueue, and the job goes on by itself; or apply it under "
                "another name without spec.queue.kueueQueueName.",
            )
        case Kueue.SERVED:
            workload = observed.workload_of(job)
            return _not_taken_up(job, now) if workload is None else _of(workload, asked)


def _not_taken_up(job: ChildJob, now: datetime) -> Words:
    due = (job.created or now) + TAKEN_UP_AFTER
    if now < due:
        return Words(Reason.QUEUED, f"Kueue decides, and has yet to take the Job {job.name} up.", due)
    return Words(
        Reason.MISSING_QUEUE,
        f"Kueue has not taken the Job {job.name} up. See whether its controller runs (kubectl get pods "
        "--namespace kueue-system), and whether it looks after batch/job in this namespace; the job goes on "
        "by itself.",
    )


def _of(workload: Workload, asked: Request) -> Words:
    queue, pending = asked.kueue_queue or "that Kueue chose", workload.pending
    if not workload.active:
        why = f" ({workload.evicted.reason}: {_said(workload.evicted)})" if workload.evicted else ""
        return Words(
            Reason.MISSING_QUEUE,
            f"Kueue admits nothing whose Workload is switched off{why}: set spec.active of the Workload "
            f"{workload.name} to true, and the job goes on by itself.",
        )
    if pending is not None and pending.reason == INADMISSIBLE:
        return Words(
            Reason.MISSING_QUEUE,
            f"Kueue cannot admit the job in the queue {queue}: {_said(pending)}. Mend that, and the job goes "
            "on by itself; or apply it under another name in another queue.",
        )
    if workload.evicted is not None:
        return Words(Reason.REQUEUED, _taken_back(workload, workload.evicted, queue))
    if workload.admitted:
        return Words(Reason.ADMITTED, f"Kueue admitted the job with quota of {workload.cluster_queue}.")
    if workload.reserved:
        checks = "; ".join(workload.unready) or "none is named"
        return Words(
            Reason.QUEUED,
            f"Kueue has reserved quota of {workload.cluster_queue}, and waits for admission checks: {checks}.",
        )
    said = _said(pending) if pending is not None else "it has yet to look at the job"
    return Words(Reason.QUEUED, f"Kueue decides, in the queue {queue}: {said}.")


def _taken_back(workload: Workload, evicted: Remark, queue: str) -> str:
    detail = f" ({workload.preempted.reason})" if workload.preempted is not None else ""
    told = f"Kueue took the place back: {evicted.reason}{detail}: {_said(evicted)}."
    pending = workload.pending
    news = f": {_said(pending)}" if pending is not None and pending.message != evicted.message else ""
    return f"{told} The job waits in the queue {queue} to go on{news}."


def _said(remark: Remark) -> str:
    return remark.message.rstrip(".")
