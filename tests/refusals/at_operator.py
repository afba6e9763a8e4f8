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


_MESH = "chartspark-refusals-mesh"
_MESH_ADDS = 'Object{spec: Object.spec{initContainers: [Object.spec.initContainers{name: "mesh-init", image: "mesh"}]}}'
_PODS = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}


def _mesh(kind: str, spec: dict[str, object]) -> dict[str, object]:
    """Return a part of what plays a mesh: it adds a container that is not restricted, as meshes do."""
    version = "admissionregistration.k8s.io/v1beta1"
    return {"apiVersion": version, "kind": kind, "metadata": {"name": _MESH}, "spec": spec}


_RESTRICTED = {"pod-security.kubernetes.io/enforce": "restricted"}
"""A namespace with this label takes no pod with more rights."""
_MESHED = {"example.com/mesh": "injects"}

SETTINGS = {
    "CHARTSPARK_ALLOWED_RUNTIME_CLASSES": "nvidia,nvidia-*",
    "CHARTSPARK_ALLOWED_ENV": "TZ",
    "CHARTSPARK_LIMIT_GPUS": "6",
}
"""What the operator under test is set to, besides what it must be."""

AT_OPERATOR = (
    BadInput(
        "an image of one's own",
        {"spec.pod.image": "docker.io/library/bash"},
        "spec.pod.image names docker.io/library/bash, and this installation allows runner:test. Leave it out, "
        "or have the chart's value allowed.images extended.",
        "no image, or one of the listed",
        reason="NotAllowed",
        given=(claim(),),
    ),
    BadInput(
        "a service account",
        {"spec.pod.serviceAccountName": "admin"},
        "spec.pod.serviceAccountName names admin, and this installation allows none. Leave it out, "
        "or have the chart's value allowed.serviceAccounts extended.",
        "no service account, or one of the listed",
        reason="NotAllowed",
        given=(claim(),),
    ),
    BadInput(
        "a priority class",
        {"spec.pod.priorityClassName": "system-node-critical"},
        "spec.pod.priorityClassName names system-node-critical, and this installation allows none.",
        "no priority class, or one of the listed",
        reason="NotAllowed",
        given=(claim(),),
    ),
    BadInput(
        "a priority that is not allowed",
        {"spec.queue": {"priority": 1}},
        "spec.queue.priority is 1, and this installation allows at most 0. Lower it, or have the chart's value "
        "allowed.maxPriority raised.",
        "a lower priority",
        reason="NotAllowed",
        given=(claim(),),
    ),
    BadInput(
        "a queue of Kueue's where the operator knows of none",
        {"spec.queue": {"kueueQueueName": "gpus"}},
        "spec.queue.kueueQueueName names gpus, and this installation does not work with Kueue. Leave it out, or "
        "have the chart's value kueue.enabled set to true.",
        "no queue of Kueue's",
        reason="NotAllowed",
        given=(claim(),),
    ),
    BadInput(
        "a RuntimeClass that is not allowed",
        {"spec.pod.runtimeClassName": "kata"},
        "spec.pod.runtimeClassName names kata, and this installation allows nvidia, nvidia-*.",
        "one of the listed",
        reason="NotAllowed",
        given=(claim(),),
    ),
    BadInput(
        "a scheduler of one's own",
        {"spec.pod.schedulerName": "mine"},
        "spec.pod.schedulerName names mine, and this installation allows none.",
        "no scheduler, or one of the listed",
        reason="NotAllowed",
        given=(claim(),),
    ),
    BadInput(
        "a toleration of the control plane's taint",
        {"spec.pod.tolerations": [{"key": "node-role.kubernetes.io/control-plane"}]},
        "spec.pod.tolerations names node-role.kubernetes.io/control-plane, and this installation allows none.",
        "nothing: pods with GPUs tolerate the taint named like their resource by themselves",
        reason="NotAllowed",
        given=(claim(),),
    ),
    BadInput(
        "a variable that is not allowed",
        {"spec.pod.env": [{"name": "http2debug", "value": "1"}]},
        "spec.pod.env names http2debug, and this installation allows TZ.",
        "one of the listed",
        reason="NotAllowed",
        given=(claim(),),
    ),
    BadInput(
        "a label of the operator's",
        {"spec.pod.labels": {"chartspark.io/attempt": "7"}},
        "spec.pod.labels names chartspark.io/attempt, which is for Kubernetes or ChartSpark to set",
        "nothing: no list allows it",
        reason="NotAllowed",
        given=(claim(),),
    ),
    BadInput(
        "an annotation that is not allowed",
        {"spec.pod.annotations": {"k8s.v1.cni.cncf.io/networks": "storage"}},
        "have the chart's value allowed.annotations extended",
        "one of the listed",
        reason="NotAllowed",
        given=(claim(),),
    ),
    BadInput(
        "more memory than a pod may have",
        {"spec.pod.memory": "2Ti"},
        "spec.pod.memory asks for 2Ti, and this installation allows a pod at most 128Gi. Ask for less, "
        "or have the chart's value allowed.perPod raised.",
        "less memory",
        reason="NotAllowed",
        given=(claim(),),
    ),
    BadInput(
        "an affinity that is none",
        {"spec.pod.affinity": {"nodeAffinity": {"required": {}}}},
        'unknown field "spec.template.spec.affinity.nodeAffinity.required"',
        "the fields that kubectl explain pod.spec.affinity.nodeAffinity lists, in a new job",
        reason="Blocked",
        given=(claim(),),
    ),
    BadInput(
        "certificates that do not exist",
        {"spec.pod.caBundle": {"name": "sales", "key": "ca.crt"}},
        "The ConfigMap sales, which spec.pod.caBundle names, has no key ca.crt; it has ca.pem.",
        "one of the keys that it has, or add the key: the job goes on by itself",
        reason="MissingConfigMap",
        given=(claim(), _config_map(**{"ca.pem": "-----BEGIN CERTIFICATE-----"})),
    ),
    BadInput(
        "a mesh whose container breaks the namespace's Pod Security",
        {},
        'violates PodSecurity "restricted:latest"',
        'an annotation that keeps the mesh away, for instance sidecar.istio.io/inject: "false"; '
        "the message is the API server's",
        reason="PodsRefused",
        given=(
            {
                "apiVersion": "v1",
                "kind": "Namespace",
                "metadata": {"name": _MESH, "labels": _RESTRICTED | _MESHED},
            },
            claim(),
            _mesh(
                "MutatingAdmissionPolicy",
                {
                    "matchConstraints": {
                        "resourceRules": [_PODS],
                        "namespaceSelector": {"matchLabels": _MESHED},
                    },
                    "failurePolicy": "Fail",
                    "reinvocationPolicy": "Never",
                    "mutations": [
                        {
                            "patchType": "ApplyConfiguration",
                            "applyConfiguration": {"expression": _MESH_ADDS},
                        }
                    ],
                },
            ),
            _mesh("MutatingAdmissionPolicyBinding", {"policyName": _MESH}),
        ),
    ),
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
        "a model's claim that does not exist",
        {"spec.model": {"claimName": "weights", "path": "sdxl"}},
        "There is no PersistentVolumeClaim weights in the namespace",
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
        {"spec.model.name": "IconDiffusion", "spec.pod.gpu": {"count": 1, "resourceName": "example.com/gpu"}},
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
        "more GPUs than the installation lets any jobs use",
        {
            "spec.charts": charts(2),
            "spec.parallelism": 2,
            "spec.model.name": "IconDiffusion",
            "spec.pod.gpu": {"count": 4},
        },
        "The job asks for 8 nvidia.com/gpu of limit 6, and will never get it: lower spec.parallelism",
        "fewer pods or GPUs; or a higher limits.gpus, for whoever installed the operator",
        reason="InvalidRequest",
        given=(claim(),),
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
        reason="ImageNotPulled",
        given=(claim(),),
        kubelet="ErrImagePull: pull access denied, repository does not exist",
    ),
)
