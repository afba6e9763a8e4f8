"""A job's life as a random walk: pods run, end, vanish; Jobs are deleted; the operator is killed."""

from chartspark_operator.plan import plan
from chartspark_operator.times import read
from hypothesis import given, settings
from hypothesis import strategies as st
from operator_builders import FakeCluster, failed_pod, later, pod

happenings = st.lists(
    st.tuples(
        st.sampled_from(
            ["nothing", "run", "succeed", "fail", "fail for good", "delete job", "lose pods", "kill"]
        ),
        st.integers(0, 400),
    ),
    max_size=40,
)


def happen(cluster: FakeCluster, what: str, seconds: int) -> None:
    live = max(cluster.jobs, default=0)
    if not live:
        return
    indexes = range(len(cluster.jobs[live].shards))
    match what:
        case "run" if not cluster.jobs[live].ended:
            cluster.run_pods(live)
        case "succeed":
            cluster.end(live, *(pod(i, live, "Succeeded") for i in indexes), now=later(seconds))
        case "fail":
            cluster.end(live, *(failed_pod(75, i, live) for i in indexes), now=later(seconds))
        case "fail for good":
            cluster.end(live, *(failed_pod(64, i, live) for i in indexes), now=later(seconds))
        case "delete job":
            del cluster.jobs[live]
            cluster.pods = []
        case "lose pods":
            cluster.pods = []


@settings(max_examples=300, deadline=None)
@given(happenings)
def test_whatever_happens(walk: list[tuple[str, int]]) -> None:
    cluster, seconds = FakeCluster(), 0
    for what, pause in walk:
        happen(cluster, what, seconds)
        seconds += pause
        observed, now = cluster.observe(), later(seconds)
        assert plan(observed, now) == plan(observed, now)

        planned = cluster.step(now, killed_before_acting=what == "kill")

        live = [attempt for attempt in cluster.status.attempts if attempt.reason is None]
        assert len(live) <= 1, "two attempts at once would make charts twice"
        assert len(planned.actions) <= 1
        assert len(cluster.status.attempts) <= 3
        numbers = [attempt.number for attempt in cluster.status.attempts]
        assert numbers == list(range(1, len(numbers) + 1)), "no attempt is lost or told twice"
        if cluster.status.completion_time is not None:
            assert not live, "nothing runs for a job that has ended"
            assert read(cluster.status.completion_time) <= now
