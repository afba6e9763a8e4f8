import pytest
from chartspark_dev.cluster import Cluster
from chartspark_dev.errors import CommandFailedError
from chartspark_dev.images import Images
from chartspark_dev.install import OPERATOR_NAMESPACE
from helm_support import OPERATOR, helm, release, restored

ENFORCE = "pod-security.kubernetes.io/enforce"


def left(cluster: Cluster) -> str:
    kinds = "pods,roles,rolebindings,serviceaccounts,configmaps"
    return cluster.kubectl(
        "get", kinds, "-n", OPERATOR_NAMESPACE, "-l", "app.kubernetes.io/component=test", "-o", "name"
    )


def test_it_passes_under_pod_security_restricted_and_leaves_nothing(installed: Cluster) -> None:
    installed.kubectl("label", "namespace", OPERATOR_NAMESPACE, f"{ENFORCE}=restricted", "--overwrite")
    try:
        assert "Succeeded" in helm(installed, "test", "--timeout", "5m")
    finally:
        installed.kubectl("label", "namespace", OPERATOR_NAMESPACE, f"{ENFORCE}-")
    assert left(installed) == ""
    assert "chartspark-test-" not in installed.kubectl("get", "csj", "-n", OPERATOR_NAMESPACE)


def test_it_fails_and_says_why_where_no_operator_runs(installed: Cluster, built: Images) -> None:
    with restored(installed, built):
        release(installed, built, "replicaCount=0")
        # One that is on its way out still answers for a moment.
        installed.kubectl("wait", "--for=delete", "pod", *OPERATOR, "--timeout=2m")
        with pytest.raises(CommandFailedError):
            helm(installed, "test", "--timeout", "2m")
        said = installed.kubectl("logs", "-n", OPERATOR_NAMESPACE, "chartspark-test-operator")
    assert said.startswith("No operator answers at http://")
