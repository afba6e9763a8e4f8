"""How many threads the numeric libraries may start: the floor of the CPU cap. Called by `__main__` alone, first of all.

Imports the standard library only; knows nothing about charts.
"""

import os
from collections.abc import Mapping
from pathlib import Path

_POOLS = (
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "POLARS_MAX_THREADS",
    "RAYON_NUM_THREADS",
)


def pool_environment(environ: Mapping[str, str], membership: Path, root: Path) -> dict[str, str]:
    """Return the environment variables that are still to be set: what somebody has set already stays.

    Args:
        environ: The environment so far.
        membership: The file that tells the process's cgroups, `/proc/self/cgroup`.
        root: Where the cgroup file systems are mounted, `/sys/fs/cgroup`.
    """
    count = environ.get(_POOLS[0]) or str(thread_count(cpu_cap(membership, root)))
    wanted = dict.fromkeys(_POOLS, count) | {
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_VERBOSITY": "error",
        # A thread that waits sleeps: spinning would use up the cap that the working threads need.
        "OMP_WAIT_POLICY": "PASSIVE",
    }
    return {name: value for name, value in wanted.items() if not environ.get(name)}


def thread_count(cap: float | None) -> int:
    """Return how many threads a cap in cores allows: rounded down, at least 1. Without a cap, the cores that may be used."""
    cores = len(os.sched_getaffinity(0))
    return cores if cap is None else max(1, min(int(cap), cores))


def cpu_cap(membership: Path, root: Path) -> float | None:
    """Return the lowest CPU cap in cores of the process's cgroup and those above it, or None if nothing caps it.

    Both versions are read, because a node may run either and a hybrid node both. In a container the path
    in `membership` may be the node's, which is not mounted there; then the mount's root is the container's.
    """
    caps = []
    for line in membership.read_text().splitlines() if membership.exists() else ():
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            caps += [_cap_v2(folder) for folder in _upwards(root, path)]
        elif "cpu" in controllers.split(","):
            caps += [
                _cap_v1(folder) for name in (controllers, "cpu") for folder in _upwards(root / name, path)
            ]
    return min((cap for cap in caps if cap is not None), default=None)


def _upwards(mount: Path, path: str) -> list[Path]:
    folder = mount / path.lstrip("/")
    return [folder, *(parent for parent in folder.parents if parent.is_relative_to(mount))]


def _cap_v2(folder: Path) -> float | None:
    words = _words(folder / "cpu.max")
    return None if not words or words[0] == "max" else int(words[0]) / int(words[1])


def _cap_v1(folder: Path) -> float | None:
    quota, period = _words(folder / "cpu.cfs_quota_us"), _words(folder / "cpu.cfs_period_us")
    return None if not quota or not period or int(quota[0]) <= 0 else int(quota[0]) / int(period[0])


def _words(file: Path) -> list[str]:
    return file.read_text().split() if file.is_file() else []
