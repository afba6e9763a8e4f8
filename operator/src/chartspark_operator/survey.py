"""Looks at what a job needs and does not own: its claim, its ConfigMaps, and the events of a Job without pods.

Called by `reconcile` before it plans, and only where `attention` says so: none of this is watched, because
a watch would hold every claim, ConfigMap and event of the cluster for the few that matter.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from chartspark_api.names import TABLES_DIGEST_ANNOTATION, request_name

from chartspark_operator.attention import job_without_pods, request_to_begin
from chartspark_operator.cluster.api import Api
from chartspark_operator.cluster.certificates import find_certificates
from chartspark_operator.cluster.paths import CLAIMS, CONFIG_MAPS, EVENTS, collection, member
from chartspark_operator.cluster.tables import read_tables
from chartspark_operator.errors import ApiError, MissingTextError, NotFoundError
from chartspark_operator.manifests.request import tables_digest
from chartspark_operator.observed import ChildJob, Key, Observed, Owner, Request, Surroundings

NEWEST_EVENTS = "20"
"""The Job controller repeats itself; the API server merges what is the same."""


@dataclass(frozen=True, slots=True)
class Surveyor:
    """Reads from the API server; changes nothing."""

    api: Api

    async def survey(self, observed: Observed, now: datetime) -> Observed:
        """Return `observed` with what this pass needs to know besides."""
        request = request_to_begin(observed)
        if request is not None:
            return replace(observed, surroundings=await self._readable(observed, request))
        job = job_without_pods(observed, now)
        if job is not None:
            return replace(observed, pods_refused=await self._refusal(observed.owner, job))
        return observed

    async def _readable(self, observed: Observed, request: Request) -> Surroundings:
        try:
            return await self._surroundings(observed, request)
        except ApiError as error:
            if error.may_pass:
                raise
            return Surroundings(claim_modes=None, unreadable=str(error))

    async def _surroundings(self, observed: Observed, request: Request) -> Surroundings:
        owner = observed.owner
        found = await self._claims(owner.key.namespace, request)
        try:
            tables = await read_tables(self.api, owner.key.namespace, request.sources)
            if request.ca_bundle is not None and not observed.status.attempts:
                await find_certificates(self.api, owner.key.namespace, request.ca_bundle)
        except MissingTextError as error:
            # Once there is a request it holds the tables, and what becomes of the ConfigMaps is only news.
            gone = bool(observed.status.attempts)
            return replace(found, missing_text=None if gone else str(error), tables_changed=gone)
        changed = bool(tables) and await self._begun_with_others(owner, tables_digest(tables))
        size = sum(len(table.encode()) for table in tables.values())
        return replace(found, tables_bytes=size, tables_changed=changed)

    async def _claims(self, namespace: str, request: Request) -> Surroundings:
        results = await self._claim_modes(Key(namespace, request.claim))
        match request.model_claim:
            case None:
                return Surroundings(results)
            case request.claim:
                return Surroundings(results, model_claim_modes=results)
            case other:
                models = await self._claim_modes(Key(namespace, other))
                return Surroundings(results, model_claim_modes=models)

    async def _claim_modes(self, key: Key) -> tuple[str, ...] | None:
        try:
            claim = await self.api.get(member(CLAIMS, key))
        except NotFoundError:
            return None
        return tuple(claim["spec"].get("accessModes", ()))

    async def _begun_with_others(self, owner: Owner, digest: str) -> bool:
        name = request_name(owner.key.name, owner.uid)
        try:
            stored = await self.api.get(member(CONFIG_MAPS, Key(owner.key.namespace, name)))
        except NotFoundError:
            return False
        annotations: dict[str, str] = stored["metadata"].get("annotations", {})
        return annotations.get(TABLES_DIGEST_ANNOTATION, digest) != digest

    async def _refusal(self, owner: Owner, job: ChildJob) -> str | None:
        selector = f"involvedObject.uid={job.uid},reason=FailedCreate"
        query = {"fieldSelector": selector, "limit": NEWEST_EVENTS}
        try:
            page = await self.api.list_page(collection(EVENTS, owner.key.namespace), query)
        except ApiError as error:
            if error.may_pass:
                raise
            return f"the operator may not read why: {error}"
        events = sorted(page.get("items") or (), key=lambda event: event.get("lastTimestamp") or "")
        return str(events[-1].get("message", "")).removeprefix("Error creating: ") if events else None
