"""A node without a kubelet: KWOK says of its pods what a kubelet would, and a Job's pods complete at once.

Called by `chartspark_dev.cluster`. No container ever runs.
"""

import functools
import json
from pathlib import Path
from typing import Final

from chartspark_dev.connection import Cluster
from chartspark_dev.embedded import gpus, processes
from chartspark_dev.embedded.layout import GPU, NODE, Layout
from chartspark_dev.waiting import until

NAMES: Final = ("kwok",)
_SECONDS: Final = 120
_STAGES: Final = Path(__file__).with_name("stages.yaml")
_LABEL: Final = "type=kwok"
_FAKE_GPUS: Final = 10_000
"""As many as the node takes pods: tests of thousands of jobs are not to wait for them."""


def start(layout: Layout, programs: Path, cluster: Cluster) -> None:
    """Create the node, start KWOK and wait until the node is ready."""
    cluster.kubectl("apply", "-f", "-", input=json.dumps(_node()))
    processes.start(
        layout,
        "kwok",
        *(programs / "kwok", f"--kubeconfig={layout.kubeconfig}"),
        *("--manage-all-nodes=false", f"--manage-nodes-with-label-selector={_LABEL}"),
        # Without a lease the node would be given up after a while.
        *("--node-lease-duration-seconds=40", f"--node-ip={layout.address}", f"--config={_STAGES}"),
    )
    check = functools.partial(processes.check, layout, NAMES)
    ready = ("wait", f"node/{NODE}", "--for=condition=Ready", "--timeout=1s")
    until(lambda: cluster.kubectl(*ready), _SECONDS, "the fake node", check)
    gpus.create_runtime_class(cluster)


def _node() -> dict[str, object]:
    room = {"cpu": "10000", "memory": "100Ti", "pods": str(_FAKE_GPUS), GPU: str(_FAKE_GPUS)}
    key, _, value = _LABEL.partition("=")
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": NODE, "labels": {key: value, "kubernetes.io/hostname": NODE}},
        "status": {"capacity": room, "allocatable": room},
    }
