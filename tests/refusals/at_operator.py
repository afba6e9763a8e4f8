"""What the operator refuses or waits for, within five seconds: what only a cluster's contents can tell."""

from tests.refusals.bad_input import BadInput, charts, claim

_TABLE = "year,tonnes\n" + "2023,40\n" * 12_500
"""100 kB: three of these are more than a job may hold, though none of them is."""
_FROM_A_CONFIG_MAP = {"configMapKeyRef": {"name": "sales", "key": "jan.csv"}}
_VOLUME = "chartspark-refusals"


def _config_map(**data: str) -> dict[str, object]:
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "sales"}, "data": data}


def _limits(kind: str, spec: dict[str, object]) -> dict[str, object]:
    return {"apiVersion": "v1", "kind": kind, "metadata": {"name": "small"}, "spec": spec}


AT_OPERATOR = (
    BadInput(
        "300 KiB of inline data over several charts",
        {"spec.charts": charts(3, data={"csv": _TABLE})},
        "inline data must be at most 131072 bytes in all, and is 300036; split the job",
        "several jobs",
        reason="InvalidRequest",
        given=(claim(),),
    ),
    BadInput(
        "300 KiB of tables in a ConfigMap",
        {"spec.charts": charts(3, data=_FROM_A_CONFIG_MAP)},
        "The tables must be at most 131072 bytes in all, and are 300036; split the job.",
        "several jobs",
        reason="InvalidRequest",
        given=(claim(), _config_map(**{"jan.csv": _TABLE})),
    ),
    BadInput(
        "a claim that does not exist",
        {"spec.output.claimName": "result"},
        "There is no PersistentVolumeClaim result in the namespace",
        "create it, or name another one: the job goes on by itself",
        reason="MissingClaim",
        given=(claim(),),
    ),
    BadInput(
        "a ReadWriteOnce claim for several pods",
        {"spec.charts": charts(2), "spec.parallelism": 2},
        "The claim results is ReadWriteOnce: pods on several nodes cannot share it. Set spec.parallelism to 1",
        "parallelism: 1, or a ReadWriteMany claim",
        reason="InvalidRequest",
        given=(claim("ReadWriteOnce"),),
    ),
    BadInput(
        "a claim that can only be read",
        {},
        "The claim results is ReadOnlyMany, and takes no results",
        "a claim that can be written",
        reason="InvalidRequest",
        given=(claim("ReadOnlyMany"),),
    ),
    BadInput(
        "a claim without a volume",
        {},
        "unbound immediate PersistentVolumeClaims",
        "a claim whose storage class makes volumes; the message is the scheduler's",
        reason="Unschedulable",
        given=(claim(),),
    ),
    BadInput(
        "a ConfigMap that does not exist",
        {"spec.charts.0.data": _FROM_A_CONFIG_MAP},
        "There is no ConfigMap sales in the namespace",
        "create it: the job goes on by itself",
        reason="MissingConfigMap",
        given=(claim(),),
    ),
    BadInput(
        "a key that the ConfigMap lacks",
        {"spec.charts.0.data": _FROM_A_CONFIG_MAP},
        "has no key jan.csv; it has feb.csv. Create it; the job goes on by itself.",
        "one of the keys that it has, or add the key: the job goes on by itself",
        reason="MissingConfigMap",
        given=(claim(), _config_map(**{"feb.csv": "year,tonnes\n2023,40\n"})),
    ),
    BadInput(
        "more GPUs than any node has",
        {"spec.pod.gpu": {"count": 1, "resourceName": "example.com/gpu"}},
        "Insufficient example.com/gpu",
        "fewer GPUs, or the resource's name on your nodes; the job waits, as a node may come",
        reason="Unschedulable",
        given=(
            {
                "apiVersion": "v1",
                "kind": "PersistentVolume",
                "metadata": {"name": _VOLUME},
                "spec": {
                    # A class of its own, or the claim of another test would take the volume.
                    "storageClassName": _VOLUME,
                    "capacity": {"storage": "1Gi"},
                    "accessModes": ["ReadWriteMany"],
                    "hostPath": {"path": "/nowhere"},
                },
            },
            claim(volume=_VOLUME),
        ),
    ),
    BadInput(
        "a quota that takes no pod more",
        {},
        "exceeded quota: small, requested: pods=1, used: pods=0, limited: pods=0",
        "a larger quota: the job goes on by itself; the message is the API server's",
        reason="PodsRefused",
        given=(claim(), _limits("ResourceQuota", {"hard": {"pods": "0"}})),
    ),
    BadInput(
        "more memory than the namespace allows a container",
        {"spec.pod.memory": "8Gi"},
        "maximum memory usage per Container is 1Gi, but limit is 8Gi",
        "less memory, in a new job; the message is the API server's",
        reason="PodsRefused",
        given=(
            claim(),
            _limits("LimitRange", {"limits": [{"type": "Container", "max": {"memory": "1Gi"}}]}),
        ),
    ),
    BadInput(
        "a quota that takes no Job more",
        {},
        "is forbidden: exceeded quota: small, requested: count/jobs.batch=1",
        "a larger quota: the job goes on by itself; the message is the API server's",
        reason="Blocked",
        given=(claim(), _limits("ResourceQuota", {"hard": {"count/jobs.batch": "0"}})),
    ),
    BadInput(
        "a RuntimeClass that does not exist",
        {"spec.pod.runtimeClassName": "nvidia-legacy"},
        'RuntimeClass "nvidia-legacy" not found',
        "a RuntimeClass of the cluster, in a new job; the message is the API server's",
        reason="PodsRefused",
        given=(claim(),),
    ),
    BadInput(
        "an image that cannot be pulled",
        {},
        "ErrImagePull: pull access denied, repository does not exist",
        "for whoever installed the operator: its runner.image; the message is the kubelet's",
        reason="CannotStart",
        given=(claim(),),
        kubelet="ErrImagePull: pull access denied, repository does not exist",
    ),
)
