"""The Indexed Job of an attempt: one completion per shard. Called by `apply`."""

from typing import Any

from chartspark_api.job import ChartSparkJob
from chartspark_api.names import attempt_name

from chartspark_operator.actions import StartAttempt
from chartspark_operator.manifests.failure_policy import pod_failure_policy
from chartspark_operator.manifests.kueue import kueue_labels, suspension
from chartspark_operator.manifests.naming import labels, owner_references
from chartspark_operator.manifests.node_affinity import keep_away
from chartspark_operator.manifests.pod import pod_spec
from chartspark_operator.settings import Settings


def attempt_job(job: ChartSparkJob, settings: Settings, start: StartAttempt) -> dict[str, Any]:
    """Return the Job of an attempt.

    An index fails at its first failure and the others go on; a new pod comes only after the old one has
    ended, so that two never write one result.
    """
    attempt, shards = start.number, start.shards
    pod = pod_spec(job, settings, start, ",".join(str(shard) for shard in shards))
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {
            "name": attempt_name(job.metadata.name, job.metadata.uid, attempt),
            "namespace": job.metadata.namespace,
            "labels": labels(job, settings, attempt) | kueue_labels(job.spec.queue),
            "ownerReferences": owner_references(job),
        },
        "spec": suspension(job.spec.queue)
        | {
            "completionMode": "Indexed",
            "completions": len(shards),
            "parallelism": len(shards),
            "backoffLimitPerIndex": 0,
            "podReplacementPolicy": "Failed",
            "podFailurePolicy": pod_failure_policy(),
            "template": {
                "metadata": _pod_metadata(job, settings, attempt),
                "spec": keep_away(pod, start.avoided),
            },
        },
    }


def _pod_metadata(job: ChartSparkJob, settings: Settings, attempt: int) -> dict[str, Any]:
    pod = job.spec.pod
    ours = {"labels": pod.labels | labels(job, settings, attempt)}
    return ours | ({"annotations": pod.annotations} if pod.annotations else {})
