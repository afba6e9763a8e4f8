"""What is wrong with an object, in sentences that say what to write. Called by operator and runner where the types refuse one.

The API server says most of this itself; a laptop has none, and a CRD may be older than the operator.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from chartspark_api.cel import RULES
from chartspark_api.crd import openapi_schema


def sentences(error: ValidationError) -> Iterator[str]:
    """Yield one sentence for each fault, without the full stop."""
    schema = openapi_schema()
    for fault in error.errors(include_url=False, include_input=False):
        steps = fault["loc"]
        yield f"{'.'.join(map(str, steps)) or 'document'}: {_sentence(fault['type'], fault['msg'], steps, schema)}"


def _sentence(kind: str, message: str, steps: tuple[int | str, ...], schema: dict[str, Any]) -> str:
    match kind:
        case "missing":
            return "must be given"
        case "extra_forbidden":
            fields = list(_node(schema, steps[:-1]).get("properties", {}))
            near = get_close_matches(str(steps[-1]), fields, n=1)
            hint = f"did you mean {near[0]}?" if near else f"the fields here are {', '.join(fields)}"
            return f"there is no such field; {hint}"
        case "string_pattern_mismatch":
            rules = _node(schema, steps).get(RULES)
            return str(rules[0]["message"]) if rules else message
        case _:
            return message.removeprefix("Value error, ")


def _node(schema: dict[str, Any], steps: tuple[int | str, ...]) -> dict[str, Any]:
    for step in steps:
        schema = (
            schema.get("items", {}) if isinstance(step, int) else schema.get("properties", {}).get(step, {})
        )
    return schema
