"""What each pod of a job gets: the `pod` block of the spec. What of it is allowed is the installation's to say."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from chartspark_api.base import (
    ATOMIC_LIST,
    ApiModel,
    ByteQuantity,
    CpuQuantity,
    DnsLabel,
    DnsSubdomain,
    list_map,
)
from chartspark_api.cel import RULES, rule
from chartspark_api.charts import ConfigMapKey
from chartspark_api.network import Proxy
from chartspark_api.placement import Affinity, Toleration
from chartspark_api.security import Security
from chartspark_api.variables import Variable


class Gpu(ApiModel):
    """The GPUs of each pod."""

    count: Annotated[int, Field(ge=0, le=16)] = 0
    """How many GPUs each pod gets."""
    resource_name: Annotated[
        str, Field(max_length=100, pattern=r"^[a-z0-9.-]+\.[a-z0-9.-]+/[a-zA-Z0-9._-]+$")
    ] = "nvidia.com/gpu"
    """The extended resource that counts them, for instance nvidia.com/mig-1g.5gb."""


class PullSecret(ApiModel):
    """A Secret in the job's namespace."""

    name: DnsSubdomain
    """The Secret's name."""


_ONE_CLAIM = "name exactly one of resourceClaimName and resourceClaimTemplateName"


class ResourceClaim(ApiModel):
    """Devices by dynamic resource allocation, as in a pod's spec: exactly one source."""

    model_config = ConfigDict(
        json_schema_extra={
            RULES: [rule("has(self.resourceClaimName) != has(self.resourceClaimTemplateName)", _ONE_CLAIM)]
        }
    )

    name: DnsLabel
    """The claim's name within the pod."""
    resource_claim_name: DnsSubdomain | None = None
    """A ResourceClaim in the job's namespace, which all pods of the job share."""
    resource_claim_template_name: DnsSubdomain | None = None
    """A ResourceClaimTemplate in the job's namespace, from which each pod gets a claim of its own."""

    @model_validator(mode="after")
    def _refuse_two_sources_and_none(self) -> Self:
        if (self.resource_claim_name is None) == (self.resource_claim_template_name is None):
            raise ValueError(_ONE_CLAIM)
        return self


LabelValue = Annotated[str, Field(max_length=63, pattern=r"^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$")]


class Pod(ApiModel):
    """What each pod of the job gets, and where it runs. The installation bounds it by lists of what is allowed."""

    image: (
        Annotated[str, Field(min_length=1, max_length=512, pattern=r"^[a-zA-Z0-9][a-zA-Z0-9._:/@-]*$")] | None
    ) = None
    """An image to take in place of the installation's: one that is made from the runner's."""
    image_pull_secrets: Annotated[
        tuple[PullSecret, ...], Field(max_length=8, json_schema_extra=list_map("name"))
    ] = ()
    """Secrets in the job's namespace that pull the image, besides the installation's."""
    gpu: Gpu = Gpu()
    """The GPUs of each pod."""
    resource_claims: Annotated[
        tuple[ResourceClaim, ...], Field(max_length=8, json_schema_extra=list_map("name"))
    ] = ()
    """Devices by dynamic resource allocation, in place of counted GPUs or besides them."""
    cpu: CpuQuantity = "1"
    """The hard cap on CPU time, in cores or thousandths of a core (1500m). Thread pools follow it, rounded down."""
    memory: ByteQuantity = "4Gi"
    """The memory that each pod gets, in bytes or with a unit (4Gi). It is request and limit."""
    ephemeral_storage: ByteQuantity | None = None
    """The node's disk that each pod gets, for its log and its scratch space. It is request and limit."""
    shared_memory: ByteQuantity = "256Mi"
    """The size of /dev/shm. It counts towards the memory."""
    runtime_class_name: DnsSubdomain | None = None
    """The RuntimeClass of the pods, for instance nvidia. Left out, the operator's setting holds for pods with GPUs."""
    node_selector: Annotated[
        dict[str, Annotated[str, Field(max_length=63)]], Field(max_length=16, default_factory=dict)
    ]
    """The labels that a node must have."""
    tolerations: Annotated[tuple[Toleration, ...], Field(max_length=16, json_schema_extra=ATOMIC_LIST)] = ()
    """The taints that the pods tolerate. Pods with GPUs tolerate a taint named like the GPUs' resource besides."""
    affinity: Affinity | None = None
    """Which nodes the pods like, and which pods they like to be near or far from."""
    scheduler_name: DnsSubdomain | None = None
    """The scheduler that places the pods. Left out, the cluster's own."""
    priority_class_name: DnsSubdomain | None = None
    """The pods' priority class. Left out, the cluster's default."""
    service_account_name: DnsSubdomain | None = None
    """The pods' service account. No token of it is mounted; a cloud may know the pods by it."""
    labels: Annotated[dict[str, LabelValue], Field(max_length=16, default_factory=dict)]
    """Labels of the pods, besides the operator's own."""
    annotations: Annotated[
        dict[str, Annotated[str, Field(max_length=1024)]], Field(max_length=16, default_factory=dict)
    ]
    """Annotations of the pods, for instance cluster-autoscaler.kubernetes.io/safe-to-evict."""
    env: Annotated[tuple[Variable, ...], Field(max_length=32, json_schema_extra=list_map("name"))] = ()
    """Environment variables of the runner, besides the operator's own."""
    ca_bundle: ConfigMapKey | None = None
    """A ConfigMap's key that holds the certificates to trust, as PEM, in place of the image's."""
    proxy: Proxy = Proxy()
    """The proxy through which the pods reach the network."""
    security: Security = Security()
    """Who the pods are to the node and to the storage."""
