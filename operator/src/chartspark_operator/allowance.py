"""What a job may name: the part of the settings that bounds whoever may create a ChartSparkJob.

Part of `settings`; read by the policies in `allowed`. In a list * stands for anything.
"""

from typing import Annotated

from chartspark_api.base import ByteQuantity, CpuQuantity
from pydantic import BaseModel, ConfigDict, Field

from chartspark_operator.setting_types import Names


class Allowance(BaseModel):
    """What jobs may ask for. The defaults let a job choose nothing that another team would notice."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    allowed_images: Names = ()
    """Images that jobs may name besides the runner's, for instance registry.example/charts/*."""
    allowed_service_accounts: Names = ()
    """Service accounts that jobs may name besides the runner's."""
    allowed_priority_classes: Names = ()
    """Priority classes that jobs may name. Empty, because a high one evicts other people's pods."""
    allowed_runtime_classes: Names = ("nvidia",)
    """RuntimeClasses that jobs may name besides the one of pods with GPUs."""
    allowed_schedulers: Names = ()
    """Schedulers that jobs may name."""
    allowed_tolerations: Names = ()
    """Keys of taints that jobs may tolerate besides the one named like their GPUs' resource."""
    allowed_env: Names = ()
    """Environment variables that jobs may set. Those that the API reserves are refused whatever stands here."""
    allowed_labels: Names = ("sidecar.istio.io/inject",)
    """Labels that jobs may put on their pods. Kubernetes' own and ours are refused whatever stands here."""
    allowed_annotations: Names = (
        "cluster-autoscaler.kubernetes.io/safe-to-evict",
        "karpenter.sh/do-not-disrupt",
        "sidecar.istio.io/inject",
        "linkerd.io/inject",
    )
    """Annotations that jobs may put on their pods. But for safe-to-evict, Kubernetes' own and ours are refused whatever stands here."""
    allowed_kueue_priority_classes: Names = ()
    """WorkloadPriorityClasses of Kueue that jobs may name. Empty, because a high one preempts other people's jobs."""
    max_priority: Annotated[int, Field(ge=-1000, le=1000)] = 0
    """The highest place in the operator's own queue that a job may ask for. 0 is what it gets without asking."""
    max_cpu: CpuQuantity = "16"
    """The most CPU time that a pod may ask for, in cores."""
    max_memory: ByteQuantity = "128Gi"
    """The most memory that a pod may ask for."""
    max_ephemeral_storage: ByteQuantity = "64Gi"
    """The most of a node's disk that a pod may ask for."""
    max_gpus: Annotated[int, Field(ge=0)] = 8
    """The most GPUs that a pod may ask for."""
    max_resource_claims: Annotated[int, Field(ge=0)] = 1
    """The most claims by dynamic resource allocation that a pod may ask for."""
