"""What all children carry: labels to be found by, and the owner that they go with. Called by the other manifests."""

from typing import Any

from chartspark_api.job import ChartSparkJob
from chartspark_api.names import (
    API_VERSION,
    ATTEMPT_LABEL,
    JOB_LABEL,
    KIND,
    MANAGED_BY,
    MANAGED_BY_LABEL,
    UID_LABEL,
)

from chartspark_operator.settings import Settings

INSTANCE_LABEL = "app.kubernetes.io/instance"
LONGEST_LABEL = 63


def labels(job: ChartSparkJob, settings: Settings, attempt: int | None = None) -> dict[str, str]:
    """Return the labels of a child: of the job, or of one attempt of it."""
    result = {
        MANAGED_BY_LABEL: MANAGED_BY,
        JOB_LABEL: job.metadata.name[:LONGEST_LABEL].rstrip("-."),
        UID_LABEL: job.metadata.uid,
    }
    if settings.installation:
        result[INSTANCE_LABEL] = settings.installation
    if attempt is not None:
        result[ATTEMPT_LABEL] = str(attempt)
    return result


def owner_references(job: ChartSparkJob) -> list[dict[str, Any]]:
    """Return the reference that deletes a child with its job.

    It does not block the owner's deletion: that would need rights on the owner's finalizers.
    """
    return [
        {
            "apiVersion": API_VERSION,
            "kind": KIND,
            "name": job.metadata.name,
            "uid": job.metadata.uid,
            "controller": True,
        }
    ]
