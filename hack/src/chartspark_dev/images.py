"""Builds the operator's and the runner's images and brings them to a cluster's registry.

Called by the command line, the demo and the tests. An image's tag is the digest of what it is made of:
where the registry has the tag, nothing is built and nothing is pushed.
"""

import functools
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chartspark_dev import commands, disk, locks
from chartspark_dev.connection import Cluster
from chartspark_dev.oci import base_image, buildah, context
from chartspark_dev.oci.context import Context
from chartspark_dev.places import cache_root
from chartspark_dev.steps import step, together

_GIGABYTES: Final = {"operator": 2, "runner": 25}
"""Free disk that each needs: the runner's libraries lie in uv's cache (7 GB), in the builder (7), in the
registry (3) and on the node (7)."""
_GIGABYTES_AGAIN: Final = {"operator": 2, "runner": 10}
"""Likewise where the libraries are there, and only the node's copy is new."""


@dataclass(frozen=True)
class Image:
    """An image in a registry."""

    repository: str
    """Registry and path."""
    tag: str
    """Digest of the image's inputs."""

    @property
    def reference(self) -> str:
        """What a pod names."""
        return f"{self.repository}:{self.tag}"


@dataclass(frozen=True)
class Images:
    """What the Helm chart needs to know."""

    operator: Image
    runner: Image


def prepare(root: Path) -> None:
    """Build both images from the checkout `root`, as far as that is not done. Needs no cluster."""
    base_image.ensure()
    for program in _GIGABYTES:
        _build(context.read(root, program))


def publish(root: Path, cluster: Cluster) -> Images:
    """Bring both images of the checkout `root` to the cluster's registry, building what is missing.

    Raises:
        MissingSettingError: The cluster is not ours and CHARTSPARK_REGISTRY is not set.
        DiskFullError: There is no room for the build.
        CommandFailedError: A build or a push failed; a second run goes on from the last whole layer.

    """
    contexts = {program: context.read(root, program) for program in _GIGABYTES}
    images = {program: _image(cluster.registry, item) for program, item in contexts.items()}
    missing = [program for program, image in images.items() if not _published(cluster, image)]
    if missing:
        base_image.ensure()
        for program in missing:
            _build(contexts[program])
        together(*(functools.partial(_push, cluster, contexts[name], images[name]) for name in missing))
    return Images(**images)


def _image(registry: str, item: Context) -> Image:
    return Image(f"{registry}/chartspark/{item.program}", item.tag(base_image.reference()))


def _repository(item: Context) -> str:
    return f"localhost/chartspark/{item.program}"


def _local(item: Context) -> str:
    return f"{_repository(item)}:{item.tag(base_image.reference())}"


def _published(cluster: Cluster, image: Image) -> bool:
    """Tell whether our own registry has the image; another one's answer may need credentials."""
    if cluster.embedded_registry is None:
        return False
    registry, _, path = image.repository.partition("/")
    asked = cluster.process(
        sys.executable, "-m", "chartspark_dev.oci.manifest_exists", registry, path, image.tag
    )
    return commands.run(*asked).strip() == "yes"


def _push(cluster: Cluster, item: Context, image: Image) -> None:
    with step(f"push the {item.program}'s image"):
        buildah.push(cluster, _local(item), image.reference)


def _build(item: Context) -> None:
    """Build an image unless it is there."""
    # One at a time: of two builds at once, buildah 1.28 was seen to miss a layer that it had, which for
    # the runner are six gigabytes of libraries.
    with locks.exclusive(cache_root() / "images.lock"):
        if buildah.has(_local(item)):
            return
        sizes = _GIGABYTES_AGAIN if buildah.has_any(_repository(item)) else _GIGABYTES
        disk.require(cache_root(), sizes[item.program], f"The {item.program}'s image")
        with step(f"build the {item.program}'s image"), tempfile.TemporaryDirectory() as folder:
            item.write(Path(folder))
            arguments = {"BASE_IMAGE": base_image.reference()}
            buildah.build(Path(folder), item.dockerfile, _local(item), arguments)
