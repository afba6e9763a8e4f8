"""What the e2e tests do as a user does it: apply, wait, look, by kubectl."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from chartspark_api.job import ChartSparkJob
from chartspark_api.names import JOB_LABEL, result_folder
from chartspark_dev.cluster import RESULTS_CLAIM, Cluster
from chartspark_dev.errors import CommandFailedError
from chartspark_dev.storage import ClaimReader

T = TypeVar("T")
PATIENCE_SECONDS = 240
OF_THE_TIER = "resources.requests.cpu=0,leaseSeconds=60,allowed.images={*:not-there}"
"""Values of the release. The tests that cap a pod at two cores need a whole two-core node: the operator reserves
none of it, may get none for seconds, and is not to lose its lease for that."""


def manifest(name: str, *charts: str, **spec: object) -> dict[str, Any]:
    """A job that draws `charts` of a small table, quickly."""
    drawn = [
        {
            "name": chart,
            "title": f"Apples of {chart}",
            "subject": "red apple",
            "xColumn": "year",
            "yColumn": "tonnes",
            "seed": 7,
            "candidates": 1,
            "width": 640,
            "height": 480,
            "data": {"csv": "year,tonnes\n2023,40\n2024,70\n2025,90\n"},
        }
        for chart in charts
    ]
    return {
        "apiVersion": "chartspark.io/v1alpha1",
        "kind": "ChartSparkJob",
        "metadata": {"name": name},
        "spec": {
            "charts": drawn,
            "output": {"claimName": "chartspark-results"},
            "sampling": {"steps": 5},
            "model": {"name": "IconDiffusion", "device": "CPU"},
            "pod": {"cpu": "900m", "memory": "3Gi"},
        }
        | spec,
    }


def writer(image: str, *command: str) -> dict[str, Any]:
    """A pod that runs a command, which may write to the claim of the results."""
    container = {
        "name": "writer",
        "image": image,
        "command": command,
        "volumeMounts": [
            {"name": "results", "mountPath": "/results"},
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108 - an emptyDir
        ],
        "resources": {"requests": {"cpu": "0"}, "limits": {"cpu": "1", "memory": "2Gi"}},
        "env": [{"name": "NVIDIA_VISIBLE_DEVICES", "value": "void"}],
        "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
    }
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "writer"},
        "spec": {
            "restartPolicy": "Never",
            "securityContext": {
                "runAsNonRoot": True,
                "runAsUser": 1000,
                "runAsGroup": 1000,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "containers": [container],
            "volumes": [
                {"name": "results", "persistentVolumeClaim": {"claimName": RESULTS_CLAIM}},
                {"name": "tmp", "emptyDir": {}},
            ],
        },
    }


@dataclass(frozen=True)
class Jobs:
    """The ChartSparkJobs of one namespace."""

    cluster: Cluster
    namespace: str
    storage: ClaimReader

    def kubectl(self, *arguments: str, document: object = None) -> str:
        given = None if document is None else yaml.safe_dump(document)
        return self.cluster.kubectl("-n", self.namespace, *arguments, input=given)

    def apply(self, document: dict[str, Any]) -> None:
        self.kubectl("apply", "-f", "-", document=document)

    def get(self, kind: str, *arguments: str) -> dict[str, Any]:
        return dict(json.loads(self.kubectl("get", kind, *arguments, "-o", "json")))

    def job(self, name: str) -> ChartSparkJob:
        return ChartSparkJob.model_validate(self.get("chartsparkjob", name))

    def children(self, kind: str, name: str) -> list[dict[str, Any]]:
        return list(self.get(kind, "-l", f"{JOB_LABEL}={name}")["items"])

    def wait(self, name: str, condition: str) -> ChartSparkJob:
        timeout = f"--timeout={PATIENCE_SECONDS}s"
        self.kubectl("wait", f"chartsparkjob/{name}", f"--for=condition={condition}", timeout)
        return self.job(name)

    def running_pod(self, name: str) -> dict[str, Any] | None:
        pods = [pod for pod in self.children("pods", name) if pod["status"].get("phase") == "Running"]
        return pods[0] if pods else None

    def results(self, job: ChartSparkJob) -> str:
        """The job's folder of results, as `storage` sees it."""
        meta = job.metadata
        parts = ["/results", job.spec.output.path, result_folder(meta.namespace, meta.name, meta.uid)]
        return "/".join(filter(None, parts))


def eventually(look: Callable[[], T | None], what: str) -> T:
    """Return the first truthy thing that `look` sees."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            seen = look()
        except CommandFailedError:
            seen = None
        if seen:
            return seen
        time.sleep(0.5)
    raise AssertionError(f"not seen within {PATIENCE_SECONDS} s: {what}")
