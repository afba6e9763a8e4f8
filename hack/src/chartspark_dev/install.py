"""Installs the Helm chart on a cluster, as `make demo` and the e2e tier do. Knows the chart by its values alone."""

import json
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
    _remove_interrupted(cluster)
    operator, runner = images.operator, images.runner
    cluster.helm(
        *("upgrade", "--install", RELEASE, chart, "--namespace", OPERATOR_NAMESPACE, "--create-namespace"),
        *("--set", f"image.repository={operator.repository},image.tag={operator.tag}"),
        *("--set", f"runner.image.repository={runner.repository},runner.image.tag={runner.tag}"),
        *("--wait", "--timeout", "3m"),
        *extra,
    )


def _remove_interrupted(cluster: Cluster) -> None:
    """Uninstall a release that an interrupt left half done: Helm refuses to touch it. The CRD and the jobs stay."""
    pending = ("list", "--namespace", OPERATOR_NAMESPACE, "--pending", "--filter", f"^{RELEASE}$")
    if json.loads(cluster.helm(*pending, "--output", "json")):
        cluster.helm("uninstall", RELEASE, "--namespace", OPERATOR_NAMESPACE, "--wait")
