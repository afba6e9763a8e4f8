"""The lease against a double of the API server, on clocks that the test moves."""

import copy
from dataclasses import dataclass, field
from typing import Any

import pytest
from chartspark_operator.cluster.lease import GUARDED, Lease
from chartspark_operator.errors import ConflictError, NotFoundError, UnreachableError
from chartspark_operator.guard import Guard, GuardedSelector
from chartspark_operator.observed import Key

KEY = Key("default", "chartspark")
DURATION = 10
GUARD = GUARDED * DURATION
Json = dict[str, Any]


@dataclass
class Clock:
    """Seconds that pass when the test says so."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class FakeApi:
    """One lease, with versions as the API server keeps them."""

    clock: Clock
    stored: Json | None = None
    away: bool = False
    slow: float = 0.0

    def _answer(self) -> None:
        self.clock.seconds += self.slow
        if self.away:
            raise UnreachableError("nobody there")

    async def get(self, _path: str) -> Json:
        self._answer()
        if self.stored is None:
            raise NotFoundError(404, "no lease")
        return copy.deepcopy(self.stored)

    async def create(self, _path: str, body: Json) -> Json:
        self._answer()
        if self.stored is not None:
            raise ConflictError(409, "there is one")
        return self._store(body, "1")

    async def replace(self, _path: str, body: Json) -> Json:
        self._answer()
        if self.stored is None or body["metadata"] != self.stored["metadata"]:
            raise ConflictError(409, "another version")
        return self._store(body, str(int(self.stored["metadata"]["resourceVersion"]) + 1))

    def _store(self, body: Json, version: str) -> Json:
        self.stored = copy.deepcopy(body)
        self.stored["metadata"]["resourceVersion"] = version
        return copy.deepcopy(self.stored)


@dataclass
class Candidate:
    """An operator, as far as the lease goes."""

    api: FakeApi
    clock: Clock
    ended: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.guard = Guard(self.clock, self.ended.append)
        self.lease = Lease(self.api, KEY, DURATION, self.guard, self.clock)  # type: ignore[arg-type]

    async def take(self) -> bool:
        return await self.lease._attempt(self.lease._take)  # noqa: SLF001 - one step of what repeats for ever

    async def renew(self) -> bool:
        return await self.lease._attempt(self.lease._renew)  # noqa: SLF001 - likewise


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(clock: Clock) -> FakeApi:
    return FakeApi(clock)


async def test_of_two_candidates_one_leads(api: FakeApi, clock: Clock) -> None:
    one, other = Candidate(api, clock), Candidate(api, clock)
    assert await one.take()
    assert not await other.take()
    assert (one.guard.leads, other.guard.leads) == (True, False)


async def test_a_lease_that_is_renewed_is_never_taken(api: FakeApi, clock: Clock) -> None:
    one, other = Candidate(api, clock), Candidate(api, clock)
    await one.take()
    for _ in range(20):
        clock.seconds += 2
        assert await one.renew()
        assert not await other.take()
        one.guard.check()
    assert one.ended == []


async def test_one_that_nobody_renews_is_taken_after_its_time_counted_from_its_last_change(
    api: FakeApi, clock: Clock
) -> None:
    one, other = Candidate(api, clock), Candidate(api, clock)
    await one.take()
    assert not await other.take()
    clock.seconds += DURATION - 1
    assert not await other.take()
    clock.seconds += 1
    assert await other.take()


async def test_two_never_lead_at_once_whatever_the_leader_does(api: FakeApi, clock: Clock) -> None:
    one, other = Candidate(api, clock), Candidate(api, clock)
    await one.take()
    api.away = False
    for _ in range(100):
        clock.seconds += 0.25
        await other.take()
        assert not (one.guard.leads and other.guard.leads)
    assert other.guard.leads
    one.guard.check()
    assert one.ended == ["The lease could not be renewed in time."]


async def test_the_leaders_time_counts_from_before_it_asked(api: FakeApi, clock: Clock) -> None:
    one = Candidate(api, clock)
    api.slow = GUARD
    assert await one.take()
    assert not one.guard.leads
    one.guard.check()
    assert one.ended


async def test_a_leader_that_is_cut_off_ends(api: FakeApi, clock: Clock) -> None:
    one = Candidate(api, clock)
    await one.take()
    api.away = True
    clock.seconds += GUARD - 1
    assert not await one.renew()
    one.guard.check()
    assert one.ended == []
    clock.seconds += 1
    one.guard.check()
    assert one.ended


async def test_a_leader_that_finds_another_ends_at_once(api: FakeApi, clock: Clock) -> None:
    one, other = Candidate(api, clock), Candidate(api, clock)
    await one.take()
    await other.take()
    clock.seconds += DURATION
    await other.take()
    await one.renew()
    assert any("holds the lease now" in why for why in one.ended)


async def test_what_is_given_back_is_taken_at_once(api: FakeApi, clock: Clock) -> None:
    one, other = Candidate(api, clock), Candidate(api, clock)
    await one.take()
    await one.lease.release()
    assert await other.take()
    clock.seconds += 100
    one.guard.check()
    assert one.ended == [], "what was given back cannot be lost"


async def test_an_edit_of_somebodys_costs_nothing(api: FakeApi, clock: Clock) -> None:
    one = Candidate(api, clock)
    await one.take()
    assert api.stored is not None
    api.stored["metadata"]["resourceVersion"] = "7"
    assert not await one.renew()
    assert await one.renew()
    assert one.ended == []


def test_the_guard_is_asked_whenever_the_event_loop_wakes_up(clock: Clock) -> None:
    ended: list[str] = []
    guard = Guard(clock, ended.append)
    selector = GuardedSelector(guard)
    guard.lead_until(clock.seconds + 8)
    selector.select(0)
    assert ended == []
    clock.seconds += 8
    selector.select(0)
    assert ended == ["The lease could not be renewed in time."]
    selector.close()
