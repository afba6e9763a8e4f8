"""The claim that results are written to: on an embedded cluster, a folder of this machine.

Exported by `chartspark_dev.cluster`. The embedded volume has no StorageClass and is bound by name, and it is
created before its claim: the scheduler looks again only after seconds at a pod whose claim was unbound.
On a cluster of KUBECONFIG the claim is one of its default StorageClass, ReadWriteMany.
"""

import json
import os
import shutil
from pathlib import Path
from typing import Final

from chartspark_dev.connection import Cluster

RESULTS_CLAIM: Final = "chartspark-results"
_LABELS: Final = {"app.kubernetes.io/managed-by": "chartspark-dev"}
_MINE: Final = ",".join(f"{key}={value}" for key, value in _LABELS.items())
_OWNER: Final = 1000
"""User and group of the runner."""
_SHARED: Final = 0o2775
_CAPACITY: Final = "20Gi"
"""Any number: nothing enforces it on a host path."""


def create_results_claim(cluster: Cluster, namespace: str) -> Path | None:
    """Make sure that a namespace has a bound claim for results, creating both where they are missing.

    Returns:
        The folder behind the claim, or None on a cluster that is not ours.

    """
    _ensure_namespace(cluster, namespace)
    if cluster.storage is None:
        if not cluster.kubectl("get", "pvc", "-n", namespace, RESULTS_CLAIM, "--ignore-not-found"):
            cluster.kubectl("create", "-f", "-", input=json.dumps(_claim(namespace)))
        return None
    folder = cluster.storage / namespace
    _make(folder)
    bound_claim = _claim(namespace, storageClassName="", volumeName=_volume_name(namespace))
    objects = {"apiVersion": "v1", "kind": "List", "items": [_volume(namespace, folder), bound_claim]}
    cluster.kubectl("apply", "-f", "-", input=json.dumps(objects))
    bound = "--for=jsonpath={.status.phase}=Bound"
    cluster.kubectl("wait", "-n", namespace, bound, f"pvc/{RESULTS_CLAIM}", "--timeout=30s")
    return folder


def delete_results_claim(cluster: Cluster, namespace: str) -> None:
    """Remove what `create_results_claim` made, and nothing else: claim, volume, folder, a new namespace."""
    # Nobody waits for the namespace itself, which takes the API server ten seconds however empty it is.
    one = f"--field-selector=metadata.name={namespace}"
    cluster.kubectl("delete", "namespace", "-l", _MINE, one, "--wait=false")
    cluster.kubectl(
        "delete", "pvc", "-n", namespace, "-l", _MINE, f"--field-selector=metadata.name={RESULTS_CLAIM}"
    )
    if cluster.storage is not None:
        cluster.kubectl("delete", "pv", _volume_name(namespace), "--ignore-not-found")
        shutil.rmtree(cluster.storage / namespace)


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    os.chown(folder, _OWNER, _OWNER)
    # After chown, which clears the bit that hands the group down to what is created inside.
    folder.chmod(_SHARED)


def _ensure_namespace(cluster: Cluster, namespace: str) -> None:
    if not cluster.kubectl("get", "namespace", namespace, "--ignore-not-found"):
        cluster.kubectl("create", "namespace", namespace)
        cluster.kubectl("label", "namespace", namespace, _MINE)


def _volume_name(namespace: str) -> str:
    return f"{RESULTS_CLAIM}-{namespace}"


def _volume(namespace: str, folder: Path) -> dict[str, object]:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolume",
        "metadata": {"name": _volume_name(namespace)},
        "spec": {
            "capacity": {"storage": _CAPACITY},
            "accessModes": ["ReadWriteMany"],
            "persistentVolumeReclaimPolicy": "Retain",
            "claimRef": {"namespace": namespace, "name": RESULTS_CLAIM},
            "hostPath": {"path": str(folder), "type": "Directory"},
        },
    }


def _claim(namespace: str, **volume: str) -> dict[str, object]:
    """Return the claim. An empty StorageClass among `volume`, not an absent one, keeps a default one out of it."""
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": RESULTS_CLAIM, "namespace": namespace, "labels": _LABELS},
        "spec": {
            "accessModes": ["ReadWriteMany"],
            "resources": {"requests": {"storage": _CAPACITY}},
        }
        | volume,
    }
