"""A running cluster, ours or one that KUBECONFIG names, and how programs reach it.

Made by `chartspark_dev.cluster`; knows nothing about how a cluster is started.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from chartspark_dev import client_tools, commands
from chartspark_dev.errors import MissingSettingError


@dataclass(frozen=True)
class Cluster:
    """A cluster that answers."""

    kubeconfig: Path
    address: str
    """Host of the API server; of an embedded cluster, also of its node and its registry."""
    embedded_registry: str | None = None
    """Host and port of an embedded cluster's registry, which speaks plain HTTP."""
    entering: tuple[str, ...] = ()
    """What goes before a command that is to reach an embedded cluster's network."""
    storage: Path | None = None
    """Where an embedded cluster's claims lie on this machine."""

    @property
    def registry(self) -> str:
        """Where images for this cluster go, with an optional path: `host:port/path`.

        Raises:
            MissingSettingError: The cluster is not ours and CHARTSPARK_REGISTRY is not set.

        """
        found = self.embedded_registry or os.environ.get("CHARTSPARK_REGISTRY")
        if not found:
            raise MissingSettingError(
                "KUBECONFIG names a cluster whose registry is not known. "
                "Set CHARTSPARK_REGISTRY to one that you may push to and the cluster may pull from."
            )
        return found

    def process(self, *argv: str | Path) -> list[str]:
        """Return the argument vector that runs a program where it reaches the cluster."""
        return [*self.entering, *map(str, argv)]

    def kubectl_argv(self, *words: str | Path) -> list[str]:
        """Return the argument vector of a kubectl command, for callers that stream its output."""
        return self.process(client_tools.ensure() / "kubectl", f"--kubeconfig={self.kubeconfig}", *words)

    def kubectl(self, *words: str | Path, input: str | None = None) -> str:  # noqa: A002 - as in subprocess
        """Run kubectl and return what it prints.

        Raises:
            CommandFailedError: kubectl said no; the message holds what it said.

        """
        return commands.run(*self.kubectl_argv(*words), stdin=input)

    def helm(self, *words: str | Path) -> str:
        """Run Helm and return what it prints.

        Raises:
            CommandFailedError: Helm said no; the message holds what it said.

        """
        helm = client_tools.ensure() / "helm"
        return commands.run(*self.process(helm, f"--kubeconfig={self.kubeconfig}", *words))
