from chartspark_api.reasons import Reason
from chartspark_operator.admission.demand import Limits
from chartspark_operator.admission.ledger import Usage
from chartspark_operator.admission.turn import GRANTED, Turn
from chartspark_operator.metrics import Metrics
from chartspark_operator.observed import Exit
from chartspark_operator.transitions import count_transitions
from operator_builders import FakeCluster, failed_pod, later, pod, report
from prometheus_client import generate_latest

LAST_SEEN = {"pods": 12.0}


def lived(metrics: Metrics | None = None) -> Metrics:
    """Return what was counted over a life with one failed attempt, each pass made twice."""
    cluster, metrics = FakeCluster(), metrics or Metrics()

    def step(seconds: float) -> None:
        for _ in range(2):
            before = cluster.status
            cluster.step(later(seconds))
            count_transitions(metrics, before, cluster.status, later(seconds))

    step(0)
    cluster.run_pods()
    step(4)
    cluster.end(1, pod(0, 1, "Succeeded", exit=Exit(0, "", report(2))), failed_pod(82, 1), now=later(5))
    step(6)
    step(16)
    cluster.end(2, pod(0, 2, "Succeeded", exit=Exit(0, "", report(failed=1))), now=later(30))
    step(30)
    return metrics


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(f"chartspark_{name}", labels)


def test_ends_and_the_start_are_counted_once() -> None:
    metrics = lived()
    assert value(metrics, "jobs_finished_total", reason="CompleteWithFailures") == 1
    assert value(metrics, "attempts_finished_total", reason="Stalled") == 1
    assert value(metrics, "attempts_finished_total", reason="Complete") == 1
    assert value(metrics, "charts_finished_total", outcome="published") == 2
    assert value(metrics, "charts_finished_total", outcome="failed") == 1
    assert value(metrics, "job_startup_seconds_sum") == 4
    assert value(metrics, "job_duration_seconds_sum", outcome="complete") == 30
    assert value(metrics, "job_duration_seconds_count", outcome="failed") == 0


def test_a_turn_is_counted_with_how_long_it_was_waited_for() -> None:
    cluster, metrics = FakeCluster(), Metrics()
    for seconds, cluster.turn in ((0, Turn(granted=False)), (40, GRANTED), (41, GRANTED)):
        before = cluster.status
        cluster.step(later(seconds))
        count_transitions(metrics, before, cluster.status, later(seconds))
    assert (value(metrics, "queue_wait_seconds_count"), value(metrics, "queue_wait_seconds_sum")) == (1, 40)
    assert value(lived(), "queue_wait_seconds_bucket", le="0.0") == 1, "it never waited"


def test_what_is_in_use_stands_beside_its_limit() -> None:
    metrics = Metrics()
    metrics.observe_admission(lambda: Usage(7, 3, {"nvidia.com/gpu": 4}, Limits(jobs=3, gpus=8)))
    assert [value(metrics, name) for name in ("queued_jobs", "admitted_jobs", "admitted_jobs_limit")] == [
        7,
        3,
        3,
    ]
    assert value(metrics, "admitted_gpus", resource="nvidia.com/gpu") == 4
    assert value(metrics, "admitted_gpus_limit") == 8


def test_known_series_are_there_before_anything_happens() -> None:
    metrics = Metrics()
    for reason in Reason:
        assert value(metrics, "jobs_finished_total", reason=reason) == 0


def test_gauges_are_asked_for_at_each_scrape() -> None:
    metrics, jobs = Metrics(), {"Running": 2}
    metrics.observe_at_scrape(lambda: jobs, lambda: {"PodStuck": 1}, lambda: 5, lambda: LAST_SEEN)
    assert value(metrics, "jobs", reason="Running") == 2
    jobs["Running"] = 3
    assert value(metrics, "jobs", reason="Running") == 3
    assert value(metrics, "jobs", reason="Complete") == 0
    assert value(metrics, "queue_depth") == 5
    assert value(metrics, "watch_last_seen_timestamp_seconds", resource="pods") == 12
    assert b"chartspark_build_info{version=" in generate_latest(metrics.registry)


def test_many_jobs_have_no_more_series_than_one() -> None:
    one, many = lived(), Metrics()
    for _ in range(50):
        lived(many)

    def series(metrics: Metrics) -> set[tuple[str, tuple[tuple[str, str], ...]]]:
        return {
            (sample.name, tuple(sorted(sample.labels.items())))
            for family in metrics.registry.collect()
            for sample in family.samples
        }

    assert series(many) == series(one)


def test_a_place_that_kueue_took_back_is_counted_once() -> None:
    metrics, before = Metrics(), FakeCluster()
    before.step(later(0))
    running = before.status.model_copy(update={"reason": Reason.RUNNING})
    back = running.model_copy(update={"reason": Reason.REQUEUED})
    count_transitions(metrics, running, back, later(1))
    count_transitions(metrics, back, back.model_copy(update={"message": "Other words."}), later(2))
    assert value(metrics, "requeued_jobs_total") == 1
