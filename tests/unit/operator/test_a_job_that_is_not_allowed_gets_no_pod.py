"""The pod block is refused before anything else is waited for; pods that are at work stay when a list becomes shorter."""

from dataclasses import replace

import pytest
from chartspark_api.conditions import ConditionType
from chartspark_api.reasons import Reason
from chartspark_operator.observed import Surroundings
from chartspark_operator.plan import plan
from operator_builders import NOON, REQUEST, FakeCluster, failed_pod, later

WORDS = "spec.pod.image names bash, and this installation allows runner:1."
REFUSED = replace(REQUEST, not_allowed=WORDS)


def test_it_ends_at_the_first_look_though_its_claim_is_missing() -> None:
    observed = replace(FakeCluster(asked=REFUSED).observe(), surroundings=Surroundings(None))
    planned = plan(observed, NOON)
    assert planned.actions == ()
    assert planned.status.attempts == ()
    assert (planned.status.reason, planned.status.message) == (Reason.NOT_ALLOWED, WORDS)
    ends = {condition.type: condition.reason for condition in planned.status.conditions}
    assert ends == {ConditionType.FAILED: Reason.NOT_ALLOWED, ConditionType.FINISHED: Reason.NOT_ALLOWED}
    assert [(event.type, event.reason, event.message) for event in planned.events] == [
        ("Warning", Reason.NOT_ALLOWED, WORDS)
    ]


def test_pods_at_work_stay_and_no_other_attempt_follows() -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.run_pods()
    cluster.asked = REFUSED
    cluster.step(later(1))
    assert cluster.status.reason is Reason.RUNNING
    cluster.end(1, failed_pod(75, 0), failed_pod(75, 1), now=later(2))
    cluster.step(later(3))
    assert cluster.status.reason is Reason.NOT_ALLOWED
    assert [attempt.reason for attempt in cluster.status.attempts] == [Reason.TRANSIENT]


@pytest.mark.parametrize("passes", [1, 2])
def test_an_attempt_that_was_decided_on_and_not_made_is_not_made(passes: int) -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.jobs.clear()
    cluster.asked = REFUSED
    for second in range(passes):
        planned = cluster.step(later(1 + second))
        assert planned.actions == ()
    assert cluster.status.reason is Reason.NOT_ALLOWED
    assert [attempt.reason for attempt in cluster.status.attempts] == [Reason.NOT_ALLOWED]
