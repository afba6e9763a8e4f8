from collections.abc import Callable
from typing import Any

from chartspark_operator.settings import PREFIX, Settings, read_settings

Objects = list[dict[str, Any]]


def _environment(objects: Objects) -> dict[str, str]:
    (deployment,) = [each for each in objects if each["kind"] == "Deployment"]
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    return {variable["name"]: variable["value"] for variable in container["env"]}


def test_the_chart_gives_exactly_what_the_operator_knows(render: Callable[..., Objects]) -> None:
    known = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
    assert _environment(render({})).keys() == known


def test_the_operator_reads_what_the_values_say(render: Callable[..., Objects]) -> None:
    values = {
        "watchNamespaces": ["a", "b"],
        "api": {"qps": 7},
        "runner": {"imagePullSecrets": [{"name": "s"}]},
    }
    settings = read_settings(_environment(render(values)))
    assert settings.namespaces == ("a", "b")
    assert settings.runner_image_pull_secrets == ("s",)
    assert settings.api_qps == 7


def test_the_defaults_of_chart_and_operator_are_the_same(render: Callable[..., Objects]) -> None:
    of_the_release = {
        "runner_image",
        "runner_image_pull_policy",
        "installation",
        "lease_name",
        "lease_namespace",
    }
    given = read_settings(_environment(render({})))
    for field, default in Settings.model_fields.items():
        if field not in of_the_release:
            assert getattr(given, field) == default.default, field
