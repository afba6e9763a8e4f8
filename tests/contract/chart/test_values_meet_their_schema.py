import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator


@pytest.fixture(scope="module")
def values(chart_path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((chart_path / "values.yaml").read_text())
    return loaded


@pytest.fixture(scope="module")
def schema(chart_path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((chart_path / "values.schema.json").read_text())
    return loaded


def _keys_of_values(
    node: object, schema: dict[str, Any], root: dict[str, Any], path: str = ""
) -> Iterator[str]:
    schema = _resolve(schema, root)
    if isinstance(node, dict) and "properties" in schema:
        for key, value in node.items():
            yield f"{path}{key}"
            yield from _keys_of_values(value, schema["properties"].get(key, {}), root, f"{path}{key}.")


def _keys_of_schema(schema: dict[str, Any], root: dict[str, Any], path: str = "") -> Iterator[str]:
    for key, child in _resolve(schema, root).get("properties", {}).items():
        yield f"{path}{key}"
        yield from _keys_of_schema(child, root, f"{path}{key}.")


def _resolve(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref", "").removeprefix("#/$defs/")
    return root["$defs"][reference] if reference else schema


def test_the_defaults_are_valid(values: dict[str, Any], schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(values)


def test_values_and_schema_have_the_same_keys(values: dict[str, Any], schema: dict[str, Any]) -> None:
    of_helm = {"global"}
    assert set(_keys_of_values(values, schema, schema)) == set(_keys_of_schema(schema, schema)) - of_helm


def test_every_value_has_a_comment_above_it(chart_path: Path) -> None:
    lines = (chart_path / "values.yaml").read_text().splitlines()
    keys = [n for n, line in enumerate(lines) if line.strip().endswith((":", "}", "]")) or ": " in line]
    of_maps = {
        "requests:",
        "limits:",
        "cpu: 100m",
        "memory: 128Mi",
        "memory: 256Mi",
        "grafana_dashboard: '1'",
    }
    bare = [
        lines[n]
        for n in keys
        if not lines[n].lstrip().startswith("#")
        and lines[n].strip() not in of_maps
        and not lines[n - 1].lstrip().startswith("#")
    ]
    assert bare == []


def test_the_file_of_values_stays_short(chart_path: Path) -> None:
    assert len((chart_path / "values.yaml").read_text().splitlines()) < 240


@pytest.mark.parametrize(
    "wrong",
    [
        {"replicaCount": 6},
        {"replicas": 1},
        {"image": {"tga": "1"}},
        {"image": {"pullPolicy": "Sometimes"}},
        {"image": {"digest": "sha256:12"}},
        {"metrics": {"serviceMonitor": {"enable": True}}},
        {"metrics": {"prometheusRule": {"runbookUrl": "a page"}}},
        {"watchNamespaces": "team"},
        {"watchNamespaces": ["Team"]},
        {"runner": {"imagePullSecrets": ["pull"]}},
        {"logLevel": "debug"},
        {"resyncSeconds": 1},
        {"networkPolicy": {"apiServerPorts": []}},
    ],
    ids=json.dumps,
)
def test_a_mistake_is_refused(wrong: dict[str, Any], schema: dict[str, Any]) -> None:
    assert not Draft202012Validator(schema).is_valid(wrong)
