"""Labels and annotations that no job may set, whatever is listed. Called by the two policies."""

_DOMAINS = ("chartspark.io", "kubernetes.io", "k8s.io", "x-k8s.io")
_LABELS_OF_THE_JOB_CONTROLLER = frozenset({"job-name", "controller-uid"})
_HARMLESS = frozenset({"cluster-autoscaler.kubernetes.io/safe-to-evict"})
"""This one only asks the autoscaler to be patient."""


def is_reserved(key: str) -> bool:
    """Say whether `key` belongs to Kubernetes or to us: controllers and this operator find their pods by these."""
    domain = key.partition("/")[0] if "/" in key else ""
    ours = any(domain == one or domain.endswith(f".{one}") for one in _DOMAINS)
    return key not in _HARMLESS and (ours or key in _LABELS_OF_THE_JOB_CONTROLLER)


def reserved(field: str, key: str) -> str:
    """Return the sentence about a key that no job may set."""
    return f"{field} names {key}, which is for Kubernetes or ChartSpark to set, and for no job: leave it out."
