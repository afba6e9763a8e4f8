"""etcd and the API server of the run's own cluster, which writes down every change: killed, and started again as they were.

Called by the run and by its faults.
"""

import asyncio
import signal
from dataclasses import dataclass

from chartspark_dev.embedded import processes
from chartspark_dev.embedded.layout import Layout

API_SERVER, ETCD = "kube-apiserver", "etcd"
DEAD = 1.5
"""Seconds that one of them is away, besides its start."""
LOOK = 0.5
CHANGES = {
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

    async def keep(self) -> None:
        """Start again what ended, as a kubelet does with the pods of a control plane, until cancelled."""
        while True:
            for name in (ETCD, API_SERVER):
                if not processes.alive(self._record(name)):
                    await asyncio.sleep(DEAD)
                    processes.start(self.layout, name, *self._record(name).argv)
            await asyncio.sleep(LOOK)

    async def kill(self, name: str) -> str:
        """Kill one of them, and return which process it was, and which one is there instead."""
        killed = self._record(name)
        await asyncio.to_thread(processes.end, [killed], signal.SIGKILL)
        while self._record(name).pid == killed.pid:  # noqa: ASYNC110 - it happens elsewhere
            await asyncio.sleep(LOOK)
        return f"process {killed.pid} is gone, {self._record(name).pid} is there"

    def _record(self, name: str) -> processes.Record:
        return processes.records(self.layout)[name]
