"""containerd with its pod network, and the registry that it pulls from.

Called by `chartspark_dev.embedded.real_node`.
"""

import json
from pathlib import Path
from typing import Final

from chartspark_dev import commands
from chartspark_dev.embedded import pause, processes
from chartspark_dev.embedded.layout import Layout
from chartspark_dev.places import cache_root

_NAMESPACE: Final = "k8s.io"
"""Where the kubelet's images and containers live in containerd."""

_NETWORK_RESULTS: Final = Path("/var/lib/cni/results")


def start(layout: Layout) -> None:
    """Write the configuration and start containerd and the registry."""
    _write_files(layout)
    processes.start(layout, "containerd", "containerd", "--config", _configuration(layout))
    processes.start(layout, "registry", "docker-registry", "serve", _registry_configuration(layout))


def forget_containers(layout: Layout) -> None:
    """Remove the containers of an earlier start from the store, which keeps them with the images."""
    left = ctr(layout, "containers", "list", "--quiet").split()
    if left:
        ctr(layout, "containers", "remove", *left)


def delete_traces(layout: Layout) -> None:
    """Remove what shims and CNI keep outside the run folder, for every container whose bundle is there."""
    for bundle in (layout.run / "containerd" / "io.containerd.runtime.v2.task" / _NAMESPACE).glob("*"):
        address = bundle / "address"
        if address.exists():
            Path(address.read_text().removeprefix("unix://")).unlink(missing_ok=True)
        for result in _NETWORK_RESULTS.glob(f"*-{bundle.name}-*"):
            result.unlink()


def import_pause(layout: Layout) -> None:
    """Give containerd the image that holds a pod's namespaces, if it does not have it."""
    reference = pause.reference()
    if reference not in ctr(layout, "images", "list", "--quiet").split():
        ctr(layout, "images", "import", str(pause.ensure()))


def ctr(layout: Layout, *words: str) -> str:
    """Run containerd's own client."""
    return commands.run("ctr", "--address", layout.socket, "--namespace", _NAMESPACE, *words)


def _write_files(layout: Layout) -> None:
    _configuration(layout).write_text(configuration(layout))
    network = _networks(layout)
    network.mkdir()
    (network / "10-bridge.conflist").write_text(json.dumps(pod_network(layout), indent=2))
    mirror = _mirrors(layout) / layout.registry
    mirror.mkdir(parents=True)
    (mirror / "hosts.toml").write_text(plain_http(layout))
    _registry_configuration(layout).write_text(registry(layout, cache_root() / "registry"))


def _configuration(layout: Layout) -> Path:
    return layout.run / "containerd.toml"


def _registry_configuration(layout: Layout) -> Path:
    return layout.run / "registry.json"


def _networks(layout: Layout) -> Path:
    return layout.run / "cni"


def _mirrors(layout: Layout) -> Path:
    return layout.run / "registries"


def configuration(layout: Layout) -> str:
    """Return containerd's configuration file."""
    cri = 'plugins."io.containerd.grpc.v1.cri"'
    # The RuntimeClass `nvidia` resolves to the handler of that name; there is no GPU behind it.
    runtimes = "\n".join(
        f"""\
[{cri}.containerd.runtimes.{handler}]
  runtime_type = "io.containerd.runc.v2"
[{cri}.containerd.runtimes.{handler}.options]
  Root = "{layout.run}/runc"
"""
        for handler in ("runc", "nvidia")
    )
    return f"""\
version = 2
root = "{layout.images}"
state = "{layout.run}/containerd"
[grpc]
  address = "{layout.socket}"
[{cri}]
  sandbox_image = "{pause.reference()}"
  # No process may lower its oom_score_adj without CAP_SYS_RESOURCE: runc would fail with
  # "can't get final child's PID from pipe".
  restrict_oom_score_adj = true
  # The pods' network namespaces go away with the run folder.
  netns_mounts_under_state_dir = true
[{cri}.cni]
  bin_dir = "/usr/lib/cni"
  conf_dir = "{_networks(layout)}"
[{cri}.registry]
  config_path = "{_mirrors(layout)}"
[{cri}.containerd]
  # A pulled layer would otherwise lie here twice, packed and unpacked.
  discard_unpacked_layers = true
{runtimes}"""


def pod_network(layout: Layout) -> dict[str, object]:
    """Return the CNI configuration of the pods' bridge."""
    addresses = {
        "type": "host-local",
        "dataDir": str(layout.run / "addresses"),
        "ranges": [[{"subnet": layout.pod_network}]],
        "routes": [{"dst": "0.0.0.0/0"}],
    }
    bridge = {"type": "bridge", "bridge": "cni0", "isGateway": True, "hairpinMode": True, "ipam": addresses}
    return {"cniVersion": "0.4.0", "name": layout.name, "plugins": [bridge]}


def plain_http(layout: Layout) -> str:
    """Return what makes containerd speak plain HTTP to our registry: a table, though it says nothing new."""
    return f"""\
server = "http://{layout.registry}"
[host."http://{layout.registry}"]
  capabilities = ["pull", "resolve"]
"""


def registry(layout: Layout, storage: Path) -> str:
    """Return the registry's configuration; JSON is YAML. All clusters share one storage of images."""
    return json.dumps(
        {
            "version": "0.1",
            "log": {"level": "warn", "accesslog": {"disabled": True}},
            "storage": {"filesystem": {"rootdirectory": str(storage)}},
            "http": {"addr": layout.registry},
        },
        indent=2,
    )
