from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Objects = list[dict[str, Any]]

SWITCHES: list[tuple[dict[str, Any], str]] = [
    ({"metrics": {"serviceMonitor": {"enabled": True}}}, "ServiceMonitor"),
    ({"metrics": {"prometheusRule": {"enabled": True}}}, "PrometheusRule"),
    ({"grafana": {"dashboards": {"enabled": True}}}, "ConfigMap"),
    ({"networkPolicy": {"enabled": True}}, "NetworkPolicy"),
]
OFF_SWITCHES: list[tuple[dict[str, Any], str]] = [
    ({"crds": {"enabled": False}}, "CustomResourceDefinition"),
    ({"serviceAccount": {"create": False}}, "ServiceAccount"),
]


def _one(objects: Objects, kind: str) -> dict[str, Any]:
    (found,) = [each for each in objects if each["kind"] == kind]
    return found


def _kinds(objects: Objects) -> set[str]:
    return {each["kind"] for each in objects}


@pytest.mark.parametrize(("values", "kind"), SWITCHES)
def test_a_switch_adds_its_object(render: Callable[..., Objects], values: dict[str, Any], kind: str) -> None:
    assert _kinds(render(values)) - _kinds(render({})) == {kind}


@pytest.mark.parametrize(("values", "kind"), OFF_SWITCHES)
def test_a_switch_takes_its_object_away(
    render: Callable[..., Objects], values: dict[str, Any], kind: str
) -> None:
    assert _kinds(render({})) - _kinds(render(values)) == {kind}


@pytest.mark.parametrize(
    ("crds", "annotations"),
    [
        ({}, {"helm.sh/resource-policy": "keep"}),
        ({"keep": False}, {}),
        ({"keep": False, "annotations": {"a": "b"}}, {"a": "b"}),
        ({"annotations": {"a": "b"}}, {"helm.sh/resource-policy": "keep", "a": "b"}),
    ],
)
def test_the_crd_outlives_the_release_unless_told_otherwise(
    render: Callable[..., Objects], crds: dict[str, Any], annotations: dict[str, str]
) -> None:
    crd = _one(render({"crds": crds}), "CustomResourceDefinition")
    assert crd["metadata"].get("annotations", {}) == annotations


def test_the_monitor_selects_the_metrics_service(render: Callable[..., Objects]) -> None:
    objects = render({"metrics": {"serviceMonitor": {"enabled": True, "additionalLabels": {"release": "p"}}}})
    monitor, service = _one(objects, "ServiceMonitor"), _one(objects, "Service")
    assert monitor["metadata"]["labels"]["release"] == "p"
    assert monitor["spec"]["selector"]["matchLabels"].items() <= service["metadata"]["labels"].items()
    assert monitor["spec"]["namespaceSelector"] == {"matchNames": [service["metadata"]["namespace"]]}
    assert monitor["spec"]["endpoints"][0]["port"] == service["spec"]["ports"][0]["name"]


def test_dashboards_carry_the_sidecars_label_and_the_file_as_it_is(
    render: Callable[..., Objects], chart_path: Path
) -> None:
    made = _one(render({"grafana": {"dashboards": {"enabled": True}}}), "ConfigMap")
    assert made["metadata"]["labels"]["grafana_dashboard"] == "1"
    files = {
        f"chartspark-{file.name}": file.read_text().strip() for file in (chart_path / "dashboards").iterdir()
    }
    assert made["data"] == files


def test_the_network_policy_lets_through_what_the_operator_needs(render: Callable[..., Objects]) -> None:
    values = {"networkPolicy": {"enabled": True, "apiServerPorts": [16443]}}
    spec = _one(render(values), "NetworkPolicy")["spec"]
    assert spec["policyTypes"] == ["Ingress", "Egress"]
    assert spec["ingress"] == [{"ports": [{"port": "metrics"}]}]
    ports = {(port["port"], port.get("protocol", "TCP")) for rule in spec["egress"] for port in rule["ports"]}
    assert ports == {(16443, "TCP"), (53, "UDP"), (53, "TCP"), (8080, "TCP")}


def test_labels_of_the_user_never_replace_ours(render: Callable[..., Objects]) -> None:
    values = {"commonLabels": {"app.kubernetes.io/name": "x", "team": "charts"}, "podLabels": {"pod": "yes"}}
    deployment = _one(render(values), "Deployment")
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert labels["app.kubernetes.io/name"] == "chartspark"
    assert (labels["team"], labels["pod"]) == ("charts", "yes")
