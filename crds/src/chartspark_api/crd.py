"""Renders the CustomResourceDefinition from the types: `python -m chartspark_api.crd` prints it as JSON.

JSON Schema and the API server's structural schema differ: no references, no null types, no titles, and
`additionalProperties` never beside `properties`. `_structural` bridges exactly these.
"""

import json
import sys
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema
from typing_extensions import override

from chartspark_api.job import ChartSparkJob
from chartspark_api.names import GROUP, KIND, PLURAL, SHORT_NAME, SINGULAR, VERSION

PRINTER_COLUMNS = (
    ("Status", "string", "Where the job is, in one word.", ".status.reason", 0),
    ("Progress", "string", "Charts published, of all.", ".status.progress.summary", 0),
    ("Age", "date", "How long the job exists.", ".metadata.creationTimestamp", 0),
    ("Message", "string", "Where the job is, in a sentence.", ".status.message", 1),
)


class _NoNulls(GenerateJsonSchema):
    """An optional field is one that may be absent: Kubernetes has no null type."""

    @override
    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def custom_resource_definition() -> dict[str, Any]:
    """Return the CustomResourceDefinition of ChartSparkJob as a JSON object."""
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{PLURAL}.{GROUP}"},
        "spec": {
            "group": GROUP,
            "scope": "Namespaced",
            "names": {
                "kind": KIND,
                "listKind": f"{KIND}List",
                "plural": PLURAL,
                "singular": SINGULAR,
                "shortNames": [SHORT_NAME],
                "categories": ["all"],
            },
            "versions": [
                {
                    "name": VERSION,
                    "served": True,
                    "storage": True,
                    "subresources": {"status": {}},
                    "additionalPrinterColumns": [
                        {"name": n, "type": t, "description": d, "jsonPath": p, "priority": r}
                        for n, t, d, p, r in PRINTER_COLUMNS
                    ],
                    "schema": {"openAPIV3Schema": openapi_schema()},
                }
            ],
        },
    }


def openapi_schema() -> dict[str, Any]:
    """Return the structural schema of the whole object. Fields of the metadata are the API server's own."""
    schema = ChartSparkJob.model_json_schema(schema_generator=_NoNulls)
    definitions = schema.pop("$defs")
    root = _structural(schema, definitions)
    root["properties"] |= {
        "apiVersion": {"type": "string"},
        "kind": {"type": "string"},
        "metadata": {"type": "object"},
    }
    root["required"] = ["spec"]
    return root


def _structural(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        target = definitions[node["$ref"].removeprefix("#/$defs/")]
        # What is written at the field (its description, its default) wins over what the type says of itself.
        node = target | {key: value for key, value in node.items() if key != "$ref"}
    result: dict[str, Any] = {}
    for key, value in node.items():
        match key:
            case "title":
                continue
            case "default":
                if value is not None:
                    # The API server fills a nested default only into an object that is there, so that an
                    # empty one suffices, and each default is written once, at its own field.
                    result[key] = {} if isinstance(value, dict) else value
            case "properties":
                result[key] = {name: _structural(child, definitions) for name, child in value.items()}
            case "items":
                result[key] = _structural(value, definitions)
            case "additionalProperties":
                if isinstance(value, dict):
                    result[key] = _structural(value, definitions)
            case _:
                result[key] = value
    return result


if __name__ == "__main__":
    json.dump(custom_resource_definition(), sys.stdout, indent=2)
    sys.stdout.write("\n")
