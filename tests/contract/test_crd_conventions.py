"""The Kubernetes API conventions, as rules over the schema. Each finding names the field that breaks the rule."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from chartspark_api.crd import custom_resource_definition

Node = dict[str, Any]
CAMEL_CASE = re.compile(r"[A-Z][A-Za-z0-9]*")
LOWER_CAMEL_CASE = re.compile(r"[a-z][A-Za-z0-9]*")


def _fields(node: Node, path: str) -> Iterator[tuple[str, Node]]:
    """Yield every node of the schema below `node` with its path: properties, items, and values of maps."""
    for name, child in node.get("properties", {}).items():
        yield f"{path}.{name}", child
        yield from _fields(child, f"{path}.{name}")
    for key, mark in (("items", "[]"), ("additionalProperties", "{}")):
        if isinstance(node.get(key), dict):
            yield f"{path}{mark}", node[key]
            yield from _fields(node[key], f"{path}{mark}")


def _all() -> list[tuple[str, Node]]:
    root = custom_resource_definition()["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]
    return [pair for part in ("spec", "status") for pair in [(part, root[part]), *_fields(root[part], part)]]


def _is_text(node: Node) -> bool:
    return node.get("type") == "string" or bool(node.get("x-kubernetes-int-or-string"))


def _is_field(path: str) -> bool:
    return not path.endswith(("[]", "{}"))


def _list_says_how_it_merges(_path: str, node: Node) -> bool:
    kind = node.get("x-kubernetes-list-type")
    if kind == "map":
        required = node["items"].get("required", [])
        return all(key in required for key in node.get("x-kubernetes-list-map-keys", [""]))
    return kind in ("atomic", "set") or node["items"].get("type") != "object"


RULES: dict[str, Callable[[str, Node], bool]] = {
    "a string has a longest length, an enum or a format": lambda _, n: (
        not _is_text(n) or bool({"maxLength", "enum", "format"} & n.keys())
    ),
    "a list has a most": lambda _, n: n.get("type") != "array" or "maxItems" in n,
    "a map has a most": lambda _, n: "additionalProperties" not in n or "maxProperties" in n,
    "an integer has a least and a most": lambda _, n: (
        n.get("type") != "integer" or {"minimum", "maximum"} <= n.keys()
    ),
    "a field has a description": lambda p, n: not _is_field(p) or bool(n.get("description")),
    "a description is a sentence": lambda p, n: not _is_field(p) or n.get("description", ".").endswith("."),
    "nothing is a float": lambda _, n: n.get("type") != "number",
    "enums are CamelCase": lambda _, n: all(CAMEL_CASE.fullmatch(str(value)) for value in n.get("enum", [])),
    "names are camelCase": lambda p, _: (
        not _is_field(p) or bool(LOWER_CAMEL_CASE.fullmatch(p.rsplit(".", maxsplit=1)[-1]))
    ),
    "no name is a word that a YAML parser takes for a boolean": lambda p, _: (
        p.rsplit(".", maxsplit=1)[-1].lower() not in ("y", "n", "yes", "no", "on", "off", "true", "false")
    ),
    "no field is a phase": lambda p, _: not p.lower().endswith("phase"),
    "a time is a date-time": lambda p, n: not p.endswith("Time") or n.get("format") == "date-time",
    "a duration is in seconds": lambda p, _: (
        not p.lower().endswith(("duration", "timeout", "minutes", "ttl"))
    ),
    "a list of objects says how it merges, by keys that are required": lambda p, n: (
        n.get("type") != "array" or _list_says_how_it_merges(p, n)
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_every_field_keeps_the_rule(rule: str) -> None:
    broken = [path for path, node in _all() if not RULES[rule](path, node)]
    assert broken == []


BREAKERS: dict[str, tuple[str, Node]] = {
    "a string has a longest length, an enum or a format": ("spec.a", {"type": "string"}),
    "a list has a most": ("spec.a", {"type": "array", "items": {"type": "string"}}),
    "a map has a most": ("spec.a", {"type": "object", "additionalProperties": {"type": "string"}}),
    "an integer has a least and a most": ("spec.a", {"type": "integer", "minimum": 0}),
    "a field has a description": ("spec.a", {"type": "object"}),
    "a description is a sentence": ("spec.a", {"description": "a thing"}),
    "nothing is a float": ("spec.a", {"type": "number"}),
    "enums are CamelCase": ("spec.a", {"enum": ["NVMe", "in-place"]}),
    "names are camelCase": ("spec.max_size", {}),
    "no name is a word that a YAML parser takes for a boolean": ("spec.y", {}),
    "no field is a phase": ("status.phase", {}),
    "a time is a date-time": ("status.startTime", {"type": "string"}),
    "a duration is in seconds": ("spec.timeout", {"type": "integer"}),
    "a list of objects says how it merges, by keys that are required": (
        "spec.a",
        {
            "type": "array",
            "items": {"type": "object", "required": []},
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": ["name"],
        },
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_can_be_broken(rule: str) -> None:
    assert not RULES[rule](*BREAKERS[rule])


def test_status_is_a_subresource_and_printed() -> None:
    version = custom_resource_definition()["spec"]["versions"][0]
    assert version["subresources"] == {"status": {}}
    assert [column["name"] for column in version["additionalPrinterColumns"]][:3] == [
        "Status",
        "Progress",
        "Age",
    ]


BYTES_OF_A_CHARACTER = 4
"""At most, in UTF-8."""
MOST_STATUS_BYTES = 384 * 1024
"""A quarter of what etcd takes for an object."""


def _most_bytes(node: Node) -> int:
    """Return the greatest length of a value of the schema as JSON in UTF-8, nearly: escapes are left out."""
    match node.get("type"):
        case "object" if "properties" in node:
            return 2 + sum(len(name) + 4 + _most_bytes(child) for name, child in node["properties"].items())
        case "object":
            longest = 253 + 4 + _most_bytes(node["additionalProperties"])
            return 2 + int(node["maxProperties"]) * longest
        case "array":
            return 2 + int(node["maxItems"]) * (1 + _most_bytes(node["items"]))
        case "string" if "maxLength" in node:
            return 2 + int(node["maxLength"]) * BYTES_OF_A_CHARACTER
        case _:
            return 40


def test_the_longest_status_leaves_room_for_the_spec() -> None:
    root = custom_resource_definition()["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]
    assert _most_bytes(root["status"]) < MOST_STATUS_BYTES
