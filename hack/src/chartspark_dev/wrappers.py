"""Writes `build/kubectl` and `build/helm`, which reach the embedded cluster from any shell."""

import shlex
from pathlib import Path

from chartspark_dev import client_tools
from chartspark_dev.connection import Cluster


def write(cluster: Cluster, folder: Path) -> None:
    """Write one script per program into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("kubectl", "helm"):
        command = shlex.join(cluster.process(client_tools.ensure() / name))
        script = f'#!/bin/sh\nKUBECONFIG={shlex.quote(str(cluster.kubeconfig))} exec {command} "$@"\n'
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
