"""Somebody empties the status of a job, which knows its Jobs no more; or gives it back an older one."""

from dataclasses import replace

import pytest
from chartspark_api.status import ChartSparkJobStatus
from chartspark_operator.actions import StartAttempt, StopAttempt
from chartspark_operator.observed import Request
from operator_builders import NOON, REQUEST, FakeCluster, child, later

FORGOTTEN = StopAttempt("demo-2", "job-2", unknown=True)


def emptied(asked: Request = REQUEST) -> FakeCluster:
    """Return a job whose second Job is at work, in its third round, and whose status says nothing."""
    cluster = FakeCluster(asked=asked)
    cluster.jobs = {1: child(1, failed=True), 2: child(2, (1,), round=3, suspended=True)}
    return cluster


def test_it_begins_anew_beyond_every_job_that_is_there_and_in_their_round() -> None:
    cluster = emptied()
    assert cluster.step(NOON).actions == (FORGOTTEN,)
    attempt = cluster.status.attempts[-1]
    assert (attempt.number, attempt.round, cluster.status.round) == (3, 3, 3)
    (start,) = cluster.step(later(1)).actions
    assert isinstance(start, StartAttempt)
    assert (start.number, start.shards) == (3, (0, 1))


@pytest.mark.parametrize("asked", [replace(REQUEST, cancel=True), replace(REQUEST, suspend=True)])
def test_what_it_knows_nothing_of_is_stopped_by_whoever_stops_the_job(asked: Request) -> None:
    cluster = emptied(asked)
    assert FORGOTTEN in cluster.step(NOON).actions
    assert cluster.jobs.keys() == {1}


def test_an_older_status_stops_the_job_that_it_does_not_know_of() -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.step(NOON)
    older = cluster.status
    cluster.jobs[2] = child(2)
    assert cluster.status == older
    assert FORGOTTEN in cluster.step(later(1)).actions


def test_a_status_that_was_never_filled_begins_with_the_first_attempt() -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    assert cluster.status != ChartSparkJobStatus()
    assert (cluster.status.attempts[-1].number, cluster.status.round) == (1, 1)
