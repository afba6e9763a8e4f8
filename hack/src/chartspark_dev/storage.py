"""Reads a claim from outside the cluster, through a pod that mounts it, as any cluster allows.

The demo copies results with it, and the e2e tests look at them. Knows nothing of what lies there.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chartspark_dev.cluster import Cluster
from chartspark_dev.errors import ToolError

READER = "chartspark-results-reader"


class UnreadableResultsError(ToolError):
    """A folder could not be copied from the claim."""


@dataclass(frozen=True, slots=True)
class ClaimReader:
    """A running pod that mounts a claim at /results."""

    cluster: Cluster
    namespace: str

    def run(self, *command: str) -> str:
        """Return what `command` prints in the pod."""
        return self.cluster.kubectl("exec", "-n", self.namespace, READER, "--", *command)

    def copy(self, folder: str, target: Path) -> None:
        """Copy `folder` of the pod to the new folder `target`, less what is still being made.

        Raises:
            UnreadableResultsError: the folder is not there, or the connection broke.
        """
        target.mkdir()
        pack = ["tar", "-C", folder, "--exclude=./.work", "-cf", "-", "."]
        argv = self.cluster.kubectl_argv("exec", "-n", self.namespace, READER, "--", *pack)
        unpack = ["tar", "-C", str(target), "--no-same-owner", "-xf", "-"]
        with subprocess.Popen(argv, stdout=subprocess.PIPE) as sender:  # noqa: S603 - kubectl
            unpacked = subprocess.run(unpack, stdin=sender.stdout, check=False)  # noqa: S603 - tar
        if sender.returncode or unpacked.returncode:
            raise UnreadableResultsError(f"{folder} could not be copied from the claim")


@contextmanager
def reading(cluster: Cluster, namespace: str, claim: str, image: str) -> Iterator[ClaimReader]:
    """Run a pod of `image` that mounts `claim`, for as long as the context lasts."""
    cluster.kubectl("apply", "-n", namespace, "-f", "-", input=json.dumps(_pod(claim, image)))
    try:
        cluster.kubectl("wait", "-n", namespace, "--for=condition=Ready", f"pod/{READER}", "--timeout=120s")
        yield ClaimReader(cluster, namespace)
    finally:
        cluster.kubectl("delete", "pod", "-n", namespace, READER, "--wait=false", "--ignore-not-found")


def _pod(claim: str, image: str) -> dict[str, Any]:
    container = {
        "name": "reader",
        "image": image,
        "command": ["sleep", "3600"],
        "volumeMounts": [{"name": "results", "mountPath": "/results", "readOnly": True}],
        "resources": {"requests": {"cpu": "0"}, "limits": {"cpu": "500m", "memory": "64Mi"}},
        "env": [{"name": "NVIDIA_VISIBLE_DEVICES", "value": "void"}],
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
    }
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": READER},
        "spec": {
            "restartPolicy": "Never",
            "automountServiceAccountToken": False,
            "terminationGracePeriodSeconds": 0,
            "securityContext": {
                "runAsNonRoot": True,
                "runAsUser": 1000,
                "runAsGroup": 1000,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "containers": [container],
            "volumes": [{"name": "results", "persistentVolumeClaim": {"claimName": claim}}],
        },
    }
