"""Passes over plain data: what is told, in which order, and what a process that starts anew tells again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from chartspark_api.reasons import Reason
from chartspark_operator.manifests.event import transition_event
from chartspark_operator.observed import Key
from chartspark_operator.plan import plan
from chartspark_operator.settings import Settings
from chartspark_operator.times import stamp_exactly
from chartspark_operator.told import LONGEST_UNTOLD, Told
from operator_builders import NOON, OWNER, FakeCluster, later

KEY = Key("default", "demo")
SETTINGS = Settings(runner_image="runner")
INSTANT = timedelta(microseconds=1)


def starting() -> FakeCluster:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.step(NOON)
    assert cluster.status.reason is Reason.STARTING
    return cluster


def test_an_untold_reason_is_told_before_the_next_one_replaces_it() -> None:
    cluster = starting()
    cluster.run_pods()
    planned = plan(replace(cluster.observe(), untold=True), later(1))
    assert [event.reason for event in planned.overdue] == [Reason.STARTING]
    assert [event.reason for event in planned.events] == [Reason.RUNNING]


def test_the_same_transition_has_the_same_event_whoever_tells_it() -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    (told,) = cluster.step(later(0.25)).events
    (again,) = plan(replace(cluster.observe(), untold=True), later(9)).overdue
    first, second = (transition_event(OWNER, event, SETTINGS) for event in (told, again))
    assert first == second
    assert first["metadata"]["name"] == "demo-01234567.20261121120000250000"


def test_another_transition_has_another_event() -> None:
    cluster = starting()
    cluster.run_pods()
    (one,) = cluster.step(later(1)).events
    cluster.pods = []
    (two,) = cluster.step(later(1) + INSTANT).events
    names = {transition_event(OWNER, event, SETTINGS)["metadata"]["name"] for event in (one, two)}
    assert len(names) == 2


@pytest.mark.parametrize(
    ("age", "known"),
    [
        (timedelta(0), False),
        (LONGEST_UNTOLD, False),
        (LONGEST_UNTOLD + INSTANT, True),
        (timedelta(days=9), True),
    ],
)
def test_only_what_was_written_last_before_a_kill_can_be_untold(age: timedelta, *, known: bool) -> None:
    told = Told()
    told.begin([stamp_exactly(NOON), stamp_exactly(NOON - age)])
    assert told.knows(KEY, stamp_exactly(NOON - age)) is known


def test_what_was_told_is_known_and_what_follows_is_not() -> None:
    told = Told()
    told.begin([])
    told.add(KEY, stamp_exactly(NOON))
    assert told.knows(KEY, stamp_exactly(NOON))
    assert not told.knows(KEY, stamp_exactly(later(1)))
    told.forget(KEY)
    assert not told.knows(KEY, stamp_exactly(NOON))
