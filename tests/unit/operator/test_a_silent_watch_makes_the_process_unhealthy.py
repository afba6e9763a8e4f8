from chartspark_operator.cluster.freshness import Freshness


class Clock:
    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_until_the_first_list_and_after_a_silence() -> None:
    clock = Clock()
    freshness = Freshness({"jobs": 180, "pods": 180}, clock)
    assert freshness.complaint() == "Nothing was heard of jobs yet, pods yet."
    freshness.seen("jobs")
    freshness.seen("pods")
    assert freshness.complaint() is None
    clock.seconds += 180
    freshness.seen("pods")
    assert freshness.complaint() is None
    clock.seconds += 1
    assert freshness.complaint() == "Nothing was heard of jobs for 181 s."
