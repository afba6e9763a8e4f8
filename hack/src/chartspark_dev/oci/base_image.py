"""The base image where no registry has one: a minimal Debian with Python, by debootstrap.

Called by `chartspark_dev.images`.
"""

import shutil
from pathlib import Path
from typing import Final

from chartspark_dev import cache, commands
from chartspark_dev.oci import buildah
from chartspark_dev.steps import step

_SUITE: Final = "bookworm"
_PACKAGES: Final = "python3,python3-venv,ca-certificates"
_NEEDLESS: Final = (
    "var/cache/apt",
    "var/lib/apt/lists",
    "var/cache/debconf",
    "usr/share/doc",
    "usr/share/man",
)
_PATH: Final = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def reference() -> str:
    """Return the image's name, whose tag is the digest of its inputs."""
    return f"localhost/chartspark/python:{_place().name.rpartition('-')[2]}"


def ensure() -> str:
    """Return the image's name, after building what is missing of it."""
    archive = fetch()
    if not buildah.has(reference()):
        with step("make the base image"):
            _commit(archive)
    return reference()


def fetch() -> Path:
    """Return the file system as an archive, downloading it if no run has yet."""
    return cache.ensure(_place(), _bootstrap) / "root.tar"


def _place() -> Path:
    return cache.entry("debian", [_SUITE.encode(), _PACKAGES.encode()])


def _bootstrap(folder: Path) -> None:
    root = folder / "root"
    with step("download a minimal Debian"):
        commands.run("debootstrap", "--variant=minbase", f"--include={_PACKAGES}", _SUITE, root)
        for needless in _NEEDLESS:
            shutil.rmtree(root / needless)
        commands.run("tar", "-C", root, "--numeric-owner", "-cf", folder / "root.tar", ".")
        shutil.rmtree(root)


def _commit(archive: Path) -> None:
    container = buildah.run("from", "scratch").strip()
    try:
        buildah.run("add", "--quiet", container, str(archive), "/")
        buildah.run("config", "--env", _PATH, container)
        buildah.run("commit", "--quiet", container, reference())
    finally:
        buildah.run("rm", container)
