import pytest
from chartspark_operator.actions import StopAttempt
from chartspark_operator.observed import ChildJob, Refusal
from operator_builders import NOON, FakeCluster, Hit, child, later


def test_a_kill_before_the_job_is_stopped_is_made_good() -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.step(NOON)
    cluster.asked = Refusal("spec.charts: too many.", 60)
    cluster.step(later(1), hit=Hit.AFTER_WRITE)
    assert cluster.status.completion_time is not None
    assert cluster.step(later(2)).actions == (StopAttempt("demo-1", "job-1"),)
    assert cluster.step(later(3)).actions == ()


@pytest.mark.parametrize("job", [child(complete=True), child(failed=True), child(deleting=True)])
def test_a_job_that_does_not_work_is_left_alone(job: ChildJob) -> None:
    cluster = FakeCluster(asked=Refusal("spec.charts: too many.", 60))
    cluster.step(NOON)
    cluster.jobs[1] = job
    assert cluster.step(later(1)).actions == ()
