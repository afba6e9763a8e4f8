from chartspark_api.reasons import Reason
from chartspark_operator.actions import Avoided, StartAttempt
from chartspark_operator.manifests.node_affinity import keep_away
from operator_builders import NOON, FakeCluster, failed_pod, later

ELSEWHERE = {"key": "kubernetes.io/hostname", "operator": "NotIn", "values": ["n1", "n2"]}
REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"


def fail(cluster: FakeCluster, attempt: int, code: int, node: str, at: float) -> StartAttempt:
    """Let an attempt fail, and return how the next one is started."""
    shards = range(len(cluster.jobs[attempt].shards))
    failed = [failed_pod(code, index, attempt, node=node) for index in shards]
    cluster.end(attempt, *failed, now=later(at))
    cluster.step(later(at))
    (start,) = cluster.step(later(at + 300)).actions
    cluster.step(later(at + 301))
    assert isinstance(start, StartAttempt)
    return start


def begun() -> FakeCluster:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.step(NOON)
    return cluster


def test_a_gpu_fault_is_kept_away_from_and_so_is_the_next_one() -> None:
    cluster = begun()
    assert fail(cluster, 1, 81, "n1", 10).avoided == Avoided(("n1",))
    assert fail(cluster, 2, 81, "n2", 1000).avoided == Avoided(("n1", "n2"))
    assert [attempt.node for attempt in cluster.status.attempts[:2]] == ["n1", "n2"]


def test_the_node_is_that_of_the_pod_that_decided() -> None:
    cluster = begun()
    cluster.end(1, failed_pod(75, 0, node="n1"), failed_pod(81, 1, node="n2"), now=later(9))
    cluster.step(later(10))
    assert cluster.status.attempts[0].node == "n2"


def test_what_is_no_fault_of_the_node_keeps_no_attempt_away() -> None:
    assert fail(begun(), 1, 75, "n1", 10).avoided.nodes == ()


def test_where_no_other_node_would_do_the_failed_one_is_only_the_last_choice() -> None:
    cluster = begun()
    fail(cluster, 1, 81, "n1", 10)
    last = cluster.status.attempts[-1].model_copy(
        update={"reason": Reason.NO_FITTING_NODE, "end_time": "2026-11-21T13:00:00Z"}
    )
    cluster.status = cluster.status.model_copy(update={"attempts": (cluster.status.attempts[0], last)})
    cluster.jobs.pop(2)
    (start,) = cluster.step(later(9000)).actions
    assert start.avoided == Avoided(("n1",), strictly=False)


def test_every_term_of_an_affinity_gets_the_condition() -> None:
    terms = [{"matchExpressions": [{"key": "a", "operator": "Exists"}]}, {"matchFields": []}]
    pod = {"affinity": {"podAffinity": {"x": 1}, "nodeAffinity": {REQUIRED: {"nodeSelectorTerms": terms}}}}
    affinity = keep_away(pod, Avoided(("n1", "n2")))["affinity"]
    kept = affinity["nodeAffinity"][REQUIRED]["nodeSelectorTerms"]
    assert [term["matchExpressions"][-1] for term in kept] == [ELSEWHERE, ELSEWHERE]
    assert kept[0]["matchExpressions"][0] == {"key": "a", "operator": "Exists"}
    assert affinity["podAffinity"] == {"x": 1}


def test_a_pod_without_an_affinity_gets_one() -> None:
    affinity = keep_away({}, Avoided(("n1", "n2")))["affinity"]["nodeAffinity"]
    assert affinity == {REQUIRED: {"nodeSelectorTerms": [{"matchExpressions": [ELSEWHERE]}]}}
    wish = keep_away({}, Avoided(("n1", "n2"), strictly=False))["affinity"]["nodeAffinity"]
    assert wish == {PREFERRED: [{"weight": 100, "preference": {"matchExpressions": [ELSEWHERE]}}]}
    assert keep_away({"a": 1}, Avoided()) == {"a": 1}
