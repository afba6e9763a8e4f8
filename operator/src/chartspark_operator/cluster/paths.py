"""Where things are in the API server. Called by everything that makes a request."""

from chartspark_api.names import GROUP, PLURAL, VERSION

from chartspark_operator.observed import Key

JOBS = "/apis/batch/v1", "jobs"
PODS = "/api/v1", "pods"
CONFIG_MAPS = "/api/v1", "configmaps"
CLAIMS = "/api/v1", "persistentvolumeclaims"
EVENTS = "/api/v1", "events"
LEASES = "/apis/coordination.k8s.io/v1", "leases"
WORKLOADS = "/apis/kueue.x-k8s.io/v1beta1", "workloads"
CHARTSPARKJOBS = f"/apis/{GROUP}/{VERSION}", PLURAL

Resource = tuple[str, str]
"""The path of a group and version, and the plural of a kind."""


def collection(resource: Resource, namespace: str | None) -> str:
    """Return the path of all objects of `resource` in `namespace`, or everywhere."""
    group, plural = resource
    return f"{group}/{plural}" if namespace is None else f"{group}/namespaces/{namespace}/{plural}"


def member(resource: Resource, key: Key) -> str:
    """Return the path of one object."""
    return f"{collection(resource, key.namespace)}/{key.name}"
