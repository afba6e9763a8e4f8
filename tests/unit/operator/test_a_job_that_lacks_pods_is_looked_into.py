"""The Job controller tells of pods that it may not create in events alone, which are read only when pods lack."""

from dataclasses import replace

import pytest
from chartspark_api.reasons import Reason
from chartspark_api.status import Attempt, ChartSparkJobStatus
from chartspark_operator.attention import job_without_pods, pods_due, request_to_begin
from chartspark_operator.observed import ChildJob, ChildPod, Observed
from chartspark_operator.plan import plan
from operator_builders import NOON, OWNER, REQUEST, child, later, pod

LIVE = Attempt(number=1, job="demo-1", shards="0,1", start_time="2026-11-21T12:00:00Z")
QUOTA = 'pods "demo-1-0-x" is forbidden: exceeded quota: small'


def observed(job: ChildJob | None, *pods: ChildPod, refused: str | None = None) -> Observed:
    status = ChartSparkJobStatus(reason=Reason.STARTING, attempts=(LIVE,), start_time=LIVE.start_time)
    return Observed(OWNER, REQUEST, status, (job,) if job else (), pods, pods_refused=refused)


YOUNG = child(created=NOON)


@pytest.mark.parametrize(
    ("job", "pods", "seconds", "lacks"),
    [
        (YOUNG, (), 1, False),
        (YOUNG, (), 2, True),
        (YOUNG, (pod(0),), 2, True),
        (YOUNG, (pod(0), pod(1)), 2, False),
        (replace(YOUNG, completed=frozenset({1})), (pod(0),), 2, False),
        (replace(YOUNG, failed=True), (), 2, False),
        (replace(YOUNG, deleting=True), (), 2, False),
        (None, (), 2, False),
    ],
)
def test_it_is_asked_about_after_two_seconds(
    job: ChildJob | None, pods: tuple[ChildPod, ...], seconds: int, *, lacks: bool
) -> None:
    assert (job_without_pods(observed(job, *pods), later(seconds)) is not None) is lacks


def test_it_is_looked_at_again_though_nothing_happens() -> None:
    assert pods_due(observed(YOUNG), NOON) == later(3)
    assert pods_due(observed(YOUNG, pod(0), pod(1)), NOON) is None
    assert plan(observed(YOUNG), NOON).requeue_at == later(3)


@pytest.mark.parametrize(
    ("pods", "reason", "words"),
    [
        ((), Reason.PODS_REFUSED, f"A pod cannot be created: {QUOTA}"),
        ((pod(0, phase="Running", running=True),), Reason.RUNNING, "1 of 2 pods at work. A pod cannot be"),
    ],
)
def test_the_status_says_it_in_the_controllers_words(
    pods: tuple[ChildPod, ...], reason: Reason, words: str
) -> None:
    status = plan(observed(YOUNG, *pods, refused=QUOTA), later(2)).status
    assert status.reason is reason
    assert words in (status.message or "")


def test_what_a_job_needs_is_looked_at_only_before_an_attempt() -> None:
    assert request_to_begin(observed(None)) is None
    fresh = replace(observed(None), status=ChartSparkJobStatus())
    assert request_to_begin(fresh) is REQUEST
    assert request_to_begin(replace(fresh, owner=replace(OWNER, deleting=True))) is None
    over = ChartSparkJobStatus(completion_time="2026-11-21T12:00:00Z")
    assert request_to_begin(replace(fresh, status=over)) is None
