"""Installs the Helm chart on a cluster, as `make demo` and the e2e tier do. Knows the chart by its values alone."""

from pathlib import Path

from chartspark_dev.cluster import Cluster
from chartspark_dev.images import Images

RELEASE = "chartspark"
OPERATOR_NAMESPACE = "chartspark-system"
NAMESPACE = "default"
"""Where the examples run."""


def install(cluster: Cluster, chart: Path, images: Images, *extra: str) -> None:
    """Install `chart`, or upgrade it, with these images, and wait until the operator is ready.

    Args:
        cluster: Where to.
        chart: The chart's folder.
        images: What to run.
        extra: Further arguments of `helm upgrade`.
    """
    cluster.helm(
        "upgrade",
        "--install",
        RELEASE,
        str(chart),
        "--namespace",
        OPERATOR_NAMESPACE,
        "--create-namespace",
        "--set",
        f"image.repository={images.operator.repository},image.tag={images.operator.tag}",
        "--set",
        f"runner.image.repository={images.runner.repository},runner.image.tag={images.runner.tag}",
        "--wait",
        "--timeout",
        "5m",
        *extra,
    )
