from collections.abc import Callable
from typing import Any

import kubernetes_validate
import pytest

Objects = list[dict[str, Any]]

NOT_OF_KUBERNETES = {"ServiceMonitor", "PrometheusRule"}


@pytest.mark.parametrize("version", ["1.30", "1.34", "1.37"])
def test_every_object_is_valid_in_every_supported_release(rendered: Objects, version: str) -> None:
    for each in rendered:
        if each["kind"] not in NOT_OF_KUBERNETES:
            kubernetes_validate.validate(each, version, strict=True)


def test_the_validator_refuses_an_unknown_field(rendered: Objects) -> None:
    deployment = next(each for each in rendered if each["kind"] == "Deployment")
    deployment["spec"]["template"]["spec"]["containers"][0]["imagePolicy"] = "Always"
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(deployment, "1.34", strict=True)


def test_names_that_look_like_numbers_stay_strings(render: Callable[..., Objects]) -> None:
    values = {"watchNamespaces": ["8"], "serviceAccount": {"name": "1e3"}, "commonLabels": {"year": "2026"}}
    for each in render(values, release="007", namespace="42"):
        kubernetes_validate.validate(each, "1.34", strict=True)


def test_no_two_objects_share_a_name(rendered: Objects) -> None:
    keys = [(each["kind"], each["metadata"].get("namespace"), each["metadata"]["name"]) for each in rendered]
    assert len(keys) == len(set(keys))


def test_every_object_carries_the_recommended_labels(rendered: Objects) -> None:
    wanted = {
        f"app.kubernetes.io/{each}" for each in ("name", "instance", "version", "managed-by", "part-of")
    }
    for each in rendered:
        assert {*wanted, "helm.sh/chart"} <= each["metadata"]["labels"].keys(), each["metadata"]["name"]


def test_selectors_hold_only_what_never_changes(rendered: Objects) -> None:
    deployment = next(each for each in rendered if each["kind"] == "Deployment")
    service = next(each for each in rendered if each["kind"] == "Service")
    immutable = {f"app.kubernetes.io/{each}" for each in ("name", "instance", "component")}
    assert deployment["spec"]["selector"]["matchLabels"].keys() == immutable
    assert service["spec"]["selector"] == deployment["spec"]["selector"]["matchLabels"]
    assert service["spec"]["selector"].items() <= deployment["spec"]["template"]["metadata"]["labels"].items()
