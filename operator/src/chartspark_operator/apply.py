"""Carries out a plan's actions and tells its events. Called by `reconcile` once the status is written.

Every action may have been carried out before, by a process that was killed right after it: what is there
and ours is adopted, what is gone is gone.
"""

from dataclasses import dataclass
from typing import Any, assert_never

import structlog
from chartspark_api.job import ChartSparkJob
from chartspark_api.names import MANAGED_BY_LABEL, attempt_name, request_name

from chartspark_operator.actions import Action, DeleteObject, DeletePodByForce, StartAttempt, StopAttempt
from chartspark_operator.allowed.policies import not_allowed
from chartspark_operator.cluster.api import Api
from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.cluster.parse_job import controller_uid, parse_job
from chartspark_operator.cluster.paths import (
    CHARTSPARKJOBS,
    CONFIG_MAPS,
    EVENTS,
    JOBS,
    PODS,
    Resource,
    collection,
    member,
)
from chartspark_operator.cluster.tables import read_tables
from chartspark_operator.errors import (
    ApiError,
    ConflictError,
    ForeignObjectError,
    NotAllowedError,
    NotFoundError,
)
from chartspark_operator.manifests.attempt import attempt_job
from chartspark_operator.manifests.event import transition_event
from chartspark_operator.manifests.request import read_request, request_config_map, table_sources
from chartspark_operator.observe import World
from chartspark_operator.observed import Key, Owner
from chartspark_operator.planned import Event
from chartspark_operator.settings import Settings

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Hands:
    """What is needed to act."""

    api: Api
    settings: Settings
    world: World

    async def apply(self, owner: Owner, action: Action) -> None:
        """Carry out `action`. Repeating it does no harm."""
        match action:
            case StartAttempt():
                await self._start_attempt(owner, action)
            case StopAttempt(job, uid, unknown):
                if unknown:
                    await self._make_sure_of_the_status(owner)
                await self._delete(JOBS, Key(owner.key.namespace, job), uid)
            case DeletePodByForce(pod, uid):
                await self._delete(PODS, Key(owner.key.namespace, pod), uid, {"gracePeriodSeconds": 0})
            case DeleteObject(uid):
                await self._delete(CHARTSPARKJOBS, owner.key, uid)
            case _:
                assert_never(action)

    async def tell(self, owner: Owner, event: Event) -> None:
        """Create the Kubernetes event, unless it is there.

        Raises OperatorError where it may be possible later. What is refused for good is logged and lost.
        """
        body = transition_event(owner, event, self.settings)
        try:
            await self.api.create(collection(EVENTS, owner.key.namespace), body)
        except ConflictError:
            return
        except ApiError as error:
            if error.may_pass:
                raise
            _log.warning("event lost", reason=str(event.reason), error=str(error))

    async def _start_attempt(self, owner: Owner, start: StartAttempt) -> None:
        request = await self._ensure_request(owner)
        refused = not_allowed(request.spec.pod, request.spec.queue, self.settings)
        if refused is not None:
            name = request_name(owner.key.name, owner.uid)
            raise NotAllowedError(f"The ConfigMap {name} is not the operator's: {refused} Delete it.")
        if start.number > 1:
            await self._end_an_earlier(owner, start.number - 1)
        manifest = attempt_job(request, self.settings, start)
        created = await self._ensure(JOBS, manifest, owner)
        if MANAGED_BY_LABEL not in created["metadata"].get("labels", {}):
            await self._end_the_hidden(owner, created)
        # The plan of the next pass has to see this Job, though the watch may come later.
        parsed = parse_job(created)
        if parsed is not None:
            self.world.jobs.put(*parsed)
        name = created["metadata"]["name"]
        _log.info("attempt started", attempt=start.number, shards=start.shards, child=name)

    async def _make_sure_of_the_status(self, owner: Owner) -> None:
        """Raise ConflictError if the status has changed since it was seen or written last: it may know of more Jobs."""
        known = self.world.owners.get(owner.uid)
        newest = await self.api.get(member(CHARTSPARKJOBS, owner.key))
        if known is None or newest["metadata"]["resourceVersion"] != known.resource_version:
            raise ConflictError(409, f"{owner.key.name} has changed meanwhile.")

    async def _end_an_earlier(self, owner: Owner, number: int) -> None:
        """Look for the Job of an earlier attempt, which no watch may show, and end it if it is at work."""
        key = Key(owner.key.namespace, attempt_name(owner.key.name, owner.uid, number))
        try:
            found = await self.api.get(member(JOBS, key))
        except NotFoundError:
            return
        await self._end_the_hidden(owner, found)

    async def _end_the_hidden(self, owner: Owner, job: JsonObject) -> None:
        """Delete a Job if it is the owner's and at work: somebody took the labels off that it is watched by.

        Raises ConflictError where it was: its pods are waited for by the next pass.
        """
        parsed = parse_job(job)
        if parsed is None or parsed[0] != owner.uid or not parsed[1].at_work:
            return
        key = Key(owner.key.namespace, job["metadata"]["name"])
        _log.warning("hidden Job deleted", child=key.name)
        await self._delete(JOBS, key, parsed[1].uid)
        raise ConflictError(409, f"{key.name} was still at work, without the labels that it is watched by.")

    async def _ensure_request(self, owner: Owner) -> ChartSparkJob:
        raw = await self.api.get(member(CHARTSPARKJOBS, owner.key))
        if raw["metadata"]["uid"] != owner.uid:
            raise NotFoundError(404, f"{owner.key.name} was deleted and applied again.")
        job = ChartSparkJob.model_validate(raw | {"status": None})
        tables: dict[str, str] = {}
        if sources := table_sources(job):
            stored = await self._stored_request(owner)
            if stored is not None:
                return stored
            tables = await read_tables(self.api, owner.key.namespace, sources)
        manifest = request_config_map(job, self.settings, tables)
        return read_request(await self._ensure(CONFIG_MAPS, manifest, owner))

    async def _stored_request(self, owner: Owner) -> ChartSparkJob | None:
        """Return the request of an earlier attempt: it holds the tables, whatever became of their ConfigMaps."""
        name = request_name(owner.key.name, owner.uid)
        try:
            stored = await self.api.get(member(CONFIG_MAPS, Key(owner.key.namespace, name)))
        except NotFoundError:
            return None
        return read_request(stored) if controller_uid(stored["metadata"]) == owner.uid else None

    async def _ensure(self, resource: Resource, manifest: dict[str, Any], owner: Owner) -> dict[str, Any]:
        try:
            return await self.api.create(collection(resource, owner.key.namespace), manifest)
        except ConflictError:
            name = manifest["metadata"]["name"]
            existing = await self.api.get(member(resource, Key(owner.key.namespace, name)))
            if controller_uid(existing["metadata"]) != owner.uid:
                raise ForeignObjectError(
                    f"{manifest['kind']} {name} exists and belongs to somebody else; delete it or rename it."
                ) from None
            return existing

    async def _delete(self, resource: Resource, key: Key, uid: str, more: JsonObject | None = None) -> None:
        options = {"propagationPolicy": "Background", "preconditions": {"uid": uid}} | (more or {})
        try:
            await self.api.delete(member(resource, key), options)
        except (NotFoundError, ConflictError):
            # Gone already, or another object under the same name: either way the one meant is gone.
            return
