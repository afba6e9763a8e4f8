"""What jobs may ask for, as values of the chart. Part of `values`; the operator's settings say the same."""

from typing import Annotated

from chartspark_api.base import ApiModel
from pydantic import BaseModel, Field

Pattern = Annotated[str, Field(min_length=1, max_length=512, pattern=r"^[^,\s]+$")]
Patterns = tuple[Pattern, ...]
Count = Annotated[int, Field(ge=0, le=1_000)]


class PerPod(BaseModel):
    """The most that a pod may ask for. Bound the sum over a namespace with a ResourceQuota."""

    model_config = ApiModel.model_config

    cpu: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+|m)?$")] = "16"
    """Cores, in quotes."""
    memory: Annotated[str, Field(pattern=r"^[1-9][0-9]*(Ki|Mi|Gi|Ti|k|M|G|T)?$")] = "128Gi"
    """Memory."""
    ephemeral_storage: Annotated[str, Field(pattern=r"^[1-9][0-9]*(Ki|Mi|Gi|Ti|k|M|G|T)?$")] = "64Gi"
    """Disk of the node."""
    gpus: Count = 8
    """GPUs, or other counted devices."""
    resource_claims: Count = 1
    """Claims by dynamic resource allocation."""


class Allowed(BaseModel):
    """What a job may name: its pod block, and its place in a queue. In a list * stands for anything."""

    model_config = ApiModel.model_config

    images: Patterns = ()
    """Images besides the runner's, for instance registry.example/charts/*: whoever may name an image chooses the program."""
    service_accounts: Patterns = ()
    """Service accounts besides the runner's. No token is mounted, but a cloud may give rights by them."""
    priority_classes: Patterns = ()
    """Priority classes. Pods of a high one evict others."""
    kueue_priority_classes: Patterns = ()
    """WorkloadPriorityClasses of Kueue. Jobs of a high one preempt others."""
    max_priority: Annotated[int, Field(ge=-1000, le=1000)] = 0
    """The highest spec.queue.priority. 0 is what a job has that asks for none."""
    runtime_classes: Patterns = ("nvidia",)
    """RuntimeClasses besides runner.gpuRuntimeClassName."""
    schedulers: Patterns = ()
    """Schedulers besides the cluster's own."""
    tolerations: Patterns = ()
    """Keys of taints that jobs may tolerate, besides the one named like the resource of their GPUs."""
    env: Patterns = ()
    """Environment variables. Loaders', Python's, the GPU driver's and the operator's are refused whatever stands here."""
    labels: Patterns = ("sidecar.istio.io/inject",)
    """Labels of the pods. Those of Kubernetes and of ChartSpark are refused whatever stands here."""
    annotations: Patterns = (
        "cluster-autoscaler.kubernetes.io/safe-to-evict",
        "karpenter.sh/do-not-disrupt",
        "sidecar.istio.io/inject",
        "linkerd.io/inject",
    )
    """Annotations of the pods. But for safe-to-evict, those of Kubernetes and of ChartSpark are refused whatever stands here."""
    per_pod: PerPod = PerPod()
    """The most that a pod may ask for. Bound the sum over a namespace with a ResourceQuota."""
