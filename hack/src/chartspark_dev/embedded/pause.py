"""The image whose one process sleeps and so keeps a pod's namespaces alive: Debian's static busybox.

Written as a docker-archive by hand, in a fiftieth of a second: the cluster needs no image builder.
"""

import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Final

from chartspark_dev import cache

_BUSYBOX: Final = Path("/bin/busybox")
_CONFIG: Final = {"Entrypoint": ["/busybox", "sleep", "infinity"], "User": "65535:65535"}


def reference() -> str:
    """Return the image's name, whose tag is the digest of its inputs."""
    return f"localhost/chartspark/pause:{_place().name.rpartition('-')[2]}"


def ensure() -> Path:
    """Return the image's archive."""
    return cache.ensure(_place(), _write) / "pause.tar"


def _place() -> Path:
    return cache.entry("pause", [_BUSYBOX.read_bytes(), json.dumps(_CONFIG).encode()])


def _write(folder: Path) -> None:
    layer = _archive({"busybox": _BUSYBOX.read_bytes()})
    config = {
        "architecture": "amd64",
        "os": "linux",
        "config": _CONFIG,
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{hashlib.sha256(layer).hexdigest()}"]},
    }
    manifest = [{"Config": "config.json", "RepoTags": [reference()], "Layers": ["layer.tar"]}]
    files = {
        "layer.tar": layer,
        "config.json": json.dumps(config).encode(),
        "manifest.json": json.dumps(manifest).encode(),
    }
    (folder / "pause.tar").write_bytes(_archive(files))


def _archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(content), 0o755
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()
