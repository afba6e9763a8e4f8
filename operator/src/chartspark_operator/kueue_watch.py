"""Notes whether Kueue's API is there at all, and wakes the jobs that Kueue decides about. Called by the mirror of Workloads."""

from dataclasses import dataclass

import structlog

from chartspark_operator.observe import World
from chartspark_operator.observed import Kueue, Request
from chartspark_operator.work_queue import WorkQueue

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class KueueWatch:
    """Where it is noted, and whom to wake."""

    world: World
    queue: WorkQueue

    def note(self, *, served: bool) -> None:
        """Take note of what the last list showed."""
        now = Kueue.SERVED if served else Kueue.ABSENT
        if now is self.world.kueue.now:
            return
        _log.info("kueue found" if served else "kueue is absent")
        self.world.kueue.now = now
        for facts in self.world.owners:
            if isinstance(facts.asked, Request) and facts.asked.kueue_queue is not None:
                self.queue.add(facts.owner.key)
