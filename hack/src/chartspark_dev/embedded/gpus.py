"""GPUs that exist only for the scheduler, and the RuntimeClass that pods which ask for one name."""

import json

from chartspark_dev.connection import Cluster
from chartspark_dev.embedded.layout import GPU, GPUS, NODE, Layout


def survive_restarts(layout: Layout) -> None:
    """Keep the kubelet from setting the GPUs to zero whenever it starts.

    It takes a node without any file here for one that was set up anew, whose device plugins have
    to report again; we have none that would.
    """
    plugins = layout.kubelet / "device-plugins"
    plugins.mkdir(parents=True)
    (plugins / "no-plugins-here").touch()


def add(cluster: Cluster) -> None:
    """Give the node its GPUs and create the RuntimeClass."""
    path = GPU.replace("/", "~1")
    patch = [
        {"op": "add", "path": f"/status/{field}/{path}", "value": str(GPUS)}
        for field in ("capacity", "allocatable")
    ]
    cluster.kubectl("patch", "node", NODE, "--subresource=status", "--type=json", "-p", json.dumps(patch))
    create_runtime_class(cluster)


def create_runtime_class(cluster: Cluster) -> None:
    """Create the RuntimeClass that the GPU operator would bring."""
    runtime = {
        "apiVersion": "node.k8s.io/v1",
        "kind": "RuntimeClass",
        "metadata": {"name": "nvidia"},
        "handler": "nvidia",
    }
    cluster.kubectl("apply", "-f", "-", input=json.dumps(runtime))
