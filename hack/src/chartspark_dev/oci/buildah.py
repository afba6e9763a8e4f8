"""Runs buildah, with its images in the project's cache and without any daemon.

Called by `chartspark_dev.images` and `base_image`; knows nothing about what the images hold.
"""

import functools
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from chartspark_dev import commands
from chartspark_dev.connection import Cluster
from chartspark_dev.errors import CommandFailedError
from chartspark_dev.places import cache_root

_CERTIFICATES: Final = "/etc/ssl/certs/ca-certificates.crt"
_UV_CACHE: Final = "/uv-cache"
_ABANDONED_SECONDS: Final = 3600


def run(*words: str) -> str:
    """Run a buildah command on the project's images."""
    return commands.run(*_argv(*words), env=_environment())


def has(reference: str) -> bool:
    """Tell whether an image of this name is there."""
    try:
        run("inspect", "--type=image", "--format={{.FromImageID}}", reference)
    except CommandFailedError:
        return False
    return True


def has_any(repository: str) -> bool:
    """Tell whether an image of this repository is there, whatever its tag."""
    return bool(run("images", "--quiet", f"--filter=reference={repository}").strip())


def build(context: Path, dockerfile: str, reference: str, arguments: Mapping[str, str]) -> None:
    """Build an image, layer by layer: those whose inputs are unchanged are taken as they are.

    No other build may run: what builds that were killed left behind is removed first.
    """
    run("rm", "--all")
    remove_leftovers(_temporary(), time.time())
    uv_cache = cache_root() / "uv"
    uv_cache.mkdir(parents=True, exist_ok=True)
    given = {"UV_NO_CACHE": "false", "UV_CACHE_DIR": _UV_CACHE, **arguments}
    run(
        *("build", "--quiet", "--layers", "--pull-never", "--isolation=chroot"),
        *(f"--build-arg={name}={value}" for name, value in given.items()),
        f"--volume={uv_cache}:{_UV_CACHE}",
        # What this machine trusts, for a proxy that the packages come through.
        f"--volume={_CERTIFICATES}:{_CERTIFICATES}:ro",
        *("--file", str(context / dockerfile), "--tag", reference, str(context)),
    )


def push(cluster: Cluster, reference: str, target: str) -> None:
    """Push an image to a cluster's registry; layers that lie there are not sent again."""
    # Level 1: the libraries of CUDA hardly pack at any level, and this is four times as fast as the default.
    words = ("push", "--quiet", "--compression-format=zstd", "--compression-level=1")
    plain = () if cluster.embedded_registry is None else ("--tls-verify=false",)
    argv = cluster.process(*_argv(*words, *plain, reference, f"docker://{target}"))
    commands.run(*argv, env=_environment())


def _argv(*words: str) -> list[str]:
    storage = _storage()
    return [
        "buildah",
        f"--root={storage}/{_driver()}",
        f"--runroot={storage}/run",
        f"--storage-driver={_driver()}",
        *words,
    ]


def _storage() -> Path:
    return cache_root() / "buildah"


def remove_leftovers(folder: Path, now: float) -> None:
    """Remove what killed builds and pushes left in `folder`: gigabytes each. `now` is in seconds since the epoch."""
    for entry in folder.iterdir():
        # A push may run meanwhile, and writes all the time.
        if now - entry.stat().st_mtime > _ABANDONED_SECONDS:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _environment() -> dict[str, str]:
    return {"TMPDIR": str(_temporary())}


def _temporary() -> Path:
    # Layers of gigabytes pass through here; /var/tmp may be on a small disk.
    temporary = _storage() / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    return temporary


@functools.cache
def _driver() -> str:
    """Return `overlay` where the kernel and the cache's file system take it, and `vfs`, which copies, elsewhere."""
    probe = _storage() / "overlay"
    argv = ("buildah", f"--root={probe}", f"--runroot={_storage()}/run", "--storage-driver=overlay", "info")
    try:
        commands.run(*argv, env=_environment())
    except CommandFailedError:
        return "vfs"
    return "overlay"
