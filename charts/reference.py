"""Renders the reference pages of the API from its types: every field, every reason, every exit code.

Called by `render`. It knows the schema and the enums, and does no I/O.
"""

from collections.abc import Iterator
from typing import Any

from chartspark_api.crd import openapi_schema
from chartspark_api.exit_codes import ExitCode
from chartspark_api.names import API_VERSION, KIND
from chartspark_api.reasons import Reason, Retry, explain

_LIMITS = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "minItems": "at least {} entries",
    "maxItems": "at most {} entries",
    "minProperties": "at least {} entries",
    "maxProperties": "at most {} entries",
    "pattern": "matches `{}`",
}


def job_page(header: str) -> str:
    """Return the page of every field: path, type, default, limits, description."""
    schema = openapi_schema()
    rows = [_row(*field) for field in _fields(schema, "")]
    table = ["| Field | Type | Default | Limits | Meaning |", "| --- | --- | --- | --- | --- |", *rows]
    intro = f"`{API_VERSION}`. {schema['description']} Fields in **bold** must be given."
    return "\n".join([f"<!-- {header} -->", f"# {KIND}", "", intro, "", *table]) + "\n"


def reasons_page(header: str) -> str:
    """Return the page of every reason and every exit code."""
    reasons = [_reason_row(reason) for reason in Reason]
    codes = [f"| {code.value} | {code.reason} | {explain(code.reason).cause} |" for code in ExitCode]
    return "\n".join(
        [
            f"<!-- {header} -->",
            "# Reasons",
            "",
            "`status.reason`, conditions, events, attempts and metric labels take their values from here.",
            "",
            "| Reason | What happened | What to do |",
            "| --- | --- | --- |",
            *reasons,
            "",
            "## What comes of an attempt",
            "",
            "An attempt that ended for one of these reasons is followed by another one, over the charts that are missing. The pause doubles with each attempt, up to five minutes. The reasons that are not here end the job.",
            "",
            "| Reason | Tried again | First pause | On another node | With half the batch |",
            "| --- | --- | --- | --- | --- |",
            *(_retry_row(reason) for reason in Reason if explain(reason).retry is not Retry.NEVER),
            "",
            "## What is waited for",
            "",
            "A job in one of these has no pod at work, and goes on by itself. After `spec.deadlines.startSeconds` it ends as StartDeadlineExceeded, and the message says what it waited for.",
            "",
            ", ".join(str(reason) for reason in Reason if explain(reason).waits) + ".",
            "",
            "## Exit codes of the runner",
            "",
            "| Code | Reason | What happened |",
            "| --- | --- | --- |",
            *codes,
            "",
        ]
    )


def _reason_row(reason: Reason) -> str:
    told = explain(reason)
    return f"| {reason} | {told.cause} | {told.remedy} |"


def _retry_row(reason: Reason) -> str:
    told = explain(reason)
    node = "yes" if told.another_node else ""
    batch = "yes" if told.smaller_batch else ""
    return f"| {reason} | {told.retry.value} | {told.pause_seconds} s | {node} | {batch} |"


def _fields(node: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any], bool]]:
    required = node.get("required", [])
    for name, child in node.get("properties", {}).items():
        if path or name in ("spec", "status"):
            yield f"{path}{name}", child, name in required
            yield from _fields(child, f"{path}{name}.")
            yield from _fields(child.get("items", {}), f"{path}{name}[].")


def _row(path: str, node: dict[str, Any], required: bool) -> str:  # noqa: FBT001 - a cell of the row
    name = f"**`{path}`**" if required else f"`{path}`"
    default = f"`{node['default']}`" if node.get("default") not in (None, {}, [], "") else ""
    cells = (name, _type(node), default, _limits(node), node.get("description", ""))
    return "| " + " | ".join(cell.replace("\n", " ").replace("|", "\\|") for cell in cells) + " |"


def _type(node: dict[str, Any]) -> str:
    if "enum" in node:
        return ", ".join(f"`{value}`" for value in node["enum"])
    if "items" in node:
        return f"list of {_type(node['items'])}"
    if "additionalProperties" in node:
        return f"map of {_type(node['additionalProperties'])}"
    if node.get("x-kubernetes-int-or-string"):
        return "quantity"
    return str(node.get("format", node["type"]))


def _limits(node: dict[str, Any]) -> str:
    return "; ".join(text.format(node[key]) for key, text in _LIMITS.items() if key in node)
