"""Keeps the store of ChartSparkJobs up to date: from kopf's watch, and from a list of our own now and then.

Called by `informer` for each event, and by `main`. The list mends what the watch lost; and as the watch
cannot be asked whether it lives, its silence while the list shows news is what tells.
"""

import asyncio
from dataclasses import dataclass

import structlog

from chartspark_operator.cluster.api import Api
from chartspark_operator.cluster.freshness import Freshness
from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.cluster.listing import Scope, list_all
from chartspark_operator.cluster.mirror import PAUSE_AFTER_FAILURE
from chartspark_operator.cluster.parse_owner import OwnerFacts, parse_owner
from chartspark_operator.errors import OperatorError, UnreadableStatusError
from chartspark_operator.observe import World
from chartspark_operator.observed import Key
from chartspark_operator.settings import Settings
from chartspark_operator.work_queue import WorkQueue

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Owners:
    """Where ChartSparkJobs come from, and where they go."""

    api: Api
    scope: Scope
    world: World
    queue: WorkQueue
    freshness: Freshness
    settings: Settings

    def take(self, kind: str | None, raw: JsonObject) -> None:
        """Take an event of the watch; `kind` is ADDED, MODIFIED, DELETED, or None for the first list."""
        self.freshness.seen(self.scope.resource[1])
        metadata = raw["metadata"]
        key = Key(metadata["namespace"], metadata["name"])
        if kind == "DELETED":
            self.world.owners.drop(metadata["uid"])
            self.queue.add(key)
            return
        facts = self._parse(raw)
        if facts is not None and self.world.owners.put(key, facts):
            self.queue.add(key)

    async def list_once(self) -> None:
        """Take a complete list, and ask for a pass over every job."""
        listing = await list_all(self.api, self.scope, self._parse)
        news = self.world.owners.replace(
            ((facts.owner.key, facts) for facts in listing.items), listing.version
        )
        if news:
            _log.info("list had news", jobs=len(news))
        else:
            self.freshness.seen(self.scope.resource[1])
        self.world.pods.forget_all_but(lambda uid: self.world.owners.group_of(uid) is not None)
        for key in {*self.world.owners.groups(), *news}:
            self.queue.add(key)

    async def list_again_and_again(self) -> None:
        """List from time to time, until cancelled."""
        while True:
            await asyncio.sleep(self.settings.resync_seconds)
            try:
                await self.list_once()
            except OperatorError as error:
                _log.warning("list failed", resource=self.scope.resource[1], error=str(error))
                await asyncio.sleep(PAUSE_AFTER_FAILURE)

    def _parse(self, raw: JsonObject) -> OwnerFacts | None:
        try:
            return parse_owner(raw, self.settings)
        except UnreadableStatusError as error:
            _log.error("job left alone", error=str(error))
            return None
