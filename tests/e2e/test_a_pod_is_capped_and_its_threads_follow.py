"""A pod leaves the others on its node alone: a hard CPU cap, and thread pools that fit into it."""

import json
from fractions import Fraction

import pytest
from e2e_support import Jobs, eventually, manifest

READ_CAP = """
import pathlib
v1, v2 = pathlib.Path("/sys/fs/cgroup/cpu"), pathlib.Path("/sys/fs/cgroup/cpu.max")
files = [v2] if v2.exists() else [v1 / "cpu.cfs_quota_us", v1 / "cpu.cfs_period_us"]
print(*(file.read_text().strip() for file in files))
"""


@pytest.mark.parametrize(("cpu", "threads"), [("2", 2), ("1500m", 1), ("600m", 1)])
def test_the_cgroup_holds_the_manifests_cap_and_torch_its_floor(jobs: Jobs, cpu: str, threads: int) -> None:
    jobs.apply(manifest("capped", "one", pod={"cpu": cpu, "memory": "3Gi"}))
    pod = eventually(lambda: jobs.running_pod("capped"), "a running pod")
    quota, period = jobs.kubectl("exec", pod["metadata"]["name"], "--", "python3", "-c", READ_CAP).split()
    cores = Fraction(cpu) if not cpu.endswith("m") else Fraction(int(cpu[:-1]), 1000)
    assert Fraction(int(quota), int(period)) == cores
    done = jobs.wait("capped", "Complete")
    metadata = json.loads(jobs.storage.run("cat", f"{jobs.results(done)}/one/metadata.json"))
    assert metadata["threads"] == threads
