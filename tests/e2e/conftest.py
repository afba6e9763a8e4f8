"""A real cluster with the chart installed from this checkout: the checkout's embedded one, or that of KUBECONFIG."""

import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from chartspark_dev import cluster as clusters
from chartspark_dev import images
from chartspark_dev.cluster import RESULTS_CLAIM, Cluster
from chartspark_dev.images import Images
from chartspark_dev.install import install
from chartspark_dev.storage import reading

# pytest imports test modules by their path, and leaves the folder itself out of the search path.
sys.path.insert(0, str(Path(__file__).parent))

from e2e_support import OF_THE_TIER, Jobs

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    state = ROOT / "build" / "cluster"
    was_up = clusters.is_up(state)
    yield clusters.up(state)
    if not was_up:
        clusters.down(state)


@pytest.fixture(scope="session")
def built(cluster: Cluster) -> Images:
    return images.publish(ROOT, cluster)


@pytest.fixture(scope="session")
def installed(cluster: Cluster, built: Images) -> Cluster:
    install(cluster, ROOT / "charts" / "chartspark", built, "--set", OF_THE_TIER)
    return cluster


@pytest.fixture
def missing_image(built: Images) -> str:
    """An image that jobs may name, and that the registry has not got."""
    return f"{built.runner.reference.rpartition(':')[0]}:not-there"


@pytest.fixture
def jobs(installed: Cluster, built: Images) -> Iterator[Jobs]:
    """A namespace of the test's own, that enforces Pod Security `restricted`, with a claim in it."""
    namespace = f"e2e-{uuid.uuid4().hex[:8]}"
    clusters.create_results_claim(installed, namespace)
    installed.kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted")
    with reading(installed, namespace, RESULTS_CLAIM, built.runner.reference) as storage:
        yield Jobs(installed, namespace, storage)
    clusters.delete_results_claim(installed, namespace)
