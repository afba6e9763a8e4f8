"""The table of faults, and who injects them: every few seconds some, from a shuffled pack, until each kind was there.

A fault counts when it has happened, with its time; whether jobs were at work then, the referee finds in the audit log.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import faults_of_hands as hands
import faults_of_machines as machines
import faults_of_pods as pods
from door import AwayError
from stage import Stage

Inject = Callable[[Stage], Awaitable[str | None]]
PAUSE = 5.0
"""Seconds between two draws, while something is at work."""


def _named(*faults: Inject) -> dict[str, Inject]:
    return {one.__name__.replace("_", "-"): one for one in faults}


OF_MACHINES = _named(
    machines.api_server_killed,
    machines.etcd_killed,
    machines.operator_killed,
    machines.every_operator_killed,
    machines.operator_frozen,
    machines.operator_cut_off,
    machines.connections_cut,
    machines.answers_lost,
    machines.requests_lost,
    machines.requests_refused,
    machines.watches_frozen,
    machines.watches_expired,
    machines.clock_put_forward,
    machines.clock_put_back,
    machines.node_deleted,
)
OF_PODS_AND_HANDS: dict[str, Inject] = {
    **{ending.name: pods.ends_as(ending) for ending in pods.ENDINGS},
    **_named(
        pods.pod_deleted,
        pods.pod_evicted,
        hands.child_deleted,
        hands.child_suspended,
        hands.child_unlabelled,
        hands.child_stripped,
        hands.request_deleted,
        hands.job_edited,
        hands.status_wiped,
        hands.status_put_back,
    ),
}
PACKS: tuple[tuple[Mapping[str, Inject], int], ...] = ((OF_MACHINES, 1), (OF_PODS_AND_HANDS, 2))
"""The kinds, and how many are drawn at a time: two parts of the ground never break in the same second."""
KINDS = (*OF_MACHINES, *OF_PODS_AND_HANDS)


@dataclass(frozen=True)
class Injected:
    """A fault that happened."""

    kind: str
    begun: datetime
    over: datetime
    hit: str


@dataclass
class Pack:
    """Kinds in a drawn order; shuffled anew when all were drawn, so that each comes as often as any other."""

    kinds: tuple[str, ...]
    dice: random.Random
    left: list[str] = field(default_factory=list)

    def draw(self) -> str:
        if not self.left:
            self.left = list(self.kinds)
            self.dice.shuffle(self.left)
        return self.left.pop()

    def put_back(self, kind: str) -> None:
        """Have a kind that hit nothing drawn again, after those that are left."""
        self.left.insert(0, kind)


@dataclass
class Injector:
    """Who makes the faults."""

    stage: Stage
    injected: list[Injected] = field(default_factory=list)

    async def run(self, enough: Callable[[], bool]) -> None:
        """Inject until it is enough and each kind was there, and every fault is over."""
        packs = [(Pack(tuple(kinds), self.stage.dice), kinds, number) for kinds, number in PACKS]
        async with asyncio.TaskGroup() as group:
            while not enough():
                # A fault while nothing is at work shows nothing, and on a slow machine keeps it so for ever.
                for pack, kinds, number in packs if self.stage.kubelets.at_work else ():
                    for _ in range(number):
                        kind = pack.draw()
                        group.create_task(self._inject(kind, kinds[kind], pack))
                await asyncio.sleep(PAUSE)

    @property
    def missing(self) -> set[str]:
        """The kinds that have not happened."""
        return set(KINDS) - {one.kind for one in self.injected}

    async def _inject(self, kind: str, inject: Inject, pack: Pack) -> None:
        begun = datetime.now(UTC)
        try:
            hit = await inject(self.stage)
        except AwayError:
            hit = None
        if hit is None:
            pack.put_back(kind)
        else:
            self.injected.append(Injected(kind, begun, datetime.now(UTC), hit))
