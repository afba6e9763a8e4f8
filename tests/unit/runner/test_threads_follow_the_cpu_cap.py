import os
import subprocess
import sys
from pathlib import Path

import pytest
from chartspark_runner.threads import cpu_cap, pool_environment, thread_count


def tree(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


CASES = {
    "version 2 in a container": ("0::/\n", {"cpu.max": "150000 100000\n"}, 1.5),
    "version 2 without a cap": ("0::/\n", {"cpu.max": "max 100000\n"}, None),
    "version 2 capped above": (
        "0::/a/b\n",
        {"a/cpu.max": "50000 100000\n", "a/b/cpu.max": "max 100000\n"},
        0.5,
    ),
    "version 1": (
        "4:cpu,cpuacct:/pods/x\n",
        {
            "cpu,cpuacct/pods/x/cpu.cfs_quota_us": "250000\n",
            "cpu,cpuacct/pods/x/cpu.cfs_period_us": "100000\n",
        },
        2.5,
    ),
    "version 1 whose path is the node's": (
        "4:cpuacct,cpu:/kubepods/x\n",
        {"cpu/cpu.cfs_quota_us": "90000\n", "cpu/cpu.cfs_period_us": "100000\n"},
        0.9,
    ),
    "version 1 without a cap": (
        "4:cpu:/\n",
        {"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"},
        None,
    ),
    "no cgroups": ("", {}, None),
}


@pytest.mark.parametrize(("membership", "files", "cap"), CASES.values(), ids=CASES)
def test_the_cap_is_read_from_either_version(
    tmp_path: Path, membership: str, files: dict[str, str], cap: float | None
) -> None:
    root = tree(tmp_path / "cgroup", files)
    listing = tmp_path / "membership"
    listing.write_text(membership)
    assert cpu_cap(listing, root) == cap


def test_threads_are_the_cap_rounded_down_and_at_least_one() -> None:
    assert thread_count(0.5) == 1
    assert thread_count(1.9) == 1
    assert thread_count(1000.0) == len(os.sched_getaffinity(0))


def test_what_somebody_has_set_stays(tmp_path: Path) -> None:
    found = pool_environment({"OMP_NUM_THREADS": "3", "MKL_NUM_THREADS": "2"}, tmp_path / "none", tmp_path)
    assert "OMP_NUM_THREADS" not in found
    assert "MKL_NUM_THREADS" not in found
    assert found["OPENBLAS_NUM_THREADS"] == "3"


def test_nothing_numeric_is_imported_before_the_threads_are_set() -> None:
    program = """
import os, sys
for name in list(os.environ):
    if name.endswith("_NUM_THREADS"): del os.environ[name]
import chartspark_runner.__main__ as entry
assert not {"numpy", "torch"} & set(sys.modules), "imported with the entry point"
class Spy:
    def find_spec(self, name, path=None, target=None):
        if name in ("numpy", "torch"):
            assert "OMP_NUM_THREADS" in os.environ, f"{name} came before the threads"
sys.meta_path.insert(0, Spy())
sys.argv = ["chartspark-runner", "--help"]
try: entry.main()
except SystemExit: pass
assert "numpy" in sys.modules
assert "torch" not in sys.modules, "torch was imported for nothing"
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
