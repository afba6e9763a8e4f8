"""Renders the JSON Schema of metadata.json, and the page that lists its fields. Called by `render`; does no I/O."""

import json
from collections.abc import Iterator
from typing import Any

from chartspark_api.metadata import metadata_schema

_Node = dict[str, Any]


def metadata_schema_file(header: str) -> str:
    """Return the schema as it is published."""
    schema = metadata_schema()
    return json.dumps({"$schema": schema.pop("$schema"), "$comment": header, **schema}, indent=2) + "\n"


def metadata_page(header: str) -> str:
    """Return the page of every field: path, type, meaning."""
    schema = metadata_schema()
    rows = [f"| `{path}` | {kind} | {meaning} |" for path, kind, meaning in _fields(schema, schema, "")]
    intro = (
        "Each chart's folder holds a metadata.json. The [schema](metadata.schema.json) is JSON Schema 2020-12; "
        "new fields may come, and those that are here keep their meaning while `schemaVersion` stays. "
        "`elements[].icon.attribution` is the line to publish with the chart."
    )
    table = ["| Field | Type | Meaning |", "| --- | --- | --- |", *rows]
    return "\n".join([f"<!-- {header} -->", "# metadata.json", "", intro, "", *table]) + "\n"


def _fields(root: _Node, node: _Node, path: str) -> Iterator[tuple[str, str, str]]:
    for name, field in node.get("properties", {}).items():
        told = _told(root, field)
        yield f"{path}{name}", _kind(root, told), field.get("description", told.get("description", ""))
        yield from _fields(root, told, f"{path}{name}.")
        if told.get("type") == "array":
            yield from _fields(root, _told(root, told["items"]), f"{path}{name}[].")


def _told(root: _Node, node: _Node) -> _Node:
    """Return what a reference leads to, and of what may be null, what it is otherwise."""
    for choice in node.get("anyOf", ()):
        if choice.get("type") != "null":
            return _told(root, choice)
    if "$ref" in node:
        found: _Node = root["$defs"][node["$ref"].rpartition("/")[2]]
        return found
    return node


def _kind(root: _Node, node: _Node) -> str:
    if "const" in node or "enum" in node:
        return ", ".join(f"`{json.dumps(value)}`" for value in node.get("enum", [node.get("const")]))
    if node["type"] == "array":
        return f"list of {_kind(root, _told(root, node['items']))}"
    if "additionalProperties" in node:
        return f"map of {node['additionalProperties']['type']}"
    return str(node["type"])
