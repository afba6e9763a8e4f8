"""The Lease that one operator holds at a time. Called by `operation`; the client library's own is not used.

That one trusts the wall clock, waits for an answer without a limit, and leaves it to the process to notice that
its time is over. Here others count the time from when they last saw the lease change, and the leader counts it
from before it asked, for a shorter time: two never lead at once, whatever their clocks say.
"""

import asyncio
import socket
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from chartspark_operator.cluster.api import Api
from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.cluster.paths import LEASES, collection, member
from chartspark_operator.errors import ConflictError, NotFoundError, OperatorError
from chartspark_operator.guard import Guard, boottime
from chartspark_operator.observed import Key
from chartspark_operator.times import stamp_exactly

GUARDED = 0.8
"""The part of a lease's time for which its holder takes it for its own. The rest is for what is still on its way."""
PAUSE = 2.0
"""Seconds between two looks, and two renewals."""
PATIENCE = 3.0
"""Seconds that an answer may take: even in the shortest time that a lease can have, one fits."""

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sight:
    """A lease as it was last seen to change."""

    version: str
    at: float


class Lease:
    """The lease, as one candidate sees it."""

    def __init__(
        self, api: Api, key: Key, seconds: int, guard: Guard, clock: Callable[[], float] = boottime
    ) -> None:
        """Take a door to the API server of its own: a busy one would delay the renewal."""
        self._api = api
        self._key = key
        self._seconds = seconds
        self._guard = guard
        self._clock = clock
        self._identity = f"{socket.gethostname()}_{uuid.uuid4()}"
        self._held: JsonObject | None = None
        self._sight: Sight | None = None

    async def acquire(self) -> None:
        """Return when the lease is ours."""
        _log.info("waiting for the lease", lease=self._key.name, identity=self._identity)
        while not await self._attempt(self._take):  # noqa: ASYNC110 - it is let go of elsewhere
            await asyncio.sleep(PAUSE)
        _log.info("the lease is ours", lease=self._key.name, identity=self._identity)

    async def keep(self) -> None:
        """Renew the lease until cancelled. The guard ends the process that cannot."""
        while True:
            await asyncio.sleep(PAUSE)
            await self._attempt(self._renew)

    async def release(self) -> None:
        """Give the lease back, so that nobody has to wait until it runs out."""
        if self._held is not None:
            given_back = self._body(self._held, holder="")
            self._guard.give_up()
            await self._attempt(lambda: self._write(given_back))

    async def _attempt(self, step: Callable[[], Awaitable[bool]]) -> bool:
        asked = self._clock()
        try:
            async with asyncio.timeout(PATIENCE):
                done = await step()
        except (OperatorError, TimeoutError) as error:
            _log.warning("lease not reached", error=str(error) or "no answer")
            return False
        if done and self._held is not None and self._holder(self._held) == self._identity:
            self._guard.lead_until(asked + GUARDED * self._seconds)
        return done

    async def _take(self) -> bool:
        try:
            found = await self._api.get(member(LEASES, self._key))
        except NotFoundError:
            return await self._create()
        if self._holder(found) not in {"", self._identity} and not self._ran_out(found):
            return False
        try:
            return await self._write(self._body(found, self._identity))
        except ConflictError:
            return False

    async def _create(self) -> bool:
        body = self._body(
            {"metadata": {"name": self._key.name, "namespace": self._key.namespace}}, self._identity
        )
        try:
            self._held = await self._api.create(collection(LEASES, self._key.namespace), body)
        except ConflictError:
            return False
        return True

    async def _renew(self) -> bool:
        assert self._held is not None  # noqa: S101 - it is kept only once it was acquired
        try:
            return await self._write(self._body(self._held, self._identity))
        except (ConflictError, NotFoundError):
            found = await self._api.get(member(LEASES, self._key))
            if self._holder(found) != self._identity:
                self._guard.lose(f"{self._holder(found) or 'Nobody'} holds the lease now.")
            # Our own write, whose answer was lost, or an edit of somebody's.
            self._held = found
            return False

    async def _write(self, body: JsonObject) -> bool:
        self._held = await self._api.replace(member(LEASES, self._key), body)
        return True

    def _ran_out(self, found: JsonObject) -> bool:
        version = found["metadata"]["resourceVersion"]
        if self._sight is None or self._sight.version != version:
            self._sight = Sight(version, self._clock())
        seconds = found.get("spec", {}).get("leaseDurationSeconds") or self._seconds
        return self._clock() - self._sight.at >= seconds

    @staticmethod
    def _holder(lease: JsonObject) -> str:
        return str(lease.get("spec", {}).get("holderIdentity") or "")

    def _body(self, lease: JsonObject, holder: str) -> JsonObject:
        spec = lease.get("spec", {})
        time = stamp_exactly(datetime.now(UTC))
        changed = self._holder(lease) != holder
        return {
            "apiVersion": "coordination.k8s.io/v1",
            "kind": "Lease",
            "metadata": lease["metadata"],
            "spec": {
                "holderIdentity": holder,
                "leaseDurationSeconds": self._seconds,
                "acquireTime": time if changed else spec.get("acquireTime", time),
                "renewTime": time,
                "leaseTransitions": spec.get("leaseTransitions", 0) + (1 if changed and holder else 0),
            },
        }
