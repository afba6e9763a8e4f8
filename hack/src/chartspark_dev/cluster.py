"""The development cluster: started from nothing in seconds, stopped without a trace, or attached to.

Called by the command line, the demo and the tests. Where KUBECONFIG is set, the cluster that it names
is used instead and nothing is started.
"""

import functools
import os
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from chartspark_dev import client_tools, commands, go_tools, locks
from chartspark_dev.claims import RESULTS_CLAIM, create_results_claim, delete_results_claim
from chartspark_dev.connection import Cluster
from chartspark_dev.embedded import control_plane, fake_node, network, processes, real_node, teardown
from chartspark_dev.embedded.control_plane import Audit
from chartspark_dev.embedded.layout import Layout
from chartspark_dev.errors import NotPermittedError, NotReadyError
from chartspark_dev.steps import step, together
from chartspark_dev.waiting import until

__all__ = [
    "RESULTS_CLAIM",
    "Audit",
    "Cluster",
    "Node",
    "attach",
    "create_results_claim",
    "delete_results_claim",
    "down",
    "is_up",
    "prepare",
    "up",
]

_API_SECONDS: Final = 300
"""It takes five where nothing else is at work."""


class Node(StrEnum):
    """What runs the pods."""

    KUBELET = "kubelet"
    """A real node with containerd and two GPUs that only the scheduler sees."""
    KWOK = "kwok"
    """A fake node with room for thousands of pods, which complete at once and run nothing."""


def up(state: Path, node: Node = Node.KUBELET, audit: Audit | None = None) -> Cluster:
    """Return a running cluster whose state lies in `state`, starting it unless it runs already.

    With `audit`, the API server of a cluster that is started writes down what is asked of it.
    A cluster with the other kind of node, a half start or the remains of a crash are removed first.
    A start that fails or is interrupted leaves nothing running.

    Raises:
        ToolError: The cluster could not be started; the message says why.

    """
    if given := _given(state):
        return _external(given)
    _require_root()
    prepare(node)
    layout = _layout(state)
    with locks.exclusive(layout.state / "lock"):
        if _runs(layout) is not node:
            teardown.remove(layout)
            _start(layout, node, audit)
    return _embedded(layout)


def down(state: Path) -> None:
    """Stop the cluster, if it is there, and leave of it only images, claims and logs."""
    if _given(state) or not state.exists():
        return
    _require_root()
    layout = _layout(state)
    with locks.exclusive(layout.state / "lock"), step("stop the cluster"):
        teardown.remove(layout)


def attach(state: Path) -> Cluster:
    """Return the cluster that runs, or raise `NotReadyError`."""
    if given := _given(state):
        return _external(given)
    if not is_up(state):
        raise NotReadyError(f"No cluster runs from {state}. `make cluster-up` starts one.")
    return _embedded(_layout(state))


def is_up(state: Path) -> bool:
    """Tell whether `up` would find the cluster running."""
    return bool(_given(state)) or _runs(_layout(state)) is not None


def prepare(node: Node) -> None:
    """Compile or download the programs that a cluster needs. `up` does it too; this can be done early."""
    client_tools.ensure()
    go_tools.ensure(go_tools.HYPERKUBE)
    if node is Node.KWOK:
        go_tools.ensure(go_tools.KWOK)


def _layout(state: Path) -> Layout:
    return Layout(state.resolve())


def _given(state: Path) -> Path | None:
    """Return the kubeconfig that the environment names, unless it is the embedded cluster's own."""
    words = os.environ.get("KUBECONFIG")
    if not words or Path(words).resolve() == _layout(state).kubeconfig:
        return None
    return Path(words).resolve()


def _external(kubeconfig: Path) -> Cluster:
    view = "jsonpath={.clusters[0].cluster.server}"
    kubectl = client_tools.ensure() / "kubectl"
    server = commands.run(*(kubectl, f"--kubeconfig={kubeconfig}", "config", "view", "--minify", "-o", view))
    return Cluster(kubeconfig=kubeconfig, address=urlsplit(server).hostname or server)


def _embedded(layout: Layout) -> Cluster:
    return Cluster(
        kubeconfig=layout.kubeconfig,
        address=layout.address,
        embedded_registry=layout.registry,
        entering=tuple(network.entering(layout)),
        storage=layout.storage,
    )


def _require_root() -> None:
    if os.geteuid() != 0:
        raise NotPermittedError(
            "The embedded cluster makes network namespaces and mounts: run this as root, "
            "or set KUBECONFIG to a cluster of yours."
        )


def _runs(layout: Layout) -> Node | None:
    """Return the kind of the node of the cluster that is completely there."""
    if not layout.ready.exists():
        return None
    started = processes.records(layout).values()
    return Node(layout.ready.read_text()) if started and all(map(processes.alive, started)) else None


def _start(layout: Layout, node: Node, audit: Audit | None) -> None:
    for folder in (layout.run, layout.logs, layout.processes, layout.storage):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        with step(f"start the cluster ({node})"):
            _start_all(layout, node, audit)
        layout.ready.write_text(node)
    except BaseException:
        teardown.remove(layout)
        raise


def _start_all(layout: Layout, node: Node, audit: Audit | None) -> None:
    cluster = _embedded(layout)
    network.create(layout)
    match node:
        case Node.KUBELET:
            together(
                functools.partial(_start_control_plane, layout, cluster, audit),
                functools.partial(real_node.start_runtime, layout),
            )
            real_node.start_kubelet(layout, go_tools.ensure(go_tools.HYPERKUBE), cluster)
        case Node.KWOK:
            _start_control_plane(layout, cluster, audit)
            fake_node.start(layout, go_tools.ensure(go_tools.KWOK), cluster)
    # Pods can be created in the default namespace only from here on.
    cluster.kubectl("wait", "--for=create", "serviceaccount/default", "--timeout=120s")


def _start_control_plane(layout: Layout, cluster: Cluster, audit: Audit | None) -> None:
    programs = go_tools.ensure(go_tools.HYPERKUBE)
    control_plane.write_files(layout)
    control_plane.start_api(layout, programs, audit)
    check = functools.partial(processes.check, layout, control_plane.NAMES)
    until(lambda: cluster.kubectl("get", "--raw", "/readyz"), _API_SECONDS, "the API server", check)
    control_plane.start_controllers(layout, programs)
