"""The jobs of a chaos run: drawn from a seed, of several shapes. Pure; knows nothing of how they fare."""

import random
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from cluster_support import job

POOL = "chartspark.io/kubelet"
"""The label of the nodes whose kubelet the run plays."""
LAST_APPLIED = 0.8
"""When the last job is applied, as a part of the time of the faults: to the end, some are at work."""
FIRST_WAVE = 0.3
"""The part of the jobs that is applied at once, so that a queue forms."""


class Shape(Enum):
    """What a job is like, and what its user does with it."""

    SINGLE = auto()
    PARALLEL = auto()
    GPU = auto()
    URGENT = auto()
    RESTS = auto()
    CANCELLED = auto()
    DELETED = auto()
    TRIED_AGAIN = auto()
    PARTLY = auto()


OF_TWO_HUNDRED = {
    Shape.SINGLE: 70,
    Shape.PARALLEL: 35,
    Shape.GPU: 15,
    Shape.URGENT: 15,
    Shape.RESTS: 15,
    Shape.CANCELLED: 12,
    Shape.DELETED: 12,
    Shape.TRIED_AGAIN: 13,
    Shape.PARTLY: 13,
}


@dataclass(frozen=True)
class Planned:
    """A job, and when its user applies it."""

    namespace: str
    name: str
    shape: Shape
    applied_at: float
    """Seconds after the beginning."""
    acts_after: float
    """Seconds that the user waits before doing what the shape says."""
    chart_seconds: float
    """How long a chart takes."""
    charts: int
    parallelism: int

    @property
    def manifest(self) -> dict[str, Any]:
        """The object as its user applies it."""
        drawn_on_a_gpu = self.shape is Shape.GPU
        gpu = {"gpu": {"count": 1}} if drawn_on_a_gpu else {}
        model = {"model": {"name": "IconDiffusion"}} if drawn_on_a_gpu else {}
        return job(
            self.name,
            self.charts,
            parallelism=self.parallelism,
            pod={"nodeSelector": {POOL: "chaos"}, **gpu},
            queue={"priority": 10 if self.shape is Shape.URGENT else 0},
            **model,
        )


def draw(dice: random.Random, number: int, namespaces: tuple[str, ...], seconds: float) -> list[Planned]:
    """Return `number` jobs for so many seconds of faults, in the order of their time."""
    shares = {shape: max(1, round(share * number / 200)) for shape, share in OF_TWO_HUNDRED.items()}
    shapes = [shape for shape, share in shares.items() for _ in range(share)]
    dice.shuffle(shapes)
    first = round(FIRST_WAVE * number)
    planned = []
    for n, shape in enumerate(shapes[:number]):
        late = max(0, n - first) / max(1, number - first)
        parallel = shape is Shape.PARALLEL
        planned.append(
            Planned(
                namespace=dice.choice(namespaces),
                name=f"{shape.name.lower().replace('_', '-')}-{n:03}",
                shape=shape,
                applied_at=late * LAST_APPLIED * seconds,
                acts_after=dice.uniform(0.0, 0.05) * seconds,
                # The longer the faults last the slower the work, so that there is always some.
                chart_seconds=dice.uniform(0.01, 0.03) * seconds,
                charts=dice.randint(3, 6) if parallel else dice.randint(1, 3),
                parallelism=dice.randint(2, 3) if parallel else 1,
            )
        )
    return planned
