"""Puts together what is known of a job. Called by `reconcile`; reads the caches only, so that a pass costs no request."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from chartspark_api.report import RunProgress

from chartspark_operator.cluster.parse_owner import OwnerFacts
from chartspark_operator.cluster.store import LastSeen, Store
from chartspark_operator.observed import ChildJob, ChildPod, Key, Kueue, Observed, Workload
from chartspark_operator.told import Told


@dataclass(slots=True)
class Presence:
    """Whether Kueue's API was there when it was last asked for."""

    now: Kueue = Kueue.NOT_ASKED


@dataclass(frozen=True, slots=True)
class World:
    """All that the process knows. The watches and the writes fill it."""

    owners: Store[Key, OwnerFacts] = field(default_factory=Store)
    jobs: Store[str, ChildJob] = field(default_factory=Store)
    pods: LastSeen[str, ChildPod] = field(default_factory=LastSeen)
    """A pod that was evicted is gone before its Job says that it failed."""
    workloads: Store[str, Workload] = field(default_factory=Store)
    kueue: Presence = field(default_factory=Presence)
    progress: dict[str, RunProgress] = field(default_factory=dict)
    """What running pods last answered on /progress, by the pod's uid."""
    obstacles: dict[Key, str] = field(default_factory=dict)
    """Why the last try to create a job's child failed."""
    told: Told = field(default_factory=Told)


def observe(world: World, key: Key) -> Observed | None:
    """Return the job and its children, or None if there is no such job."""
    facts = newest(world.owners.of(key))
    if facts is None:
        return None
    transition = facts.status.transition_time
    return Observed(
        owner=facts.owner,
        asked=facts.asked,
        status=facts.status,
        jobs=tuple(sorted(world.jobs.of(facts.uid), key=lambda job: job.attempt)),
        pods=_pods(world.pods.of(facts.uid), world.progress),
        departed=_pods(world.pods.departed(facts.uid), {}),
        obstacle=world.obstacles.get(key),
        kueue=world.kueue.now,
        workloads=tuple(world.workloads.of(facts.uid)),
        untold=transition is not None and not world.told.knows(key, transition),
    )


def newest(facts: list[OwnerFacts]) -> OwnerFacts | None:
    """Return the latest of the objects that bore one name. Two are there while a job is deleted and applied again."""
    return max(facts, key=lambda one: int(one.resource_version), default=None)


def _pods(pods: list[ChildPod], progress: Mapping[str, RunProgress]) -> tuple[ChildPod, ...]:
    told = (replace(pod, progress=progress.get(pod.uid)) for pod in pods)
    return tuple(sorted(told, key=lambda pod: (pod.attempt, pod.index, pod.created, pod.uid)))
