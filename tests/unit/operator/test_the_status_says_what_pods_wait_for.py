import pytest
from chartspark_api.reasons import Reason
from chartspark_operator.observed import ChildPod, Exit, Remark
from operator_builders import NOON, FakeCluster, later, pod

FULL = "0/1 nodes are available: 1 Insufficient nvidia.com/gpu."
NO_IMAGE = Remark("ImagePullBackOff", "Back-off pulling image")
NO_VOLUME = Remark("CreateContainerConfigError", "volume")


@pytest.mark.parametrize(
    ("pods", "reason", "words"),
    [
        ((), Reason.STARTING, "not running yet"),
        ((pod(),), Reason.STARTING, "not running yet"),
        ((pod(unschedulable=FULL),), Reason.UNSCHEDULABLE, FULL),
        ((pod(node="n1", waiting=NO_IMAGE),), Reason.IMAGE_NOT_PULLED, "ImagePullBackOff: Back-off"),
        ((pod(node="n1", waiting=NO_VOLUME),), Reason.CANNOT_START, "ConfigError: volume"),
        ((pod(unschedulable=FULL, unfit=True),), Reason.UNSCHEDULABLE, "none could"),
        (
            (pod(0, unschedulable=FULL), pod(1, phase="Running", running=True)),
            Reason.RUNNING,
            "1 of 2 pods at work",
        ),
        ((pod(0, unschedulable=FULL), pod(1, phase="Running", running=True)), Reason.RUNNING, FULL),
        (
            (pod(0, phase="Succeeded"), pod(1, phase="Running", exit=Exit(0, "Completed"))),
            Reason.RUNNING,
            "has ended",
        ),
    ],
)
def test_in_the_words_of_scheduler_and_kubelet(
    pods: tuple[ChildPod, ...], reason: Reason, words: str
) -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.pods = list(pods)
    cluster.step(later(1))
    assert cluster.status.reason is reason
    assert words in (cluster.status.message or "")


def test_the_node_is_that_of_the_first_pod() -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.pods = [pod(0), pod(1, node="n2")]
    cluster.step(later(1))
    assert cluster.status.attempts[-1].node == "n2"


def test_a_long_sentence_is_cut_to_what_the_api_takes() -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.pods = [pod(unschedulable="x" * 5000)]
    cluster.step(later(1))
    assert len(cluster.status.message or "") == 1024


def test_pods_that_have_ended_do_not_start_again_while_the_job_has_yet_to_say_so() -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.run_pods()
    cluster.step(later(1))
    cluster.pods = [pod(index, phase="Succeeded") for index in (0, 1)]
    cluster.step(later(2))
    assert cluster.status.reason is Reason.RUNNING
