"""The chart's values, typed: the one source of values.yaml, values.schema.json and the table in the chart's README.

Called by `chart_files`. It knows nothing about templates; a test holds the two together.
"""

from typing import Annotated, Any, Literal

from chartspark_api.base import ApiModel
from pydantic import BaseModel, Field

from charts.allowed import Allowed

Labels = dict[str, str]
Name = Annotated[str, Field(max_length=253, pattern=r"^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$")]
Port = Annotated[int, Field(ge=1, le=65_535)]
Duration = Annotated[str, Field(pattern=r"^[0-9]+(ms|s|m|h)$")]


class Values(BaseModel):
    """A block of values, written as the API is. A key that it does not know is refused: most often it is a typo."""

    model_config = ApiModel.model_config


class Image(Values):
    """A container image."""

    repository: Annotated[str, Field(min_length=1)]
    """Registry and repository."""
    tag: str = ""
    """Left empty, the chart's appVersion."""
    digest: Annotated[str, Field(pattern=r"^(sha256:[0-9a-f]{64})?$")] = ""
    """A digest, sha256:..., which wins over the tag."""
    pull_policy: Literal["Always", "IfNotPresent", "Never"] = "IfNotPresent"
    """When the kubelet pulls."""


class PullSecret(Values):
    """A Secret by name."""

    name: Annotated[str, Field(min_length=1, max_length=253)]
    """The Secret's name."""


class Runner(Values):
    """What every pod that makes charts gets."""

    image: Image = Image(repository="chartspark/runner")
    """The runner's image, models included."""
    image_pull_secrets: tuple[PullSecret, ...] = ()
    """Secrets that pull it, as {name: ...}; they must exist in the namespaces of the jobs."""
    gpu_runtime_class_name: Name = ""
    """The RuntimeClass of pods with GPUs whose job names none, for instance nvidia. Empty: the cluster's default."""
    ids_from: Literal["Job", "Platform"] = "Job"
    """Who chooses the user and the groups of pods whose job does not say: Platform on OpenShift."""
    service_account_name: Name = ""
    """The service account of pods whose job names none; it must exist in the namespaces of the jobs. Empty: the namespace's default. No token is mounted."""


class ServiceAccount(Values):
    """Who the operator is to the API server."""

    create: bool = True
    """Whether the chart makes it."""
    name: Name = ""
    """Its name. Left empty, the release's full name, or default where the chart makes none."""
    annotations: Labels = {}
    """Annotations, for instance for a cloud's workload identity."""


class Rbac(Values):
    """Rights."""

    create: bool = True
    """Whether the chart makes the operator's role and the view and edit roles for users."""


class Crds(Values):
    """The CustomResourceDefinition."""

    enabled: bool = True
    """Whether the chart installs and upgrades it."""
    keep: bool = True
    """Whether it stays after an uninstall. Deleting it deletes every ChartSparkJob in the cluster."""
    annotations: Labels = {}
    """More annotations."""


class Api(Values):
    """How hard the operator may press the API server."""

    qps: Annotated[int, Field(ge=1, le=1000)] = 50
    """Requests a second, on average."""
    burst: Annotated[int, Field(ge=1, le=2000)] = 100
    """Requests at once, after a quiet time."""


class Limits(Values):
    """How much runs at once. Other jobs wait, by spec.queue.priority and then by age; 0 is no limit."""

    jobs: Annotated[int, Field(ge=0, le=100_000)] = 0
    """Jobs. Without a limit the cluster's scheduler decides who waits, and their pods are Pending."""
    jobs_per_namespace: Annotated[int, Field(ge=0, le=100_000)] = 0
    """Jobs of one namespace."""
    gpus: Annotated[int, Field(ge=0, le=100_000)] = 0
    """GPUs, of each resource by itself."""
    gpus_per_namespace: Annotated[int, Field(ge=0, le=100_000)] = 0
    """GPUs of one namespace, of each resource by itself."""
    queued_jobs: Annotated[int, Field(ge=1, le=100_000)] = 10_000
    """Jobs that wait. One more fails at once as QueueFull."""


class Kueue(Values):
    """Kueue, which decides when the jobs begin that name a queue of it."""

    enabled: bool = False
    """Whether jobs may name one. The operator then reads the Workloads of the namespaces that it works in."""


class MetricsService(Values):
    """The Service before the operator's metrics."""

    port: Port = 8080
    """Its port."""
    annotations: Labels = {}
    """Annotations, for instance for a scraper that goes by them."""


class ServiceMonitor(Values):
    """A ServiceMonitor for the Prometheus operator, whose CRDs must be there."""

    enabled: bool = False
    """Whether the chart makes one."""
    interval: Duration = "30s"
    """How often Prometheus scrapes."""
    additional_labels: Labels = {}
    """Labels that your Prometheus selects by; kube-prometheus-stack wants release: <its release>."""


class PrometheusRule(Values):
    """The alerts and recording rules, for the Prometheus operator, whose CRDs must be there."""

    enabled: bool = False
    """Whether the chart makes them. They expect the labels that a ServiceMonitor brings."""
    additional_labels: Labels = {}
    """Labels that your Prometheus selects by."""
    runbook_url: Annotated[str, Field(pattern=r"^[^\s'\"]+$")] = "docs/guide/operations.md"
    """Where you can read that page of the repository: alerts link to its sections."""


class Metrics(Values):
    """How metrics are reached, and who is told."""

    service: MetricsService = MetricsService()
    """The Service before the operator's metrics."""
    service_monitor: ServiceMonitor = ServiceMonitor()
    """A ServiceMonitor for the Prometheus operator, whose CRDs must be there."""
    prometheus_rule: PrometheusRule = PrometheusRule()
    """The alerts and recording rules, for the Prometheus operator, whose CRDs must be there."""


class Dashboards(Values):
    """The dashboards, as a ConfigMap that Grafana's sidecar picks up."""

    enabled: bool = False
    """Whether the chart makes it."""
    labels: Labels = {"grafana_dashboard": "1"}
    """The labels that the sidecar looks for."""
    annotations: Labels = {}
    """Annotations, for instance the sidecar's folder."""


class Grafana(Values):
    """What Grafana shows."""

    dashboards: Dashboards = Dashboards()
    """The dashboards, as a ConfigMap that Grafana's sidecar picks up."""


class NetworkPolicy(Values):
    """Who the operator may talk with."""

    enabled: bool = False
    """Whether traffic is limited to: metrics in; API server, DNS and runner pods out."""
    api_server_ports: Annotated[tuple[Port, ...], Field(min_length=1)] = (443, 6443)
    """The ports of the API server, as its Service and as its endpoints give them."""


class ChartValues(Values):
    """Everything that can be set."""

    name_override: Annotated[str, Field(max_length=63)] = ""
    """Replaces the chart's name in the names of objects."""
    fullname_override: Annotated[str, Field(max_length=52)] = ""
    """Replaces the names of objects altogether."""
    common_labels: Labels = {}
    """Labels on every object."""
    replica_count: Annotated[int, Field(ge=0, le=5)] = 1
    """How many operators there are: one works, the others stand by. 0 pauses the work."""
    image: Image = Image(repository="chartspark/operator")
    """The operator's image."""
    image_pull_secrets: tuple[PullSecret, ...] = ()
    """Secrets that pull it, as {name: ...}, in the release's namespace."""
    runner: Runner = Runner()
    """What every pod that makes charts gets."""
    allowed: Allowed = Allowed()
    """What a job may name: its pod block, and its place in a queue. In a list * stands for anything."""
    lease_seconds: Annotated[int, Field(ge=5, le=300)] = 10
    """After how many seconds without a sign of the operator that works another one takes over."""
    watch_namespaces: tuple[Name, ...] = ()
    """The namespaces whose jobs are run. Empty: all of them, by a ClusterRole."""
    resync_seconds: Annotated[int, Field(ge=10, le=86_400)] = 300
    """How often everything is listed anew, in case a watch went silent."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """How much is logged."""
    api: Api = Api()
    """How hard the operator may press the API server."""
    limits: Limits = Limits()
    """How much runs at once. Other jobs wait, by spec.queue.priority and then by age; 0 is no limit."""
    kueue: Kueue = Kueue()
    """Kueue, which decides when the jobs begin that name a queue of it."""
    crds: Crds = Crds()
    """The CustomResourceDefinition."""
    service_account: ServiceAccount = ServiceAccount()
    """Who the operator is to the API server."""
    rbac: Rbac = Rbac()
    """Rights."""
    pod_annotations: Labels = {}
    """Annotations of the operator's pod."""
    pod_labels: Labels = {}
    """Labels of the operator's pod."""
    resources: dict[str, Any] = {
        "requests": {"cpu": "100m", "memory": "128Mi"},
        "limits": {"memory": "256Mi"},
    }
    """What the operator's container gets. It has no CPU limit: throttling would delay every job."""
    node_selector: Labels = {}
    """The labels that the operator's node must have."""
    tolerations: tuple[dict[str, Any], ...] = ()
    """The taints that the operator's pod tolerates."""
    affinity: dict[str, Any] = {}
    """The operator's pod's affinity."""
    priority_class_name: Name = ""
    """The operator's pod's priority class."""
    metrics: Metrics = Metrics()
    """How metrics are reached, and who is told."""
    grafana: Grafana = Grafana()
    """What Grafana shows."""
    network_policy: NetworkPolicy = NetworkPolicy()
    """Who the operator may talk with."""
