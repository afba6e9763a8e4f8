"""A real API server and Job controller, the operator as a real process, and a test that plays the kubelet."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from chartspark_dev import cluster as clusters
from chartspark_dev.cluster import Cluster, Node
from cluster_support import Namespace, Operator, install_crd

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    state = ROOT / "build" / "cluster-tier"
    was_up = clusters.is_up(state)
    started = clusters.up(state, Node.KWOK)
    install_crd(started)
    yield started
    if not was_up:
        clusters.down(state)


@pytest.fixture
def namespace(cluster: Cluster) -> Iterator[Namespace]:
    made = Namespace.create(cluster)
    yield made
    made.delete()


@pytest.fixture
def settings() -> Mapping[str, str]:
    """Settings of the operator that differ from the defaults. A file that needs some has a fixture of this name."""
    return {}


@pytest.fixture
def operator(
    cluster: Cluster, namespace: Namespace, tmp_path: Path, settings: Mapping[str, str]
) -> Iterator[Operator]:
    process = Operator(cluster, namespace.name, tmp_path / "operator.log", settings)
    process.start()
    yield process
    process.kill()
