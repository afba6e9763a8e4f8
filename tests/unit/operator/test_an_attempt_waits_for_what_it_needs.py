"""A claim or a ConfigMap that is not there is waited for; what can never fit is refused before a pod runs."""

from dataclasses import replace
from datetime import datetime

import pytest
from chartspark_api.conditions import ConditionType
from chartspark_api.reasons import Reason
from chartspark_operator.actions import StartAttempt
from chartspark_operator.observed import Surroundings
from chartspark_operator.plan import plan
from chartspark_operator.planned import Plan
from operator_builders import NOON, REQUEST, FakeCluster, failed_pod, later

SHARED = Surroundings(claim_modes=("ReadWriteMany",))
NO_TABLE = "There is no ConfigMap sales in the namespace default."


def passed(cluster: FakeCluster, found: Surroundings, now: datetime = NOON) -> Plan:
    planned = plan(replace(cluster.observe(), surroundings=found), now)
    cluster.status = planned.status
    return planned


@pytest.mark.parametrize(
    ("found", "reason", "words"),
    [
        (Surroundings(None), Reason.MISSING_CLAIM, "no PersistentVolumeClaim results in the namespace"),
        (
            replace(SHARED, model_claim_modes=None),
            Reason.MISSING_CLAIM,
            "no PersistentVolumeClaim weights in the namespace default.",
        ),
        (replace(SHARED, missing_text=NO_TABLE), Reason.MISSING_CONFIG_MAP, NO_TABLE),
        (Surroundings(None, unreadable="claims is forbidden"), Reason.BLOCKED, "claims is forbidden"),
    ],
)
def test_what_is_missing_is_named_and_the_job_goes_on_when_it_comes(
    found: Surroundings, reason: Reason, words: str
) -> None:
    cluster = FakeCluster(replace(REQUEST, model_claim="weights"))
    waiting = passed(cluster, found)
    assert waiting.actions == ()
    assert waiting.requeue_at == later(3)
    assert [event.reason for event in waiting.events] == [reason]
    assert words in (cluster.status.message or "")
    assert not passed(cluster, found, later(3)).events, "told once"

    begun = passed(cluster, SHARED, later(6))
    assert begun.actions == (StartAttempt(1, (0, 1)),)
    assert cluster.status.reason is Reason.ADMITTED


def test_what_stays_away_is_looked_for_ever_more_rarely() -> None:
    cluster = FakeCluster()
    passed(cluster, Surroundings(None))
    pauses = [
        passed(cluster, Surroundings(None), later(waited)).requeue_at - later(waited)
        for waited in (10, 100, 10_000)
    ]
    assert [pause.total_seconds() for pause in pauses] == [3, 10, 60]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Surroundings(("ReadWriteOnce",)), "Set spec.parallelism to 1"),
        (Surroundings(("ReadWriteOncePod", "ReadOnlyMany")), "Set spec.parallelism to 1"),
        (Surroundings(("ReadOnlyMany",)), "takes no results"),
        (
            replace(SHARED, model_claim_modes=("ReadWriteOnce",)),
            "The claim weights is ReadWriteOnce: pods on several nodes cannot share it.",
        ),
        (replace(SHARED, tables_bytes=131_073), "at most 131072 bytes in all, and are 131073"),
    ],
)
def test_what_cannot_fit_is_refused_for_good(found: Surroundings, words: str) -> None:
    cluster = FakeCluster(replace(REQUEST, model_claim="weights"))
    assert passed(cluster, found).actions == ()
    assert cluster.status.reason is Reason.INVALID_REQUEST
    assert words in (cluster.status.message or "")
    assert {c.type for c in cluster.status.conditions} == {ConditionType.FAILED, ConditionType.FINISHED}


def test_one_pod_may_have_a_claim_for_itself() -> None:
    cluster = FakeCluster()
    cluster.asked = replace(cluster.asked, shards=1)
    assert passed(cluster, Surroundings(("ReadWriteOnce",))).actions == (StartAttempt(1, (0,)),)


def test_several_pods_may_read_one_model() -> None:
    read_only = replace(SHARED, model_claim_modes=("ReadOnlyMany",))
    assert passed(FakeCluster(), read_only).actions == (StartAttempt(1, (0, 1)),)


@pytest.mark.parametrize("changed", [True, False])
def test_tables_that_changed_between_attempts_are_told_and_change_nothing(*, changed: bool) -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.step(NOON)
    cluster.end(1, failed_pod(75, 0), failed_pod(75, 1), now=later(9))
    cluster.step(later(10))
    begun = passed(cluster, replace(SHARED, tables_changed=changed), later(20))
    assert begun.actions == (StartAttempt(2, (0, 1)),)
    assert (cluster.status.reason is Reason.TABLES_CHANGED) is changed
    assert [event.reason for event in begun.events] == ([Reason.TABLES_CHANGED] if changed else [])
