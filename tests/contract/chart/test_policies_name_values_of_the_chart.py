import importlib
import pkgutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from chartspark_operator import allowed

POLICIES = [
    module
    for _, name, _ in pkgutil.iter_modules(allowed.__path__)
    if hasattr(module := importlib.import_module(f"{allowed.__name__}.{name}"), "VALUE")
]


@pytest.fixture
def values(chart_path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((chart_path / "values.yaml").read_text())
    return found


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.VALUE)
def test_the_value_that_would_allow_more_is_there(policy: ModuleType, values: dict[str, Any]) -> None:
    node: Any = values
    for step in policy.VALUE.split("."):
        node = node[step]


def test_every_value_of_the_lists_has_its_policy(values: dict[str, Any]) -> None:
    named = {policy.VALUE for policy in POLICIES}
    assert {f"allowed.{name}" for name in values["allowed"]} == {
        value for value in named if value.startswith("allowed.")
    }
