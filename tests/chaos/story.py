"""`kubectl get csj -w`, written down as a person would see it, and taken up again whenever the API server was gone."""

import asyncio
import contextlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chartspark_dev.cluster import Cluster

PAUSE = 1.0
AGE = re.compile(r"^(\d+[smhd])+$")


@dataclass(frozen=True)
class Story:
    """The watch, and where it goes."""

    cluster: Cluster
    file: Path

    async def record(self) -> None:
        """Write down what changes until cancelled, each line once, with its time."""
        argv = self.cluster.kubectl_argv("get", "csj", "-A", "-o", "wide", "--no-headers", "-w")
        last: dict[tuple[str, ...], list[str]] = {}
        with self.file.open("w") as story:
            while True:
                process = await asyncio.create_subprocess_exec(
                    *argv, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
                )
                try:
                    assert process.stdout is not None
                    async for line in process.stdout:
                        words = line.decode().split()
                        # The age grows by itself, and is no news.
                        key, said = tuple(words[:2]), [word for word in words[2:] if not AGE.match(word)]
                        if last.get(key) != said:
                            last[key] = said
                            story.write(f"{datetime.now():%H:%M:%S} {line.decode()}")  # noqa: DTZ005 - for people
                            story.flush()
                finally:
                    with contextlib.suppress(ProcessLookupError):
                        process.kill()
                    await process.wait()
                await asyncio.sleep(PAUSE)
