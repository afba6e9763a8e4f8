"""All that the operator ever does to a cluster, besides writing a status. Decided by the rules, applied by `apply`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Avoided:
    """Nodes that an attempt keeps away from."""

    nodes: tuple[str, ...] = ()
    strictly: bool = True
    """Whether it rather waits than takes one of them."""


@dataclass(frozen=True, slots=True)
class StartAttempt:
    """Create the request's ConfigMap and the attempt's Job, or adopt them if they are there and ours."""

    number: int
    shards: tuple[int, ...]
    avoided: Avoided = Avoided()
    round: int = 1
    batch: int | None = None
    """How many pictures a pod makes at once at most. None: as many as the request says."""


@dataclass(frozen=True, slots=True)
class StopAttempt:
    """Delete the attempt's Job, and its pods with it."""

    job: str
    uid: str
    unknown: bool = False
    """Whether the status knows nothing of it. Then the status has to be the newest that there is."""


@dataclass(frozen=True, slots=True)
class DeletePodByForce:
    """Delete a pod whose node does not let it go, without waiting for the node."""

    pod: str
    uid: str


@dataclass(frozen=True, slots=True)
class DeleteObject:
    """Delete the ChartSparkJob; its children follow by their owner references."""

    uid: str


Action = StartAttempt | StopAttempt | DeletePodByForce | DeleteObject
