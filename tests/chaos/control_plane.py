"""etcd and the API server of the run's own cluster: killed, and started again as they were, with an audit log.

Called by the run and by its faults.
"""

import asyncio
import signal
from dataclasses import dataclass
from pathlib import Path

import yaml
from chartspark_dev.embedded import processes
from chartspark_dev.embedded.layout import Layout

API_SERVER, ETCD = "kube-apiserver", "etcd"
MEGABYTES = "4000"
"""More than any run writes: a log that is begun anew would forget."""
POLICY = {
    "apiVersion": "audit.k8s.io/v1",
    "kind": "Policy",
    "omitManagedFields": True,
    "rules": [
        {"level": "None", "verbs": ["get", "list", "watch"]},
        {
            "level": "RequestResponse",
            "resources": [
                {"group": "", "resources": ["pods", "pods/status", "pods/eviction"]},
                {"group": "batch", "resources": ["jobs", "jobs/status"]},
                {"group": "chartspark.io", "resources": ["*"]},
            ],
        },
        {"level": "None"},
    ],
}


@dataclass(frozen=True)
class ControlPlane:
    """The two processes that everything is stored through."""

    layout: Layout
    audit_log: Path

    async def begin(self) -> None:
        """Have the API server write down every change."""
        policy = self.layout.control_plane / "audit.yaml"
        policy.write_text(yaml.safe_dump(POLICY))
        self.audit_log.unlink(missing_ok=True)
        more = (
            f"--audit-policy-file={policy}",
            f"--audit-log-path={self.audit_log}",
            f"--audit-log-maxsize={MEGABYTES}",
        )
        found = self._record(API_SERVER)
        if f"--audit-policy-file={policy}" not in found.argv:
            await self.kill(API_SERVER)
            processes.start(self.layout, API_SERVER, *found.argv, *more)

    async def kill(self, name: str) -> int:
        """Kill one of them, and return which process it was."""
        record = self._record(name)
        await asyncio.to_thread(processes.end, [record], signal.SIGKILL)
        return record.pid

    def start(self, name: str) -> int:
        """Start it again, with the same arguments, and return which process it is."""
        return processes.start(self.layout, name, *self._record(name).argv).pid

    def _record(self, name: str) -> processes.Record:
        return processes.records(self.layout)[name]
