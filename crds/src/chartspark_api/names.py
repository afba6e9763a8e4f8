"""The names that clusters, scripts and both programs know this project by."""

from typing import Final

GROUP: Final = "chartspark.io"
VERSION: Final = "v1alpha1"
API_VERSION: Final = "chartspark.io/v1alpha1"
KIND: Final = "ChartSparkJob"
PLURAL: Final = "chartsparkjobs"
SINGULAR: Final = "chartsparkjob"
SHORT_NAME: Final = "csj"

MANAGED_BY_LABEL: Final = "app.kubernetes.io/managed-by"
MANAGED_BY: Final = "chartspark-operator"
"""Children carry this pair: the operator's watches select by it."""

JOB_LABEL: Final = f"{GROUP}/job"
"""The name of the ChartSparkJob that a child belongs to, cut to the 63 characters of a label."""
UID_LABEL: Final = f"{GROUP}/job-uid"
"""The uid of the ChartSparkJob that a child belongs to."""
ATTEMPT_LABEL: Final = f"{GROUP}/attempt"
"""The number of the attempt that a Job or Pod is part of, from 1."""
TABLES_DIGEST_ANNOTATION: Final = f"{GROUP}/tables-digest"
"""On a request: the digest of the tables that were read from ConfigMaps."""

RETRY_ANNOTATION: Final = f"{GROUP}/retry"
"""On a ChartSparkJob that has ended: any new word here asks for another round over what failed or is missing."""

RUNNER_CONTAINER: Final = "runner"
RUNNER_PORT: Final = 8080
"""Where a runner serves /progress and /metrics."""
REQUEST_KEY: Final = "request.json"
"""The key of the request in its ConfigMap, and the file's name in the pod."""

UID_LENGTH: Final = 8
_LONGEST_OWNER: Final = 40
"""Keeps `<name>-<uid8>-<attempt>-<index>-<5 random>` within the 63 characters of a pod's host name."""
_LONGEST_IN_FOLDER: Final = 160


def result_folder(namespace: str, name: str, uid: str) -> str:
    """Return the folder of a job's results, relative to the output's path: at most 255 bytes, as file systems take."""
    return f"{namespace}-{name[:_LONGEST_IN_FOLDER]}-{uid[:UID_LENGTH]}"


def request_name(name: str, uid: str) -> str:
    """Return the name of the ConfigMap that holds the request: one for all attempts."""
    # Without dots: the pods of an Indexed Job take its name for their host names, which are DNS labels.
    return f"{name[:_LONGEST_OWNER].replace('.', '-').rstrip('-')}-{uid[:UID_LENGTH]}"


def attempt_name(name: str, uid: str, attempt: int) -> str:
    """Return the name of the Job of an attempt. The same arguments give the same name, so that a repeated create is seen."""
    return f"{request_name(name, uid)}-{attempt}"
