"""Puts the parts together and runs them. Called by `main`.

Children are listed before the first pass: until then a missing Job means nothing, and to plan would be to
double work.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from functools import partial

from aiolimiter import AsyncLimiter
from chartspark_api.names import MANAGED_BY, MANAGED_BY_LABEL
from chartspark_api.reasons import explain

from chartspark_operator.admission.demand import Limits
from chartspark_operator.admission.doorkeeper import keep
from chartspark_operator.admission.ledger import Ledger
from chartspark_operator.apply import Hands
from chartspark_operator.backoff import Backoff
from chartspark_operator.cluster.api import Api
from chartspark_operator.cluster.freshness import Freshness
from chartspark_operator.cluster.lease import Lease
from chartspark_operator.cluster.listing import Scope
from chartspark_operator.cluster.login import connect
from chartspark_operator.cluster.mirror import Mirror
from chartspark_operator.cluster.parse_job import parse_job
from chartspark_operator.cluster.parse_pod import parse_pod
from chartspark_operator.cluster.parse_workload import parse_workload
from chartspark_operator.cluster.paths import CHARTSPARKJOBS, JOBS, PODS, WORKLOADS, Resource
from chartspark_operator.deadlines import Deadlines
from chartspark_operator.guard import Guard
from chartspark_operator.informer import inform
from chartspark_operator.kueue_watch import KueueWatch
from chartspark_operator.metrics import Metrics
from chartspark_operator.observe import World
from chartspark_operator.observed import ChildJob, ChildPod, Workload
from chartspark_operator.owners import Owners
from chartspark_operator.polling import Poller
from chartspark_operator.reconcile import Reconciler
from chartspark_operator.serving import serving_health, serving_metrics
from chartspark_operator.settings import Settings
from chartspark_operator.standing_by import asked_to_end, complaint, lease_key, won
from chartspark_operator.survey import Surveyor
from chartspark_operator.times import read
from chartspark_operator.work_queue import WorkQueue
from chartspark_operator.workers import Workers

LONG_WAIT = timedelta(minutes=15)
"""What is waited for as long as this does not come by itself, as a rule."""
WORKERS = 16
"""Passes at once. They mostly wait for the API server; the rate limit, not this number, protects it."""
SILENT_WATCH = 180.0
"""Seconds. Bookmarks come about every minute, and a broken connection is noticed after a minute and a half."""


Mirrors = tuple[Mirror[ChildJob] | Mirror[ChildPod] | Mirror[Workload], ...]

LEASE_REQUESTS = 5
"""Requests a second that the lease may make, beside all others. It makes one in two seconds."""


async def operate(settings: Settings, guard: Guard) -> None:
    """Stand by until the lease is ours, then run until the process is asked to end. Raises OperatorError where it cannot begin."""
    metrics, world, queue = Metrics(), World(), WorkQueue()
    freshness = _freshness(settings)
    ledger = Ledger(world, _limits(settings), settings.limit_queued_jobs, queue.add)
    metrics.observe_leadership(lambda: guard.leads)
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(await connect())
        limiter = AsyncLimiter(settings.api_burst, settings.api_burst / settings.api_qps)
        api = Api(client, limiter, metrics, guard)
        lease = Lease(
            Api(client, AsyncLimiter(LEASE_REQUESTS, 1), metrics, guard),
            lease_key(settings),
            settings.lease_seconds,
            guard,
        )
        await stack.enter_async_context(serving_metrics(metrics.registry, settings.metrics_port))
        await stack.enter_async_context(
            serving_health(partial(complaint, guard, freshness), settings.health_port)
        )
        asked = asked_to_end()
        if not await won(lease, asked):
            return
        metrics.observe_at_scrape(
            partial(jobs_by_reason, world),
            lambda: stuck_jobs(world, _now()),
            queue.__len__,
            freshness.last_seen,
        )
        metrics.observe_admission(ledger.usage)
        owners = Owners(api, _scope(settings, CHARTSPARKJOBS), world, queue, freshness, settings)
        workers = _workers(settings, api, ledger, queue, metrics)
        mirrors = _mirrors(settings, api, world, queue, freshness)
        # Alive before the first list, which may take longer than the lease lasts.
        keeping = asyncio.create_task(lease.keep())
        try:
            await _run(settings, asked, owners, workers, mirrors)
        finally:
            keeping.cancel()
            await lease.release()


async def _run(
    settings: Settings,
    asked: asyncio.Event,
    owners: Owners,
    workers: Workers,
    mirrors: Mirrors,
) -> None:
    await owners.list_once()
    statuses = (facts.status for facts in owners.world.owners)
    owners.world.told.begin(status.transition_time for status in statuses if status.transition_time)
    async with asyncio.TaskGroup() as group:
        poller = Poller(owners.world, partial(_wake_owner, owners.world, owners.queue))
        background = [group.create_task(mirror.run()) for mirror in mirrors]
        for mirror in mirrors:
            await mirror.synced.wait()
        background += [group.create_task(workers.run()) for _ in range(WORKERS)]
        background += [
            group.create_task(workers.deadlines.run(owners.queue.add)),
            group.create_task(owners.list_again_and_again()),
            group.create_task(poller.run()),
            group.create_task(keep(workers.reconciler.ledger, owners.queue.add)),
        ]
        await inform(owners.take, settings.namespaces, asked, partial(_cancel, background))


def _cancel(tasks: Iterable[asyncio.Task[None]]) -> None:
    """End the tasks wherever they are. What is cut off is found unfinished by the next process."""
    for task in tasks:
        task.cancel()


def jobs_by_reason(world: World) -> Counter[str]:
    """Return how many jobs are in each reason."""
    return Counter(str(facts.status.reason) for facts in world.owners)


def stuck_jobs(world: World, now: datetime) -> Counter[str]:
    """Return how many jobs have waited for long, by what they wait for."""
    statuses = (facts.status for facts in world.owners)
    return Counter(
        str(status.reason)
        for status in statuses
        if status.reason is not None
        and explain(status.reason).waits
        and status.transition_time is not None
        and now - read(status.transition_time) >= LONG_WAIT
    )


def _freshness(settings: Settings) -> Freshness:
    limits = {
        JOBS[1]: SILENT_WATCH,
        PODS[1]: SILENT_WATCH,
        # Of this watch only events are seen; when nothing happens, a list without news is the sign.
        CHARTSPARKJOBS[1]: 2 * settings.resync_seconds + SILENT_WATCH,
        **({WORKLOADS[1]: SILENT_WATCH} if settings.kueue_enabled else {}),
    }
    return Freshness(limits, time.time)


def _scope(settings: Settings, resource: Resource, selector: str = "") -> Scope:
    return Scope(resource, settings.namespaces or (None,), selector)


def _mirrors(settings: Settings, api: Api, world: World, queue: WorkQueue, freshness: Freshness) -> Mirrors:
    ours = f"{MANAGED_BY_LABEL}={MANAGED_BY}"
    rounds, changed = settings.resync_seconds, partial(_wake_owner, world, queue)
    jobs, pods = _scope(settings, JOBS, ours), _scope(settings, PODS, ours)
    children: Mirrors = (
        Mirror(api, jobs, parse_job, world.jobs, changed, freshness, rounds, asyncio.Event()),
        Mirror(api, pods, parse_pod, world.pods, changed, freshness, rounds, asyncio.Event()),
    )
    if not settings.kueue_enabled:
        return children
    # Kueue puts no label of ours on its Workloads: all of them travel, and ours are kept.
    workloads, noted = _scope(settings, WORKLOADS), KueueWatch(world, queue).note
    synced = asyncio.Event()
    return (
        *children,
        Mirror(api, workloads, parse_workload, world.workloads, changed, freshness, rounds, synced, noted),
    )


def _limits(settings: Settings) -> Limits:
    return Limits(
        settings.limit_jobs,
        settings.limit_jobs_per_namespace,
        settings.limit_gpus,
        settings.limit_gpus_per_namespace,
    )


def _workers(settings: Settings, api: Api, ledger: Ledger, queue: WorkQueue, metrics: Metrics) -> Workers:
    world = ledger.world
    reconciler = Reconciler(world, api, Surveyor(api), ledger, Hands(api, settings, world), metrics, _now)
    return Workers(queue, Deadlines(_now), Backoff(), reconciler, metrics, _now)


def _wake_owner(world: World, queue: WorkQueue, uid: str) -> None:
    key = world.owners.group_of(uid)
    if key is not None:
        queue.add(key)


def _now() -> datetime:
    return datetime.now(UTC)
