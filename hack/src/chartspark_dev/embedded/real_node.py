"""A node that runs pods: containerd, kubelet and kube-proxy.

Called by `chartspark_dev.cluster`, in two halves: the first needs no API server, so that both start
side by side.
"""

import functools
import json
from pathlib import Path
from typing import Final

from chartspark_dev.connection import Cluster
from chartspark_dev.embedded import cgroups, containerd, gpus, processes
from chartspark_dev.embedded.layout import NODE, Layout
from chartspark_dev.waiting import until

NAMES: Final = ("containerd", "registry", "kubelet", "kube-proxy")
_SECONDS: Final = 60


def start_runtime(layout: Layout) -> None:
    """Start containerd, and leave in its store what is needed and nothing that ran."""
    containerd.start(layout)
    check = functools.partial(processes.check, layout, NAMES)
    until(lambda: containerd.ctr(layout, "version"), _SECONDS, "containerd", check)
    containerd.forget_containers(layout)
    containerd.import_pause(layout)


def start_kubelet(layout: Layout, programs: Path, cluster: Cluster) -> None:
    """Start kubelet and kube-proxy, wait until the node is ready and give it GPUs."""
    cgroups.create(layout)
    gpus.survive_restarts(layout)
    configuration = layout.kubelet / "kubelet.json"
    configuration.write_text(json.dumps(kubelet_configuration(layout), indent=2))
    kubeconfig = f"--kubeconfig={layout.kubeconfig}"
    processes.start(
        layout,
        "kubelet",
        *(programs / "kubelet", kubeconfig, f"--config={configuration}", f"--hostname-override={NODE}"),
        *(
            f"--node-ip={layout.address}",
            f"--root-dir={layout.kubelet}",
            f"--cert-dir={layout.kubelet}/certs",
        ),
    )
    processes.start(
        layout,
        "kube-proxy",
        *(programs / "kube-proxy", kubeconfig, f"--hostname-override={NODE}"),
        # The host's own connection table stays as it is.
        *("--proxy-mode=iptables", "--conntrack-max-per-core=0"),
    )
    check = functools.partial(processes.check, layout, NAMES)
    ready = ("wait", f"node/{NODE}", "--for=condition=Ready", "--timeout=1s")
    until(lambda: cluster.kubectl(*ready), _SECONDS, "the node", check)
    gpus.add(cluster)


def kubelet_configuration(layout: Layout) -> dict[str, object]:
    """Return the kubelet's configuration file; JSON is YAML."""
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "cgroupDriver": "cgroupfs",
        "cgroupRoot": f"/{layout.name}",
        "containerRuntimeEndpoint": f"unix://{layout.socket}",
        "authentication": {"anonymous": {"enabled": True}, "webhook": {"enabled": False}},
        "authorization": {"mode": "AlwaysAllow"},
        "failSwapOn": False,
        # The machine's disk is not the cluster's: it neither evicts pods nor removes images when it is full.
        "localStorageCapacityIsolation": False,
        "evictionHard": {},
        "imageGCHighThresholdPercent": 100,
        "serializeImagePulls": False,
        "resolvConf": "",
        # There is no DNS. Without an address every pod gets a warning event; with one where nobody could
        # answer every lookup takes its time-out; this one refuses at once.
        "clusterDNS": ["127.0.0.1"],
        "podLogsDir": str(layout.logs / "pods"),
        "volumePluginDir": str(layout.kubelet / "volume-plugins"),
    }
