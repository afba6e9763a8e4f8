"""Every policy, by default and with its list extended; and what no list may allow."""

from collections.abc import Mapping
from typing import Any

import pytest
from chartspark_api.pod import Pod
from chartspark_api.spec import Queue
from chartspark_api.variables import is_reserved
from chartspark_operator.allowed.policies import LONGEST, not_allowed
from chartspark_operator.manifests.environment import environment
from chartspark_operator.settings import Settings
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

RUNNER = "charts/runner:1"
DEFAULT = Settings(runner_image=RUNNER)
CLAIMS = [{"name": f"c{i}", "resourceClaimName": "gpu"} for i in range(2)]
ISTIO, LINKERD = "sidecar.istio.io/inject", "linkerd.io/inject"
SAFE = "cluster-autoscaler.kubernetes.io/safe-to-evict"


def said(pod: Mapping[str, object], **settings: object) -> str | None:
    return not_allowed(Pod.model_validate(pod), Queue(), DEFAULT.model_copy(update=settings))


REFUSED: dict[str, tuple[dict[str, Any], str, dict[str, object]]] = {
    "an image": (
        {"image": "docker.io/library/bash"},
        f"names docker.io/library/bash, and this installation allows {RUNNER}. Leave it out, or have the chart's",
        {"allowed_images": ("docker.io/library/*",)},
    ),
    "a service account": (
        {"serviceAccountName": "admin"},
        "admin, and this installation allows none. Leave it out, or have the chart's value allowed.serviceAccounts",
        {"allowed_service_accounts": ("admin",)},
    ),
    "a priority class": (
        {"priorityClassName": "system-node-critical"},
        "the chart's value allowed.priorityClasses extended",
        {"allowed_priority_classes": ("system-*",)},
    ),
    "a RuntimeClass": (
        {"runtimeClassName": "privileged"},
        "allows nvidia. Leave it out, or have the chart's value allowed.runtimeClasses extended",
        {"allowed_runtime_classes": ("privileged",)},
    ),
    "a scheduler": (
        {"schedulerName": "packer"},
        "the chart's value allowed.schedulers extended",
        {"allowed_schedulers": ("packer",)},
    ),
    "a toleration": (
        {"tolerations": [{"key": "node-role.kubernetes.io/control-plane"}]},
        "spec.pod.tolerations names node-role.kubernetes.io/control-plane",
        {"allowed_tolerations": ("*",)},
    ),
    "the toleration of GPUs without GPUs": (
        {"tolerations": [{"key": "nvidia.com/gpu"}]},
        "spec.pod.tolerations names nvidia.com/gpu",
        {"allowed_tolerations": ("nvidia.com/*",)},
    ),
    "a variable": (
        {"env": [{"name": "TZ", "value": "UTC"}]},
        "spec.pod.env names TZ, and this installation allows none",
        {"allowed_env": ("TZ",)},
    ),
    "a label": (
        {"labels": {"team": "a"}},
        f"spec.pod.labels names team, and this installation allows {ISTIO}",
        {"allowed_labels": ("team",)},
    ),
    "an annotation": (
        {"annotations": {"k8s.v1.cni.cncf.io/networks": "all"}},
        "the chart's value allowed.annotations extended",
        {"allowed_annotations": ("*.cni.cncf.io/*",)},
    ),
    "cores": ({"cpu": "16001m"}, "spec.pod.cpu asks for 16001m", {"max_cpu": "16.5"}),
    "memory": ({"memory": "129Gi"}, "allows a pod at most 128Gi", {"max_memory": "1Ti"}),
    "disk": (
        {"ephemeralStorage": "70G"},
        "spec.pod.ephemeralStorage asks for 70G",
        {"max_ephemeral_storage": "70G"},
    ),
    "GPUs": ({"gpu": {"count": 9}}, "spec.pod.gpu.count asks for 9", {"max_gpus": 9}),
    "claims of devices": (
        {"resourceClaims": CLAIMS},
        "Ask for less, or have the chart's value allowed.perPod raised.",
        {"max_resource_claims": 2},
    ),
}


@pytest.mark.parametrize(("pod", "words", "extended"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_allowed_is_refused_with_a_sentence_until_the_list_has_it(
    pod: dict[str, Any], words: str, extended: dict[str, object]
) -> None:
    assert words in (said(pod) or "")
    assert said(pod, **extended) is None


IN_A_QUEUE: dict[str, tuple[dict[str, Any], str, dict[str, object]]] = {
    "a priority": (
        {"priority": 1},
        (
            "spec.queue.priority is 1, and this installation allows at most 0. Lower it, or have the chart's value "
            "allowed.maxPriority raised."
        ),
        {"max_priority": 1},
    ),
    "a queue of Kueue's": (
        {"kueueQueueName": "gpus"},
        (
            "spec.queue.kueueQueueName names gpus, and this installation does not work with Kueue. Leave it out, or "
            "have the chart's value kueue.enabled set to true."
        ),
        {"kueue_enabled": True},
    ),
    "a class of Kueue's": (
        {"kueueQueueName": "gpus", "kueuePriorityClassName": "prod"},
        (
            "spec.queue.kueuePriorityClassName names prod, and this installation allows none. Leave it out, or have the "
            "chart's value allowed.kueuePriorityClasses extended."
        ),
        {"kueue_enabled": True, "allowed_kueue_priority_classes": ("prod*",)},
    ),
}


@pytest.mark.parametrize(("queue", "words", "extended"), IN_A_QUEUE.values(), ids=IN_A_QUEUE)
def test_a_place_in_a_queue_is_bounded_likewise(
    queue: dict[str, Any], words: str, extended: dict[str, object]
) -> None:
    asked = Queue.model_validate(queue)
    assert words in (not_allowed(Pod(), asked, DEFAULT) or "")
    assert not_allowed(Pod(), asked, DEFAULT.model_copy(update=extended)) is None


TAKEN: dict[str, tuple[dict[str, Any], dict[str, object]]] = {
    "nothing": ({}, {}),
    "the runner's own image": ({"image": RUNNER}, {}),
    "the runner's service account": (
        {"serviceAccountName": "maker"},
        {"runner_service_account_name": "maker"},
    ),
    "nvidia": ({"runtimeClassName": "nvidia"}, {}),
    "the RuntimeClass of pods with GPUs": (
        {"runtimeClassName": "kata-gpu"},
        {"gpu_runtime_class_name": "kata-gpu", "allowed_runtime_classes": ()},
    ),
    "the toleration that GPUs get anyway": (
        {"gpu": {"count": 1}, "tolerations": [{"key": "nvidia.com/gpu"}]},
        {},
    ),
    "no sidecar": ({"labels": {ISTIO: "false"}, "annotations": {ISTIO: "false", LINKERD: "disabled"}}, {}),
    "patience of the autoscaler": (
        {"annotations": {SAFE: "false", "karpenter.sh/do-not-disrupt": "true"}},
        {},
    ),
    "as much as there may be": (
        {"cpu": "16", "memory": "131072Mi", "ephemeralStorage": "64Gi", "gpu": {"count": 8}},
        {},
    ),
}


@pytest.mark.parametrize(("pod", "settings"), TAKEN.values(), ids=TAKEN)
def test_what_harms_nobody_is_taken(pod: dict[str, Any], settings: dict[str, object]) -> None:
    assert said(pod, **settings) is None


@pytest.mark.parametrize(
    "key",
    [
        "chartspark.io/attempt",
        "app.kubernetes.io/managed-by",
        "batch.kubernetes.io/job-name",
        "kueue.x-k8s.io/queue-name",
        "job-name",
        "controller-uid",
    ],
)
def test_no_list_allows_what_controllers_find_pods_by(key: str) -> None:
    everything = {"allowed_labels": ("*",), "allowed_annotations": ("*",)}
    for field in ("labels", "annotations"):
        words = said({field: {key: "mine"}}, **everything) or ""
        assert words.startswith(f"spec.pod.{field} names {key}, which is for Kubernetes or ChartSpark to set")


@pytest.mark.parametrize(
    "name",
    [
        *("NVIDIA_VISIBLE_DEVICES", "NVIDIA_DRIVER_CAPABILITIES", "LD_PRELOAD", "LD_LIBRARY_PATH", "PATH"),
        *("PYTHONPATH", "PYTHONSTARTUP", "CHARTSPARK_GPU_COUNT", "JOB_COMPLETION_INDEX", "HTTPS_PROXY"),
    ],
)
def test_no_list_allows_what_changes_the_program(name: str) -> None:
    with pytest.raises(ValidationError, match="this variable is not for jobs to set"):
        said({"env": [{"name": name}]}, allowed_env=("*",))


def test_whatever_the_operator_sets_is_reserved() -> None:
    pod = Pod.model_validate(
        {
            "caBundle": {"name": "a", "key": "b"},
            "proxy": {"httpProxy": "http://p:1", "httpsProxy": "http://p:1", "noProxy": ".svc"},
        }
    )
    names = [variable["name"] for variable in environment(pod, 1)]
    assert [name for name in names if not is_reserved(name)] == []


def test_everything_that_is_wrong_is_said_at_once_and_fits() -> None:
    wrong: dict[str, Any] = {"image": "a", "serviceAccountName": "b", "priorityClassName": "c"}
    for word in ("image names a", "serviceAccountName names b", "priorityClassName names c"):
        assert word in (said(wrong) or "")
    assert len(said({"labels": {"k" * 2000: ""}}) or "") == LONGEST


names = st.text("abc/.-*", min_size=1, max_size=8)


@settings(deadline=None)
@given(image=names, allowed=st.lists(names, max_size=3))
def test_a_longer_list_never_allows_less(image: str, allowed: list[str]) -> None:
    pod = Pod().model_copy(update={"image": image})
    shorter, longer = (
        DEFAULT.model_copy(update={"allowed_images": tuple(part)}) for part in (allowed[1:], allowed)
    )
    if not_allowed(pod, Queue(), shorter) is None:
        assert not_allowed(pod, Queue(), longer) is None
    assert not_allowed(pod, Queue(), DEFAULT.model_copy(update={"allowed_images": ("*",)})) is None
