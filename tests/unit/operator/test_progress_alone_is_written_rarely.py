from dataclasses import replace

from operator_builders import NOON, FakeCluster, later, progress


def at_work() -> FakeCluster:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.run_pods()
    cluster.step(later(1))
    return cluster


def test_at_most_every_ten_seconds() -> None:
    cluster = at_work()
    writes = cluster.writes
    for second in range(2, 61):
        cluster.pods = [replace(pod, progress=progress(0, step_done=second)) for pod in cluster.pods]
        cluster.step(later(second))
    assert cluster.writes - writes == 6


def test_what_is_held_back_is_written_when_its_time_comes() -> None:
    cluster = at_work()
    cluster.pods[0] = replace(cluster.pods[0], progress=progress(1, step_done=12))
    held = cluster.step(later(3))
    assert held.requeue_at == later(10)
    cluster.step(later(10))
    assert cluster.status.progress is not None
    assert cluster.status.progress.summary == "1/3"
    assert cluster.status.progress.activity == "a: generate 12/80"


def test_the_time_left_is_the_slowest_pods_and_none_until_each_has_one() -> None:
    def left(*estimates: int | None) -> int | None:
        cluster = at_work()
        for number, seconds in enumerate(estimates):
            told = progress(1).model_copy(update={"seconds_left": seconds})
            cluster.pods[number] = replace(cluster.pods[number], progress=told)
        cluster.step(later(20))
        assert cluster.status.progress is not None
        return cluster.status.progress.seconds_left

    assert left(40, 90) == 90
    assert left(40, None) is None
    assert left() is None


def test_published_charts_are_never_uncounted() -> None:
    cluster = at_work()
    cluster.pods[0] = replace(cluster.pods[0], progress=progress(2))
    cluster.step(later(20))
    cluster.pods[0] = replace(cluster.pods[0], progress=progress(0))
    cluster.step(later(40))
    assert cluster.status.progress is not None
    assert cluster.status.progress.charts_done == 2
