"""Renders values.yaml, values.schema.json and README.md of the chart from the typed values.

Called by `render`. It knows the types in `values` and the prose in `README.md.in`, and does no I/O.
"""

import json
import textwrap
from collections.abc import Iterator
from typing import Any

import yaml
from pydantic import BaseModel

from charts.values import ChartValues

WIDTH = 100
"""The longest line of values.yaml's comments, in characters."""


def values_yaml(header: str) -> str:
    """Return values.yaml: every key with its default, under its description."""
    return "\n".join([f"# {header}", *_blocks(ChartValues(), 0)]) + "\n"


def values_schema() -> str:
    """Return values.schema.json. `global` is taken and not read: Helm sets it where the chart is a dependency."""
    schema = _plain(ChartValues.model_json_schema())
    schema["properties"]["global"] = {"type": "object"}
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema, indent=2) + "\n"


def readme(template: str) -> str:
    """Return the chart's README: `template` with the table of values in place of its marker."""
    rows = [f"| `{key}` | `{default}` | {text} |" for key, default, text in _leaves(ChartValues(), "")]
    table = "\n".join(["| Value | Default | Meaning |", "| --- | --- | --- |", *rows])
    return template.replace("{{VALUES}}", table)


def _blocks(values: BaseModel, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for name, field in type(values).model_fields.items():
        if depth == 0:
            yield ""
        yield from textwrap.wrap(
            field.description or "", WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# "
        )
        value = getattr(values, name)
        if isinstance(value, BaseModel):
            yield f"{indent}{field.alias}:"
            yield from _blocks(value, depth + 1)
        else:
            yield textwrap.indent(_entry({field.alias: _jsonable(value)}), indent)


def _entry(entry: dict[str | None, object]) -> str:
    text = yaml.safe_dump(entry, sort_keys=False, default_flow_style=False)
    return text.rstrip("\n").replace("''", '""')


def _jsonable(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _leaves(values: BaseModel, path: str) -> Iterator[tuple[str, str, str]]:
    for name, field in type(values).model_fields.items():
        value = getattr(values, name)
        key = f"{path}{field.alias}"
        if isinstance(value, BaseModel):
            yield from _leaves(value, f"{key}.")
        else:
            yield key, json.dumps(_jsonable(value)), field.description or ""


def _plain(node: Any) -> Any:  # noqa: ANN401 - a JSON value has no narrower type
    """Drop what repeats the key (titles), and the defaults, which values.yaml holds."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {name: _plain(child) for name, child in value.items()}
        if key in ("properties", "$defs")
        else _plain(value)
        for key, value in node.items()
        if key not in ("title", "default")
    }
