"""What the cluster tier's tests say in one line: apply, wait, play the kubelet, kill the operator."""

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from chartspark_api.crd import custom_resource_definition
from chartspark_api.reasons import Reason
from chartspark_api.report import RunReport
from chartspark_dev.cluster import Cluster

Result = TypeVar("Result")
PATIENCE = 240.0
"""Seconds. Far beyond what anything here takes on a busy machine."""
PLAYED = {"nodeSelector": {"chartspark.io/kubelet": "played-by-the-test"}}
"""No node has this label: the scheduler leaves the pods alone, and the test says how they fare."""


def eventually(what: Callable[[], Result | None], described: str) -> Result:
    """Return the first true answer of `what`. Fails with the last one, when patience ends."""
    end = time.monotonic() + PATIENCE
    while not (answer := what()):
        if time.monotonic() > end:
            raise AssertionError(f"{described}: still {answer!r} after {PATIENCE:.0f} s")
        time.sleep(0.1)
    return answer


def install_crd(cluster: Cluster) -> None:
    definition = custom_resource_definition()
    cluster.kubectl("apply", "-f", "-", input=json.dumps(definition))
    name = definition["metadata"]["name"]

    def established() -> bool:
        # `kubectl wait` fails on one that is too new to have conditions.
        found = json.loads(cluster.kubectl("get", "crd", name, "-o", "json")).get("status", {})
        conditions = found.get("conditions") or ()
        return any(one["type"] == "Established" and one["status"] == "True" for one in conditions)

    eventually(established, f"{name} is served")


def job(name: str, charts: int = 2, csv: str = "k,v\na,1\n", **spec: object) -> dict[str, Any]:
    return {
        "apiVersion": "chartspark.io/v1alpha1",
        "kind": "ChartSparkJob",
        "metadata": {"name": name},
        "spec": {
            "output": {"claimName": "results"},
            "pod": PLAYED,
            "charts": [
                {"name": f"c{i}", "title": "T", "xColumn": "k", "yColumn": "v", "data": {"csv": csv}}
                for i in range(charts)
            ],
        }
        | spec,
    }


def claim(name: str, mode: str = "ReadWriteMany") -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": name},
        "spec": {"accessModes": [mode], "resources": {"requests": {"storage": "1Gi"}}},
    }


@dataclass
class Namespace:
    """A namespace of one test."""

    cluster: Cluster
    name: str

    @classmethod
    def create(cls, cluster: Cluster) -> "Namespace":
        made = cls(cluster, f"test-{uuid.uuid4().hex[:8]}")
        cluster.kubectl("create", "namespace", made.name)
        cluster.kubectl("wait", "--for=create", "-n", made.name, "serviceaccount/default", "--timeout=120s")
        made.apply(claim("results"))
        return made

    def bind_the_claim(self) -> None:
        """Give the claim for the results a volume, without which the scheduler places no pod."""
        volume = {
            "apiVersion": "v1",
            "kind": "PersistentVolume",
            "metadata": {"name": self.name},
            "spec": {
                "capacity": {"storage": "1Gi"},
                "accessModes": ["ReadWriteMany"],
                "hostPath": {"path": "/nowhere"},
                "claimRef": {"namespace": self.name, "name": "results"},
            },
        }
        self.apply(volume)
        self.kubectl("wait", "--for=jsonpath={.status.phase}=Bound", "pvc/results", "--timeout=60s")

    def delete(self) -> None:
        self.cluster.kubectl("delete", "persistentvolume", self.name, "--ignore-not-found", "--wait=false")
        self.cluster.kubectl("delete", "namespace", self.name, "--wait=false")

    def kubectl(self, *words: str, stdin: str | None = None) -> str:
        return self.cluster.kubectl("-n", self.name, *words, input=stdin)

    def apply(self, manifest: dict[str, Any]) -> None:
        self.kubectl("apply", "-f", "-", stdin=json.dumps(manifest))

    def items(self, kind: str) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = json.loads(self.kubectl("get", kind, "-o", "json"))["items"]
        return listed

    def status(self, name: str) -> dict[str, Any]:
        found = [one for one in self.items("chartsparkjobs") if one["metadata"]["name"] == name]
        return found[0].get("status", {}) if found else {"reason": "Deleted"}

    def wait_for(self, name: str, reason: str) -> dict[str, Any]:
        def reached() -> dict[str, Any] | None:
            status = self.status(name)
            return status if status.get("reason") == reason else None

        return eventually(reached, f"{name} becomes {reason}")

    def edit(self, name: str, spec: str) -> None:
        """Merge some JSON into the spec of a job."""
        self.kubectl("patch", "chartsparkjob", name, "--type=merge", "-p", f'{{"spec": {spec}}}')

    def begun(self, name: str) -> str:
        """Return the Job of the last attempt of a job, once its pods are there."""
        made = str(self.wait_for(name, "Unschedulable")["attempts"][-1]["job"])
        self.pods(made)
        return made

    def pods(self, job_name: str) -> list[dict[str, Any]]:
        """Return the pods of a Job by their completion index, once they are all there."""
        wanted = json.loads(self.kubectl("get", "job", job_name, "-o", "json"))["spec"]["completions"]

        def listed() -> list[dict[str, Any]]:
            found = [p for p in self.items("pods") if p["metadata"]["labels"].get("job-name") == job_name]
            return found if len(found) >= wanted else []

        return sorted(eventually(listed, f"the pods of {job_name}"), key=_index)

    def all_done(self, pod: dict[str, Any]) -> RunReport:
        """Return what the runner reports when it has published every chart of the pod's share."""
        name = pod["metadata"]["labels"]["chartspark.io/job"]
        spec = json.loads(self.kubectl("get", "chartsparkjob", name, "-o", "json"))["spec"]
        shards = min(spec.get("parallelism", 1), len(spec["charts"]))
        return all_done(pod, len(spec["charts"]), shards)

    def play(self, pod: dict[str, Any], code: int | None, told: RunReport | None = None) -> None:
        """Say what a kubelet would: that the runner runs (no exit code yet), or how it ended."""
        if code == 0 and told is None:
            told = self.all_done(pod)
        if code is None:
            state: dict[str, Any] = {"running": {"startedAt": "2026-01-01T00:00:00Z"}}
        else:
            message = told.fit() if told else ""
            state = {"terminated": {"exitCode": code, "reason": "Played", "message": message}}
        phase = "Running" if code is None else "Failed" if code else "Succeeded"
        runner = {
            "name": "runner",
            "image": "x",
            "imageID": "",
            "ready": False,
            "restartCount": 0,
            "state": state,
        }
        status = {"status": {"phase": phase, "containerStatuses": [runner]}}
        name = pod["metadata"]["name"]
        self.kubectl("patch", "pod", name, "--subresource=status", "--type=merge", "-p", json.dumps(status))


def all_done(pod: dict[str, Any], charts: int, shards: int) -> RunReport:
    """Return what the runner reports when it has published every chart of the pod's share."""
    arguments = pod["spec"]["containers"][0]["args"]
    shard = int(arguments[arguments.index("--shards") + 1].split(",")[_index(pod)])
    share = len(range(charts)[shard::shards])
    return RunReport(
        reason=Reason.COMPLETE,
        message="As the test wants it.",
        charts_total=share,
        charts_done=share,
        charts_failed=0,
    )


def _index(pod: dict[str, Any]) -> int:
    return int(pod["metadata"]["labels"]["batch.kubernetes.io/job-completion-index"])


def condition(status: dict[str, Any], kind: str) -> str | None:
    """Return the status of a condition. None where it is not there."""
    return next((c["status"] for c in status["conditions"] if c["type"] == kind), None)


@dataclass
class Operator:
    """The operator as a process of its own, that can be killed and started again."""

    cluster: Cluster
    namespace: str
    log: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    """Settings that differ from the defaults."""
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        environ = os.environ | {
            "KUBECONFIG": str(self.cluster.kubeconfig),
            "CHARTSPARK_NAMESPACES": self.namespace,
            "CHARTSPARK_RUNNER_IMAGE": "runner:test",
            # A process that gets no processor for seconds would end itself, and nobody here starts another.
            "CHARTSPARK_LEASE_SECONDS": "120",
            **self.settings,
        }
        argv = self.cluster.process(Path(sys.prefix) / "bin" / "chartspark-operator")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(argv, env=environ, stdout=log, stderr=log)

    def kill(self) -> None:
        """End it at whatever instruction it is, and let its lease run out at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            forget = ("delete", "lease", "chartspark", "--ignore-not-found")
            self.cluster.kubectl("-n", self.namespace, *forget)

    def terminate(self) -> int:
        """Ask it to end, and return its exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(PATIENCE)
