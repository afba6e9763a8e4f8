from datetime import timedelta

import pytest
from chartspark_operator.backoff import Backoff
from chartspark_operator.observed import Key
from chartspark_operator.rules.next_attempt import pause_after


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 10), (2, 20), (3, 40), (6, 300), (20, 300)])
def test_between_attempts(attempt: int, seconds: int) -> None:
    assert pause_after(attempt, 10) == timedelta(seconds=seconds)


def test_between_failed_passes_over_one_job() -> None:
    backoff, job, other = Backoff(), Key("a", "b"), Key("a", "c")
    assert [backoff.fail(job).total_seconds() for _ in range(4)] == [0.2, 0.4, 0.8, 1.6]
    assert backoff.fail(other).total_seconds() == 0.2
    assert max(backoff.fail(job) for _ in range(100)) == timedelta(minutes=5)
    backoff.succeed(job)
    assert backoff.fail(job).total_seconds() == 0.2
