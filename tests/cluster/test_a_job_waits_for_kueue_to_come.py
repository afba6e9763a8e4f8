"""A cluster without Kueue: a job that names a queue of it says what to do, and begins once Kueue is there."""

from collections.abc import Iterator, Mapping

import pytest
from chartspark_dev.cluster import Cluster
from cluster_support import Namespace
from kueue_support import SETTINGS, Manager, queue, queued, state_of, wait_for_words


@pytest.fixture
def manager(cluster: Cluster) -> Iterator[Manager]:
    made = Manager(state_of(cluster))
    made.remove()
    yield made
    made.remove()


@pytest.fixture
def settings() -> Mapping[str, str]:
    return SETTINGS


@pytest.mark.usefixtures("operator")
def test_a_job_says_that_kueue_is_absent_and_begins_when_it_comes(
    namespace: Namespace, manager: Manager
) -> None:
    namespace.apply(queued("early"))
    status = namespace.wait_for("early", "MissingQueue")
    assert "the API server knows no workloads.kueue.x-k8s.io. Install Kueue" in status["message"]
    assert namespace.items("pods") == []

    manager.start()
    queue(namespace)
    made = namespace.begun("early")
    namespace.apply(queued("late"))
    wait_for_words(namespace, "late", "insufficient unused quota for cpu")

    manager.remove()
    gone = namespace.wait_for("late", "MissingQueue")
    assert "Install Kueue" in gone["message"]
    (pod,) = namespace.pods(made)
    namespace.play(pod, 0)
    namespace.wait_for("early", "Complete")
