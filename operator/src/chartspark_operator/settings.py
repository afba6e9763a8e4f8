"""What can be set from outside: environment variables `CHARTSPARK_<FIELD>`, read once when the process starts.

Called by `main`. The Helm chart sets the variables from its values.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from chartspark_api.security import IdsFrom
from pydantic import Field, ValidationError

from chartspark_operator.allowance import Allowance
from chartspark_operator.errors import SettingError
from chartspark_operator.setting_types import Names

PREFIX = "CHARTSPARK_"

Port = Annotated[int, Field(ge=1, le=65535)]


class Settings(Allowance):
    """The operator's settings."""

    runner_image: Annotated[str, Field(min_length=1)]
    """The image of the pods that make the charts. No default: only the release that is installed knows it."""
    runner_image_pull_policy: Literal["", "Always", "IfNotPresent", "Never"] = ""
    """When the kubelet pulls the runner's image. Empty leaves it to Kubernetes, which goes by the tag."""
    runner_image_pull_secrets: Names = ()
    """Names of Secrets in the jobs' namespaces, separated by commas. Empty, because most registries need none."""
    runner_service_account_name: str = ""
    """The service account of pods whose job names none. Empty takes the namespace's default; no token is mounted either way."""
    runner_ids_from: IdsFrom = IdsFrom.JOB
    """Who chooses the user and the groups of pods whose job does not say. Job, because most clusters assign none."""
    gpu_runtime_class_name: str = ""
    """The RuntimeClass of pods with GPUs whose job names none. Empty, because most clusters have it as the default."""
    namespaces: Names = ()
    """The namespaces to work in, separated by commas. Empty means all, which needs a ClusterRole."""
    installation: str = ""
    """The name of this installation, put on all children as app.kubernetes.io/instance. Empty leaves the label out."""
    limit_jobs: Annotated[int, Field(ge=0)] = 0
    """Jobs that may run at once; the others wait. 0 is no limit: the cluster's own scheduler then decides who waits."""
    limit_jobs_per_namespace: Annotated[int, Field(ge=0)] = 0
    """Jobs of one namespace that may run at once. 0 is no limit."""
    limit_gpus: Annotated[int, Field(ge=0)] = 0
    """GPUs that running jobs may use at once, of each resource by itself. 0 is no limit."""
    limit_gpus_per_namespace: Annotated[int, Field(ge=0)] = 0
    """GPUs that running jobs of one namespace may use at once, of each resource by itself. 0 is no limit."""
    limit_queued_jobs: Annotated[int, Field(ge=1)] = 10_000
    """Jobs that may wait for their turn; one more fails at once. 10,000, because each is an object that etcd keeps."""
    kueue_enabled: bool = False
    """Whether jobs may name a queue of Kueue's. Kueue's Workloads are watched then, which takes the right to read them."""
    api_qps: Annotated[float, Field(gt=0)] = 50
    """Requests to the API server, a second, in the long run. 50 is what the built-in controllers are given too."""
    api_burst: Annotated[int, Field(ge=1)] = 100
    """Requests to the API server that may come at once. Twice the rate, so that a start is quick."""
    resync_seconds: Annotated[int, Field(ge=10)] = 300
    """Seconds between two full lists of everything. They mend what a watch lost, and show whether one did."""
    lease_name: str = "chartspark"
    """The Lease that only one of several operators holds, and works. Two installations need two of them."""
    lease_namespace: str = ""
    """The namespace of the Lease. Empty takes the first of the namespaces to work in, or default."""
    lease_seconds: Annotated[int, Field(ge=5, le=300)] = 10
    """Seconds after which a Lease that nobody renewed may be taken. Its holder ends itself after four fifths of them, so that a shorter time costs a new start wherever the API server is away for a moment."""
    metrics_port: Port = 8080
    """The port of /metrics."""
    health_port: Port = 8081
    """The port of /healthz. Another one than for metrics, so that a NetworkPolicy can tell them apart."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """The least important log lines that are written."""


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings in `environ`. Raises SettingError, which names the variable and says what to write."""
    given = {
        field: text
        for field, about in Settings.model_fields.items()
        # An empty list is one that allows nothing; any other empty text leaves the default.
        if (text := environ.get(PREFIX + field.upper(), "")) or _is_empty_list(field, about.default, environ)
    }
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        raise SettingError("; ".join(_sentence(part) for part in error.errors())) from error


def _is_empty_list(field: str, default: object, environ: Mapping[str, str]) -> bool:
    return isinstance(default, tuple) and PREFIX + field.upper() in environ


def _sentence(part: Mapping[str, object]) -> str:
    location = part["loc"]
    field = str(location[0]) if isinstance(location, tuple) else str(location)
    meaning = Settings.model_fields[field].description
    return f"{PREFIX}{field.upper()}: {part['msg']}. Its meaning: {meaning}"
