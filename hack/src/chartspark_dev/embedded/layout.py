"""Names, addresses and folders of one embedded cluster, all derived from its state folder.

Pure: nothing is created here. Two state folders give two clusters that share nothing, so that they run
side by side and neither touches what the other started.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

API_PORT: Final = 6443
REGISTRY_PORT: Final = 5000
NODE: Final = "node1"
GPU: Final = "nvidia.com/gpu"
GPUS: Final = 2


@dataclass(frozen=True)
class Layout:
    """The cluster whose state lies in `state`, an absolute path."""

    state: Path

    @property
    def digest(self) -> bytes:
        """What tells this cluster from others."""
        return hashlib.sha256(str(self.state).encode()).digest()

    @property
    def name(self) -> str:
        """The name of the network namespace, the cgroup and the pod network."""
        return f"chartspark-{self.digest.hex()[:8]}"

    @property
    def netns(self) -> Path:
        """The network namespace that all its processes live in."""
        return Path("/run/netns", self.name)

    @property
    def run(self) -> Path:
        """Sockets and mounts of the running cluster. A short path: a socket's may have 107 bytes."""
        return Path("/run", self.name)

    @property
    def socket(self) -> Path:
        """The socket of containerd."""
        return self.run / "containerd.sock"

    @property
    def node_network(self) -> str:
        """The network of the node's link, with the node's address in it."""
        return f"{self.address}/24"

    @property
    def address(self) -> str:
        """The node's address: the API server and the registry listen on it."""
        return f"10.{64 + self.digest[4] % 32}.{self.digest[5]}.1"

    @property
    def pod_network(self) -> str:
        """Where pods get their addresses from."""
        return f"10.{96 + self.digest[6] % 32}.0.0/16"

    @property
    def service_network(self) -> str:
        """Where services get their addresses from."""
        return f"10.{128 + self.digest[7] % 32}.0.0/16"

    @property
    def registry(self) -> str:
        """Host and port of the image registry."""
        return f"{self.address}:{REGISTRY_PORT}"

    @property
    def kubeconfig(self) -> Path:
        """Credentials of the cluster's administrator."""
        return self.state / "admin.kubeconfig"

    @property
    def server_certificate(self) -> Path:
        """What the API server signed for itself, which is its own authority."""
        return self.state / "control-plane" / "certs" / "apiserver.crt"

    @property
    def control_plane(self) -> Path:
        """Data and credentials of the control plane, made anew by every start."""
        return self.state / "control-plane"

    @property
    def kubelet(self) -> Path:
        """The kubelet's folder, made anew by every start. Volumes are mounted below it."""
        return self.state / "kubelet"

    @property
    def images(self) -> Path:
        """The image store of containerd. It outlives the cluster: a second start pulls nothing."""
        return self.state / "images"

    @property
    def storage(self) -> Path:
        """What the claims hold. It outlives the cluster."""
        return self.state / "storage"

    @property
    def logs(self) -> Path:
        """One log per process."""
        return self.state / "logs"

    @property
    def processes(self) -> Path:
        """One record per process that was started."""
        return self.state / "processes"

    @property
    def ready(self) -> Path:
        """Names the kind of the node; written last, so that a half start is none."""
        return self.state / "ready"
