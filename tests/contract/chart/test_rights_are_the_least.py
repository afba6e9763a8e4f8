from collections.abc import Callable
from typing import Any

import pytest

Objects = list[dict[str, Any]]
Right = tuple[str, str, str]

OF_THE_OPERATOR = {
    ("chartspark.io", "chartsparkjobs", "get list watch delete"),
    ("chartspark.io", "chartsparkjobs/status", "patch"),
    ("batch", "jobs", "get list watch create delete"),
    ("", "pods", "list watch delete"),
    ("", "configmaps", "get create"),
    ("", "persistentvolumeclaims", "get"),
    ("", "events", "list create"),
}


OF_THE_LEASE = {("coordination.k8s.io", "leases", verb) for verb in ("create", "get", "update")}


def _rights(role: dict[str, Any]) -> set[Right]:
    return {
        (group, resource, verb)
        for rule in role["rules"]
        for group in rule["apiGroups"]
        for resource in rule["resources"]
        for verb in rule["verbs"]
    }


def _expected() -> set[Right]:
    return {(group, resource, verb) for group, resource, verbs in OF_THE_OPERATOR for verb in verbs.split()}


def _of(objects: Objects, *kinds: str) -> Objects:
    return [each for each in objects if each["kind"] in kinds]


def _granted(objects: Objects, account: str) -> Objects:
    """Return the roles that bindings give to the account."""
    names = {
        each["roleRef"]["name"]
        for each in _of(objects, "RoleBinding", "ClusterRoleBinding")
        for subject in each["subjects"]
        if (subject["kind"], subject["name"], subject["namespace"]) == ("ServiceAccount", account, "team")
    }
    return [each for each in _of(objects, "Role", "ClusterRole") if each["metadata"]["name"] in names]


def test_no_right_is_a_wildcard(rendered: Objects) -> None:
    roles = _of(rendered, "Role", "ClusterRole")
    assert roles
    for role in roles:
        assert not any("*" in part for right in _rights(role) for part in right)


def test_no_right_reaches_secrets(rendered: Objects) -> None:
    for role in _of(rendered, "Role", "ClusterRole"):
        assert "secrets" not in {resource for _, resource, _ in _rights(role)}


def test_without_namespaces_the_operator_has_its_rights_everywhere(render: Callable[..., Objects]) -> None:
    objects = render({})
    lease, role = sorted(_granted(objects, "spark-chartspark"), key=lambda each: each["kind"], reverse=True)
    assert role["kind"] == "ClusterRole"
    assert _rights(role) == _expected()
    assert (lease["kind"], lease["metadata"]["namespace"]) == ("Role", "team")
    assert _rights(lease) == OF_THE_LEASE


def test_with_namespaces_the_operator_has_its_rights_only_there(render: Callable[..., Objects]) -> None:
    objects = render({"watchNamespaces": ["a", "b"]})
    roles = [each for each in _granted(objects, "spark-chartspark") if _rights(each) != OF_THE_LEASE]
    assert _of(objects, "ClusterRoleBinding") == []
    assert {(role["kind"], role["metadata"]["namespace"]) for role in roles} == {("Role", "a"), ("Role", "b")}
    assert all(_rights(role) == _expected() for role in roles)


@pytest.mark.parametrize("namespaces", [[], ["a", "b"]])
def test_with_kueue_it_reads_workloads_besides(render: Callable[..., Objects], namespaces: list[str]) -> None:
    objects = render({"kueue": {"enabled": True}, "watchNamespaces": namespaces})
    roles = [each for each in _granted(objects, "spark-chartspark") if _rights(each) != OF_THE_LEASE]
    reads = {("kueue.x-k8s.io", "workloads", verb) for verb in ("list", "watch")}
    assert roles
    assert all(_rights(role) == _expected() | reads for role in roles)


def test_cluster_roles_of_two_installations_do_not_clash(render: Callable[..., Objects]) -> None:
    names = [
        {each["metadata"]["name"] for each in _of(render({}, namespace=namespace), "ClusterRole")}
        for namespace in ("one", "two")
    ]
    assert not names[0] & names[1]


def test_users_get_theirs_by_aggregation(render: Callable[..., Objects]) -> None:
    joined = {
        label: {verb for _, resource, verb in _rights(role) if resource == "chartsparkjobs"}
        for role in _of(render({}), "ClusterRole")
        for label in role["metadata"]["labels"]
        if label.startswith("rbac.authorization.k8s.io/aggregate-to-")
    }
    reads = {"get", "list", "watch"}
    writes = reads | {"create", "delete", "deletecollection", "patch", "update"}
    prefix = "rbac.authorization.k8s.io/aggregate-to-"
    assert joined == {f"{prefix}view": reads, f"{prefix}edit": writes, f"{prefix}admin": writes}


def test_no_rights_are_made_where_someone_else_makes_them(render: Callable[..., Objects]) -> None:
    objects = render({"rbac": {"create": False}})
    assert _of(objects, "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding") == []
