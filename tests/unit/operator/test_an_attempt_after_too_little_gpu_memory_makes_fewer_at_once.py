from dataclasses import replace

import pytest
from chartspark_api.pod import Pod
from chartspark_api.reasons import Reason
from chartspark_api.status import Attempt
from chartspark_api.variables import BATCH_LIMIT, is_reserved
from chartspark_operator.actions import StartAttempt
from chartspark_operator.manifests.environment import environment
from chartspark_operator.rules.batch import batch_after
from hypothesis import given
from hypothesis import strategies as st
from operator_builders import NOON, REQUEST, FakeCluster, failed_pod, later

MEMORY, TRANSIENT = 80, 75


def begun(batch: int) -> FakeCluster:
    cluster = FakeCluster(asked=replace(REQUEST, batch_size=batch, attempts=5))
    cluster.step(NOON)
    cluster.step(NOON)
    return cluster


def fail(cluster: FakeCluster, attempt: int, code: int) -> tuple[str, StartAttempt]:
    """Let an attempt fail, and return what the status says then, and how the next one is started."""
    at = attempt * 1000
    failed = [failed_pod(code, index, attempt) for index in range(2)]
    cluster.end(attempt, *failed, now=later(at))
    cluster.step(later(at))
    said = cluster.status.message or ""
    (start,) = cluster.step(later(at + 300)).actions
    cluster.step(later(at + 301))
    assert isinstance(start, StartAttempt)
    return said, start


def test_each_time_half_of_what_did_not_fit_and_never_less_than_one() -> None:
    cluster = begun(4)
    said, start = fail(cluster, 1, MEMORY)
    assert "Attempt 2 begins at 2026-11-21T12:17:10Z with batches of 2; 4 of 5" in said
    assert start.batch == 2
    said, start = fail(cluster, 2, MEMORY)
    assert " with batches of 1; " in said
    assert start.batch == 1
    said, start = fail(cluster, 3, MEMORY)
    assert "with batches" not in said, "there is nothing left to halve"
    assert start.batch == 1
    assert [attempt.batch_size for attempt in cluster.status.attempts] == [None, 2, 1, 1]


def test_what_fitted_once_stays_after_another_fault() -> None:
    cluster = begun(4)
    fail(cluster, 1, MEMORY)
    said, start = fail(cluster, 2, TRANSIENT)
    assert "with batches" not in said
    assert start.batch == 2


@pytest.mark.parametrize(("batch", "code"), [(1, MEMORY), (4, TRANSIENT)])
def test_nothing_is_limited_without_need(batch: int, code: int) -> None:
    said, start = fail(begun(batch), 1, code)
    assert "with batches" not in said
    assert start.batch is None


@given(st.integers(1, 16), st.lists(st.sampled_from([Reason.OUT_OF_GPU_MEMORY, Reason.TRANSIENT])))
def test_a_batch_never_grows_and_is_never_nothing(asked: int, ends: list[Reason]) -> None:
    batch: int | None = None
    for number, reason in enumerate(ends, 1):
        last = Attempt(
            number=number,
            job="j",
            shards="0",
            batch_size=batch,
            reason=reason,
            start_time="2026-11-21T12:00:00Z",
        )
        before, batch = batch or asked, batch_after(last, asked)
        assert 1 <= (batch or asked) <= before


@pytest.mark.parametrize(("limit", "found"), [(2, ["2"]), (None, [])])
def test_the_runner_is_told_by_a_variable_that_no_job_may_set(limit: int | None, found: list[str]) -> None:
    variables = environment(Pod(), limit)
    assert [one["value"] for one in variables if one["name"] == BATCH_LIMIT] == found
    assert is_reserved(BATCH_LIMIT)
