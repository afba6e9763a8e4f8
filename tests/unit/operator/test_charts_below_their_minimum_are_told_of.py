from chartspark_api.reasons import Reason
from chartspark_api.report import RunReport
from chartspark_operator.observed import ChildPod, Exit
from operator_builders import NOON, FakeCluster, later, pod, report


def succeeded(index: int, told: RunReport) -> ChildPod:
    return pod(index, phase="Succeeded", exit=Exit(0, "Completed", told))


def test_a_complete_job_says_how_many() -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.step(NOON)
    cluster.end(1, succeeded(0, report(done=2, below=1)), succeeded(1, report(done=1, below=1)), now=later(9))
    cluster.step(later(10))
    assert cluster.status.reason is Reason.COMPLETE
    assert cluster.status.progress is not None
    assert cluster.status.progress.charts_below_minimum == 2
    assert "2 of them below minScorePercent" in (cluster.status.message or "")


def test_a_job_whose_charts_all_reach_it_says_nothing() -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.step(NOON)
    cluster.end(1, succeeded(0, report(done=2)), succeeded(1, report(done=1)), now=later(9))
    cluster.step(later(10))
    assert "below" not in (cluster.status.message or "")
