"""What the installed operator may do, as the API server says, both ways; and that it works with namespaces alone."""

import json
import uuid
from collections.abc import Iterator

import pytest
from chartspark_dev.cluster import Cluster
from chartspark_dev.images import Images
from chartspark_dev.install import OPERATOR_NAMESPACE
from e2e_support import eventually, manifest
from helm_support import may, release, restored, rights

NEEDED = {
    "chartsparkjobs.chartspark.io": "get list watch delete",
    "chartsparkjobs.chartspark.io/status": "patch",
    "jobs.batch": "get list watch create delete",
    "pods": "list watch delete",
    "configmaps": "get create",
    "persistentvolumeclaims": "get",
    "events": "list create",
}
AT_HOME = {"leases.coordination.k8s.io": {"create", "get", "update"}}
"""In the release's namespace it holds its lease."""
OF_EVERYBODY = {
    "selfsubjectreviews.authentication.k8s.io",
    "selfsubjectaccessreviews.authorization.k8s.io",
    "selfsubjectrulesreviews.authorization.k8s.io",
}
"""To ask who one is and what one may: every account can."""

TEMPTING = {
    "chartsparkjobs.chartspark.io": "create update patch deletecollection",
    "chartsparkjobs.chartspark.io/status": "get update",
    "jobs.batch": "update patch deletecollection",
    "jobs.batch/status": "patch update",
    "pods": "create update patch deletecollection",
    "leases.coordination.k8s.io": "list watch patch delete",
    "pods/exec": "create get",
    "pods/log": "get",
    "pods/ephemeralcontainers": "patch",
    "configmaps": "list watch update patch delete",
    "secrets": "get list watch create",
    "serviceaccounts": "get create impersonate",
    "serviceaccounts/token": "create",
    "persistentvolumeclaims": "list create delete",
    "events": "update patch delete",
    "persistentvolumes": "get list",
    "nodes": "get list patch",
    "nodes/proxy": "get",
    "namespaces": "list create delete",
    "roles.rbac.authorization.k8s.io": "create bind escalate",
    "clusterrolebindings.rbac.authorization.k8s.io": "create",
    "customresourcedefinitions.apiextensions.k8s.io": "get patch delete",
    "users": "impersonate",
    "*": "*",
}


def each(rights: dict[str, str]) -> list[tuple[str, str]]:
    return [(verb, resource) for resource, verbs in rights.items() for verb in verbs.split()]


@pytest.mark.parametrize(("verb", "resource"), each(NEEDED))
def test_what_the_operator_needs_it_may_in_every_namespace(
    installed: Cluster, verb: str, resource: str
) -> None:
    assert may(installed, verb, resource, "")


@pytest.mark.parametrize(("verb", "resource"), each(TEMPTING))
def test_what_would_tempt_an_intruder_it_may_not_even_at_home(
    installed: Cluster, verb: str, resource: str
) -> None:
    assert not may(installed, verb, resource, OPERATOR_NAMESPACE)


@pytest.mark.parametrize("namespace", ["default", OPERATOR_NAMESPACE, "kube-system"])
def test_it_may_do_exactly_that(installed: Cluster, namespace: str) -> None:
    found = rights(installed, namespace)
    of_its_own = {resource: verbs for resource, verbs in found.items() if resource not in OF_EVERYBODY}
    expected = {resource: set(verbs.split()) for resource, verbs in NEEDED.items()}
    assert of_its_own == expected | (AT_HOME if namespace == OPERATOR_NAMESPACE else {})


@pytest.fixture
def namespaces(installed: Cluster) -> Iterator[list[str]]:
    names = [f"helm-{uuid.uuid4().hex[:8]}" for _ in range(3)]
    for name in names:
        installed.kubectl("create", "namespace", name)
    yield names
    installed.kubectl("delete", "namespace", *names, "--wait=false")


def reason(cluster: Cluster, namespace: str) -> str:
    return cluster.kubectl("get", "csj", "seen", "-n", namespace, "-o=jsonpath={.status.reason}")


def test_an_operator_of_two_namespaces_works_there_and_does_not_see_the_third(
    installed: Cluster, built: Images, namespaces: list[str]
) -> None:
    first, second, third = namespaces
    with restored(installed, built):
        release(installed, built, f"watchNamespaces={{{first},{second}}}")
        # The third first: when the others are seen, it has had the longer time.
        for namespace in (third, first, second):
            installed.kubectl("apply", "-n", namespace, "-f", "-", input=json.dumps(manifest("seen", "one")))
        for namespace in (first, second):
            eventually(lambda namespace=namespace: reason(installed, namespace), f"a status in {namespace}")
            assert may(installed, "list", "pods", namespace)
        assert reason(installed, third) == ""
        for verb, resource in each(NEEDED):
            assert not may(installed, verb, resource, third), f"{verb} {resource}"
            assert not may(installed, verb, resource, ""), f"{verb} {resource} everywhere"
    eventually(lambda: reason(installed, third), "a status in the third, once all are watched")
