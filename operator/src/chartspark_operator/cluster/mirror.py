"""Keeps a store equal to what the API server has of the children: a list, then a watch, again and again.

Called by `operation`, once for Jobs, once for pods, and once for Kueue's Workloads. The watch selects by label where
it can, so that the other pods of the cluster never travel. Each round ends with a new list, which mends whatever a
watch lost.
"""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol

import structlog

from chartspark_operator.cluster.api import Api
from chartspark_operator.cluster.freshness import Freshness
from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.cluster.listing import Scope, list_all
from chartspark_operator.cluster.paths import collection
from chartspark_operator.cluster.store import Item, Store
from chartspark_operator.errors import ExpiredError, NotFoundError, OperatorError

PAUSE_AFTER_FAILURE = 2.0
"""Seconds. Two watches at this pace burden no API server, and a restart of one is over in less."""

PAUSE_WHILE_ABSENT = 10.0
"""Seconds between two looks for a resource that the API server does not know."""

_log = structlog.get_logger()


class Noticed(Protocol):
    """Who is told at each list whether the API server knows the resource."""

    def __call__(self, *, served: bool) -> None:
        """Take note."""


def _needs_no_telling(*, served: bool) -> None:
    """Stand for whom to tell of a resource that every cluster has."""


@dataclass(frozen=True, slots=True)
class Mirror(Generic[Item]):
    """What to mirror, and whom to tell."""

    api: Api
    scope: Scope
    parse: Callable[[JsonObject], tuple[str, Item] | None]
    """Returns the uid of the owner, and the child."""
    store: Store[str, Item]
    changed: Callable[[str], None]
    """Is told the uid of an owner whose children changed."""
    freshness: Freshness
    round_seconds: int
    synced: asyncio.Event
    """Set after the first list. Before it, a missing child means nothing."""
    noticed: Noticed = _needs_no_telling

    async def run(self) -> None:
        """Mirror until cancelled."""
        while True:
            try:
                await self._round()
            except* NotFoundError:
                self._forget_all()
                await asyncio.sleep(PAUSE_WHILE_ABSENT)
            except* ExpiredError:
                _log.info("watch expired, listing again", resource=self.scope.resource[1])
            except* OperatorError as group:
                _log.warning("list failed", resource=self.scope.resource[1], error=str(group.exceptions[0]))
                await asyncio.sleep(PAUSE_AFTER_FAILURE)

    async def _round(self) -> None:
        versions = await self._list()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.round_seconds), asyncio.TaskGroup() as watches:
                for namespace, version in versions.items():
                    watches.create_task(self._watch(namespace, version))

    async def _list(self) -> dict[str | None, str]:
        listing = await list_all(self.api, self.scope, self._parse)
        for owner in self.store.replace(listing.items, listing.version):
            self.changed(owner)
        self.noticed(served=True)
        self._synced()
        return listing.versions

    def _forget_all(self) -> None:
        """Take note that there is no such resource: that is an answer, too."""
        for item in self.store:
            owner = self.store.drop(item.uid)
            if owner is not None:
                self.changed(owner)
        self.noticed(served=False)
        self._synced()

    def _synced(self) -> None:
        self.freshness.seen(self.scope.resource[1])
        self.synced.set()

    async def _watch(self, namespace: str | None, version: str) -> None:
        path = collection(self.scope.resource, namespace)
        while True:
            query = self.scope.query() | {"resourceVersion": version, "allowWatchBookmarks": "true"}
            try:
                async for event in self.api.watch(path, query):
                    version = event["object"]["metadata"]["resourceVersion"]
                    self.freshness.seen(self.scope.resource[1])
                    self._take(event)
            except (ExpiredError, NotFoundError):
                raise
            except OperatorError as error:
                _log.warning("watch failed", resource=self.scope.resource[1], error=str(error))
                await asyncio.sleep(PAUSE_AFTER_FAILURE)

    def _take(self, event: JsonObject) -> None:
        if event["type"] == "BOOKMARK":
            return
        parsed = self._parse(event["object"])
        news = parsed is not None and self.store.put(*parsed)
        owner = parsed[0] if parsed is not None and news else None
        if event["type"] == "DELETED":
            # The event shows how the object was when it went; what is only now seen may be how it ended.
            owner = self.store.drop(event["object"]["metadata"]["uid"])
        if owner is not None:
            self.changed(owner)

    def _parse(self, raw: JsonObject) -> tuple[str, Item] | None:
        try:
            return self.parse(raw)
        except (KeyError, TypeError, ValueError) as error:
            # One object that somebody else wrote, with our labels on it, must not stop the watch.
            _log.warning("object not understood", name=raw.get("metadata", {}).get("name"), error=repr(error))
            return None
