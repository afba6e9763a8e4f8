"""The operators of a chaos run: two of them, as a Deployment would keep them, each behind a proxy and with a clock of its own.

What ends is started again. The lease decides which of them works.
"""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from api_proxy import Call, Fate, Proxy, Refuse, Upstream

FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
START_AGAIN = 1.0
"""Seconds after an end. A kubelet is as quick the first time, and slower each time after it."""
FIRST_PORT = 18_000
SHORTEST, LONGEST = 15, 90
"""Seconds of a lease. Ten are installed."""
STARTS = 5
"""How many starts of a process its lease has the time for: on a machine with other work to do, all takes longer."""


@dataclass
class Replica:
    """One operator process after another."""

    number: int
    proxy: Proxy
    folder: Path
    settings: dict[str, str]
    ends: Counter[int] = field(default_factory=Counter)
    """How often a process ended, by its exit code."""
    renewed: float = 0.0
    """When it last wrote the lease."""
    weather: Fate = Fate.LET
    """What becomes of a request now, or of every second one where it is none of LET."""
    refusal: Refuse | None = None
    process: asyncio.subprocess.Process | None = None
    _asked: int = 0

    def __post_init__(self) -> None:
        self.proxy.decide = self._decide
        self.folder.mkdir(parents=True, exist_ok=True)
        self.set_clock(0)
        user = {"name": "nobody", "user": {"token": "the proxy has its own"}}
        cluster = {"name": "proxy", "cluster": {"server": f"http://127.0.0.1:{self.proxy.port}"}}
        context = {"name": "proxy", "context": {"cluster": "proxy", "user": "nobody"}}
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [cluster],
            "users": [user],
            "contexts": [context],
            "current-context": "proxy",
        }
        self._kubeconfig.write_text(yaml.safe_dump(config))

    async def keep(self) -> None:
        """Keep an operator running until cancelled."""
        try:
            while True:
                with (self.folder / "operator.log").open("ab") as log:
                    self.process = await asyncio.create_subprocess_exec(
                        Path(sys.prefix) / "bin" / "chartspark-operator",
                        env=self._environ(),
                        stdout=log,
                        stderr=log,
                    )
                self.ends[await self.process.wait()] += 1
                await asyncio.sleep(START_AGAIN)
        finally:
            self.signal(signal.SIGKILL)

    def signal(self, which: signal.Signals) -> None:
        """Send a signal to the process that runs now, if one does."""
        if self.process is not None and self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(which)

    def set_clock(self, seconds: int) -> None:
        """Put the wall clock of the process forward, or back."""
        new = self._clock.with_suffix(".new")
        new.write_text(f"{seconds:+d}\n")
        new.replace(self._clock)

    @property
    def _clock(self) -> Path:
        return self.folder / "clock"

    @property
    def _kubeconfig(self) -> Path:
        return self.folder / "kubeconfig"

    def _environ(self) -> dict[str, str]:
        return {
            **os.environ,
            "KUBECONFIG": str(self._kubeconfig),
            "CHARTSPARK_RUNNER_IMAGE": "runner:chaos",
            "CHARTSPARK_METRICS_PORT": str(FIRST_PORT + 2 * self.number),
            "CHARTSPARK_HEALTH_PORT": str(FIRST_PORT + 2 * self.number + 1),
            # Only the wall clock can be set on a machine; what counts seconds runs on.
            "LD_PRELOAD": str(FAKETIME),
            "FAKETIME_TIMESTAMP_FILE": str(self._clock),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            **self.settings,
        }

    def _decide(self, call: Call) -> Fate | Refuse:
        if call.resource == "leases" and call.method != "GET":
            self.renewed = time.monotonic()
        self._asked += 1
        if self._asked % 2:
            return Fate.LET
        return self.refusal or self.weather


@dataclass
class Replicas:
    """All of them."""

    every: list[Replica]
    lease: int
    """Seconds."""

    @classmethod
    async def beginning(
        cls, upstream: Upstream, folder: Path, settings: dict[str, str], stack: contextlib.AsyncExitStack
    ) -> "Replicas":
        """Return two replicas, whose proxies serve as long as `stack` lasts."""
        lease = await _lease()
        settings = settings | {"CHARTSPARK_LEASE_SECONDS": str(lease)}
        made = []
        for number in range(2):
            proxy = await stack.enter_async_context(Proxy(upstream).serving())
            made.append(Replica(number, proxy, folder / f"operator-{number}", settings))
        return cls(made, lease)

    @property
    def leader(self) -> Replica:
        """Who renewed the lease last."""
        return max(self.every, key=lambda one: one.renewed)

    async def keep(self) -> None:
        """Keep them running until cancelled."""
        async with asyncio.TaskGroup() as group:
            for one in self.every:
                group.create_task(one.keep())


async def _lease() -> int:
    """Return how long a lease lasts that an operator can keep on this machine, as busy as it is."""
    begun = time.monotonic()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "import chartspark_operator.main")
    await process.wait()
    return round(min(LONGEST, max(SHORTEST, STARTS * (time.monotonic() - begun))))
